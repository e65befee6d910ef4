import { statement, t, type Tx } from '../../platform/database/database.js';
import { keysetList } from '../../platform/graphql/keyset-list.js';
import type { RedirectCode } from './redirect.entity.js';

/** The entity whose present or former slug it is; a slug of the language before one of all, and of another one last. */
export const entityOfSlug = statement('routing.entity-of-slug', {
  params: { kind: t.text, slug: t.text, language: t.text },
  row: { entityId: t.uuid, isCurrent: t.boolean },
  sql: `SELECT entity_id AS "entityId", is_current AS "isCurrent" FROM slug
   WHERE kind = :kind AND slug = :slug
   ORDER BY CASE language WHEN :language THEN 0 WHEN '*' THEN 1 ELSE 2 END, is_current DESC, language LIMIT 1`,
});
/** Present and former slugs of a kind that a numbered one could meet. A long slug is shortened to make room for its number. */
export const slugsLike = statement('routing.slugs-like', {
  params: { kind: t.text, slug: t.text },
  row: { slug: t.text },
  sql: `SELECT slug FROM slug WHERE kind = :kind AND starts_with(slug, left(:slug, 70))`,
});
/** The present slug of an entity in a language becomes a former one, unless it is this one. */
const leaveSlug = statement('routing.slug-leave', {
  params: { id: t.uuid, language: t.text, slug: t.text.orNull },
  sql: `UPDATE slug SET is_current = false
   WHERE entity_id = :id AND language = :language AND is_current AND slug IS DISTINCT FROM :slug`,
});
const takeSlug = statement('routing.slug-take', {
  params: { kind: t.text, id: t.uuid, language: t.text, slug: t.text },
  sql: `INSERT INTO slug (kind, language, slug, entity_id, is_current) VALUES (:kind, :language, :slug, :id, true)
   ON CONFLICT (kind, language, slug) DO UPDATE SET entity_id = EXCLUDED.entity_id, is_current = true
   WHERE slug.entity_id = EXCLUDED.entity_id OR NOT slug.is_current`,
});

/**
 * Gives an entity a slug in a language, or none: for kinds whose slugs no trigger keeps. A former slug of another
 * entity is taken over. Requires the lock of the entity.
 *
 * @returns false where another entity has it
 */
export async function writeSlug(
  tx: Tx,
  { kind, id, language }: { readonly kind: string; readonly id: string; readonly language: string },
  slug: string | null,
): Promise<boolean> {
  await tx.count(leaveSlug, { id, language, slug });
  return slug === null || (await tx.count(takeSlug, { kind, id, language, slug })) > 0;
}

/** All slugs of an entity that is deleted lead to another of its kind. */
export const passSlugs = statement('routing.slugs-pass', {
  params: { from: t.uuid, to: t.uuid },
  sql: 'UPDATE slug SET entity_id = :to, is_current = false WHERE entity_id = :from',
});

/** Whoever writes a redirect has them all until the transaction ends, so that two at once make no circle. */
export const lockRedirects = statement('routing.redirects-lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('redirects', 7244))`,
});
export const announceRedirects = statement('routing.redirects-announce', {
  row: { pg_notify: t.nothing },
  sql: `SELECT pg_notify('vitrine_redirects', '')`,
});
export const activeRedirects = statement('routing.active-redirects', {
  row: {
    ...{ id: t.uuid, fromPath: t.text, isPrefix: t.boolean, targetKind: t.text.orNull },
    ...{ targetId: t.uuid.orNull, toPath: t.text.orNull, code: t.int },
  },
  sql: `SELECT id, from_path AS "fromPath", is_prefix AS "isPrefix", target_kind AS "targetKind", target_id AS "targetId",
     to_path AS "toPath", code FROM redirect WHERE active`,
});
export const countRedirects = statement('routing.redirects-count', {
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM redirect',
});

