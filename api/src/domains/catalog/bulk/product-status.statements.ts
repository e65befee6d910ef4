import { statement, t } from '../../../platform/database/database.js';

/** What a product was before its status was changed. */
export interface StatusBefore {
  readonly status: string;
  /** The version that it had after the change: with another one, somebody has changed it since. */
  readonly version: number;
}

/** Requires the lock of the products. Those that have the status already are left alone. */
export const setStatuses = statement('catalog.bulk-set-status', {
  params: { ids: t.uuids, status: t.text },
  row: { id: t.uuid, status: t.text, version: t.int },
  sql: `WITH before AS (SELECT id, status FROM product WHERE id = ANY(:ids) AND status <> :status)
   UPDATE product p SET status = :status, version = p.version + 1, updated_at = now() FROM before b
   WHERE p.id = b.id RETURNING p.id, b.status, p.version`,
});

/** Requires the lock of the products. Returns those that nobody has changed since. */
export const undoStatuses = statement('catalog.bulk-undo-status', {
  params: { ids: t.uuids, statuses: t.texts, versions: t.ints },
  row: { id: t.uuid },
  sql: `UPDATE product p SET status = c.status, version = p.version + 1, updated_at = now()
   FROM unnest(:ids::uuid[], :statuses::text[], :versions::int[]) AS c(id, status, version)
   WHERE p.id = c.id AND p.version = c.version RETURNING p.id`,
});
