import {
  columnsOf,
  fieldsWithout,
  rowOf,
  statement,
  t,
  type ValuesOf,
} from '../../../platform/database/database.js';
import { keysetList } from '../../../platform/graphql/keyset-list.js';
import { MediaEntity } from './media.entity.js';

const FIELDS = fieldsWithout(MediaEntity, ['originalKey', 'sha256', 'hashedAt', 'attempts', 'queuedAt']);
const COLUMNS = columnsOf(MediaEntity, 'm', FIELDS);
const ROW = rowOf(MediaEntity, FIELDS);

/** A file as it is read for an answer. */
export type MediaRow = ValuesOf<typeof ROW>;

export const readMedia = keysetList({
  name: 'media.list',
  row: ROW,
  columns: COLUMNS,
  from: 'media m',
  time: 'm.created_at',
  id: 'm.id',
  filter: {
    ...{ search: t.text.orNull, kind: t.text.orNull, visibility: t.text.orNull, tag: t.text.orNull },
    ...{ unused: t.boolean, withoutAlt: t.boolean, language: t.text, inBin: t.boolean },
  },
  conditions: `(m.deleted_at IS NOT NULL) = :inBin::boolean
    AND (:search::text IS NULL OR position(:search IN lower(m.filename)) > 0 OR position(:search IN lower(m.alt::text)) > 0 OR :search = ANY(m.tags))
    AND (:kind::text IS NULL OR m.kind = :kind) AND (:visibility::text IS NULL OR m.visibility = :visibility)
    AND (:tag::text IS NULL OR m.tags @> ARRAY[:tag::text])
    AND (NOT :unused::boolean OR NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id))
    AND (NOT :withoutAlt::boolean OR (m.kind = 'IMAGE' AND NOT m.decorative AND NOT m.alt ? :language::text))`,
});
export const mediaById = statement('media.by-id', {
  params: { id: t.uuid },
  row: ROW,
  sql: `SELECT ${COLUMNS} FROM media m WHERE m.id = :id`,
});
export const mediaTags = statement('media.tags', {
  params: { most: t.int },
  row: { tag: t.text },
  sql: `SELECT tag FROM media, unnest(tags) AS tag WHERE deleted_at IS NULL GROUP BY tag ORDER BY tag LIMIT :most`,
});

/** The file with these bytes, held against changes by others; waits for whoever writes it at this moment. */
export const lockTwin = statement('media.lock-twin', {
  params: { sha256: t.bytea, visibility: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM media WHERE sha256 = :sha256 AND visibility = :visibility FOR NO KEY UPDATE',
});
/** Inserts nothing where the bytes are there already; waits for another that inserts them at this moment. */
export const insertMedia = statement('media.insert', {
  params: {
    ...{ id: t.uuid, kind: t.text, visibility: t.text, storageKey: t.text, originalKey: t.text },
    ...{ filename: t.text, contentType: t.text, size: t.int.orNull, sha256: t.bytea.orNull },
    ...{ width: t.int.orNull, height: t.int.orNull, widths: t.ints.orNull },
  },
  sql: `INSERT INTO media (id, kind, visibility, storage_key, original_key, filename, content_type, size, sha256, hashed_at, status, width, height, widths)
   VALUES (:id, :kind, :visibility, :storageKey, :originalKey, :filename, :contentType, :size, :sha256, now(), 'PROCESSING', :width, :height, :widths::int[])
   ON CONFLICT (sha256, visibility) DO NOTHING`,
});
/** Files that pages may show, held against deletion until the transaction ends; in the order of their ids, as all take them. */
export const holdShown = statement('media.hold-shown', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: `SELECT id FROM media WHERE id = ANY(:ids) AND kind = 'IMAGE' AND visibility = 'PUBLIC' AND deleted_at IS NULL
   ORDER BY id FOR SHARE`,
});

const USE = { ownerType: t.text, ownerId: t.uuid, field: t.text };
export const dropUses = statement('media.uses-drop', {
  params: { ...USE, keep: t.uuids },
  sql: `DELETE FROM media_use WHERE owner_type = :ownerType AND owner_id = :ownerId AND field = :field AND media_id <> ALL(:keep::uuid[])`,
});
export const addUses = statement('media.uses-add', {
  params: { ...USE, ids: t.uuids },
  sql: `INSERT INTO media_use (media_id, owner_type, owner_id, field)
   SELECT id, :ownerType, :ownerId, :field FROM unnest(:ids::uuid[]) AS id ON CONFLICT DO NOTHING`,
});
export const usersOf = statement('media.users', {
  params: { id: t.uuid },
  row: { ownerType: t.text },
  sql: 'SELECT DISTINCT owner_type AS "ownerType" FROM media_use WHERE media_id = :id ORDER BY owner_type',
});
/** The first places of each file, and how many there are. */
export const placesOf = statement('media.places', {
  params: { ids: t.uuids, most: t.int },
  row: { mediaId: t.uuid, ...USE, total: t.int },
  sql: `SELECT media_id AS "mediaId", owner_type AS "ownerType", owner_id AS "ownerId", field, total FROM (
     SELECT u.*, (count(*) OVER w)::int AS total, row_number() OVER (w ORDER BY created_at, owner_id, field) AS at
     FROM media_use u WHERE media_id = ANY(:ids) WINDOW w AS (PARTITION BY media_id)) placed
   WHERE at <= :most ORDER BY media_id, at`,
});

/** The former files of a replaced one are removed 30 days after the new one can be shown. */
export const keepFormer = statement('media.keep-former', {
  params: {
    ...{ storageKey: t.text, originalKey: t.text.orNull, kind: t.text },
    visibility: t.text,
    id: t.uuid,
  },
  sql: `INSERT INTO media_former_file (storage_key, original_key, kind, visibility, media_id)
   VALUES (:storageKey, :originalKey, :kind, :visibility, :id)`,
});
