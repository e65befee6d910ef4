import { rowOf, statement, t } from '../../platform/database/database.js';
import { SavedViewEntity } from './saved-view.entity.js';

export type SavedViewRow = SavedViewEntity & {
  readonly isDefault: boolean;
  readonly createdByName: string | null;
};

const ROW = { ...rowOf(SavedViewEntity), isDefault: t.boolean, createdByName: t.text.orNull };
const READ = `SELECT v.id, v.list, v.owner_id AS "ownerId", v.name, v.address, v.position, v.created_by AS "createdBy", v.version,
    v.created_at AS "createdAt", v.updated_at AS "updatedAt", d.view_id IS NOT NULL AS "isDefault",
    nullif(btrim(u.first_name || ' ' || u.last_name), '') AS "createdByName"
  FROM saved_view v LEFT JOIN default_view d ON d.view_id = v.id AND d.user_id = :userId
    LEFT JOIN app_user u ON u.id = v.created_by
  WHERE (v.owner_id IS NULL OR v.owner_id = :userId)`;

/** Those for everybody first, then those of this member of staff. */
export const viewsOfList = statement('savedViews.of-list', {
  params: { list: t.text, userId: t.uuid },
  row: ROW,
  sql: `${READ} AND v.list = :list ORDER BY v.owner_id IS NOT NULL, v.position, v.id`,
});

export const viewById = statement('savedViews.view', {
  params: { id: t.uuid, userId: t.uuid },
  row: ROW,
  sql: `${READ} AND v.id = :id`,
});

/** Null as owner means the shared ones. */
export const groupOfViews = statement('savedViews.group', {
  params: { list: t.text, ownerId: t.uuid.orNull },
  row: { count: t.int, last: t.int },
  sql: `SELECT count(*)::int AS count, coalesce(max(position), 0)::int AS last FROM saved_view
   WHERE list = :list AND owner_id IS NOT DISTINCT FROM :ownerId::uuid`,
});

/** Locked in the order of their ids, so that two who order the same views wait for each other. */
export const lockGroup = statement('savedViews.lock-group', {
  params: { list: t.text, ownerId: t.uuid.orNull },
  row: { id: t.uuid },
  sql: `SELECT id FROM saved_view WHERE list = :list AND owner_id IS NOT DISTINCT FROM :ownerId::uuid
   ORDER BY id FOR NO KEY UPDATE`,
});

export const placeViews = statement('savedViews.place', {
  params: { ids: t.uuids },
  sql: `UPDATE saved_view v SET position = o.place FROM unnest(:ids::uuid[]) WITH ORDINALITY AS o (id, place) WHERE v.id = o.id`,
});

/**
 * Writes nothing for a view that the person does not have. The view is locked as a foreign key locks it, so that one that
 * is being deleted at that moment is waited for and then not found.
 */
export const setDefault = statement('savedViews.set-default', {
  params: { userId: t.uuid, list: t.text, viewId: t.uuid },
  sql: `INSERT INTO default_view (user_id, list, view_id)
   SELECT :userId, :list, id FROM saved_view
   WHERE id = :viewId AND list = :list AND (owner_id IS NULL OR owner_id = :userId) FOR KEY SHARE
   ON CONFLICT (user_id, list) DO UPDATE SET view_id = excluded.view_id`,
});

export const unsetDefault = statement('savedViews.unset-default', {
  params: { userId: t.uuid, list: t.text },
  sql: `DELETE FROM default_view WHERE user_id = :userId AND list = :list`,
});

/** A view that is one person's from now on is nobody else's first view. */
export const unsetOthersDefaults = statement('savedViews.unset-others-defaults', {
  params: { viewId: t.uuid, userId: t.uuid },
  sql: `DELETE FROM default_view WHERE view_id = :viewId AND user_id <> :userId`,
});