// By rising id, so that two processes wait for each other and never both.
export const addHits = statement('routing.redirect-hits', {
  params: { ids: t.uuids, counts: t.ints },
  sql: `WITH counted AS (SELECT * FROM unnest(:ids::uuid[], :counts::int[]) AS c (id, hits)),
   locked AS (SELECT id FROM redirect WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE)
   UPDATE redirect r SET hits = r.hits + c.hits, last_hit_at = now() FROM locked JOIN counted c USING (id) WHERE r.id = locked.id`,
});
export const addMissing = statement('routing.missing-paths-add', {
  params: { paths: t.texts, counts: t.ints },
  sql: `INSERT INTO missing_path (path, hits) SELECT * FROM unnest(:paths::text[], :counts::int[]) AS m (path, hits) ORDER BY path
   ON CONFLICT (path) DO UPDATE SET hits = missing_path.hits + EXCLUDED.hits, last_at = now()`,
});
/** Those that were asked for most stay: invented ones, each asked for once, displace none that visitors really miss. */
export const boundMissing = statement('routing.missing-paths-bound', {
  params: { most: t.int },
  sql: `DELETE FROM missing_path WHERE path IN (
     SELECT path FROM missing_path ORDER BY hits DESC, last_at DESC, path OFFSET :most FOR UPDATE SKIP LOCKED)`,
});
export const oldMissing = statement('routing.delete-old-missing-paths', {
  params: { days: t.int },
  sql: `DELETE FROM missing_path WHERE path IN (
     SELECT path FROM missing_path WHERE last_at < now() - make_interval(days => :days) LIMIT 500 FOR UPDATE SKIP LOCKED)`,
});
export const missingPaths = statement('routing.missing-paths', {
  params: { first: t.int },
  row: { path: t.text, hits: t.int, firstAt: t.timestamp, lastAt: t.timestamp },
  sql: `SELECT path, hits, first_at AS "firstAt", last_at AS "lastAt" FROM missing_path
   ORDER BY hits DESC, last_at DESC, path LIMIT :first`,
});

const REDIRECT_ROW = {
  ...{
    id: t.uuid,
    fromPath: t.text,
    isPrefix: t.boolean,
    targetKind: t.text.orNull,
    targetId: t.uuid.orNull,
  },
  ...{ toPath: t.text.orNull, code: t.int, hits: t.int, lastHitAt: t.timestamp.orNull, active: t.boolean },
  ...{ version: t.int, createdAt: t.timestamp, updatedAt: t.timestamp },
};
const COLUMNS = `r.id, r.from_path AS "fromPath", r.is_prefix AS "isPrefix", r.target_kind AS "targetKind",
  r.target_id AS "targetId", r.to_path AS "toPath", r.code, r.hits, r.last_hit_at AS "lastHitAt", r.active, r.version,
  r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;

export const readRedirects = keysetList({
  name: 'routing.redirects',
  row: REDIRECT_ROW,
  columns: COLUMNS,
  from: 'redirect r',
  time: 'r.created_at',
  id: 'r.id',
  filter: { search: t.text.orNull, codes: t.ints.orNull, active: t.boolean.orNull, unused: t.boolean },
  conditions: `(:search::text IS NULL OR position(:search IN r.from_path) > 0 OR position(:search IN r.to_path) > 0)
    AND (:codes::int[] IS NULL OR r.code = ANY(:codes)) AND (:active::boolean IS NULL OR r.active = :active)
    AND (NOT :unused::boolean OR r.hits = 0)`,
});
export const redirectById = statement('routing.redirect-by-id', {
  params: { id: t.uuid },
  row: REDIRECT_ROW,
  sql: `SELECT ${COLUMNS} FROM redirect r WHERE r.id = :id`,
});

export interface RedirectRow {
  readonly id: string;
  readonly fromPath: string;
  readonly isPrefix: boolean;
  readonly targetKind: string | null;
  readonly targetId: string | null;
  readonly toPath: string | null;
  readonly code: number | RedirectCode;
  readonly hits: number;
  readonly lastHitAt: Date | null;
  readonly active: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
