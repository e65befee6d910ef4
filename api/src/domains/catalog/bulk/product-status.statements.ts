import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';

/** The last product by id: those made later do not belong to the selection. Null in a shop without products. */
export const lastProduct = statement('catalog.bulk-last-product', {
  row: { id: t.uuid.orNull },
  sql: 'SELECT (SELECT id FROM product ORDER BY id DESC LIMIT 1) AS id',
});

/** Requires the lock of the products. Those that have the status already are left alone. */
export const setStatuses = statement('catalog.bulk-set-status', {
  params: { jobId: t.uuid, ids: t.uuids, status: t.text },
  row: { id: t.uuid },
  sql: `WITH before AS (SELECT id, status FROM product WHERE id = ANY(:ids) AND status <> :status),
     changed AS (
       UPDATE product p SET status = :status, version = p.version + 1, updated_at = now() FROM before b
       WHERE p.id = b.id RETURNING p.id, p.version, b.status
     )
   INSERT INTO product_status_change (job_id, product_id, status_before, version_after)
   SELECT :jobId, id, status, version FROM changed RETURNING product_id AS id`,
});

export const countChanges = statement('catalog.bulk-count-changes', {
  params: { jobId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM product_status_change WHERE job_id = :jobId',
});

/** Those of some jobs of which a change can still be undone. */
export const undoableJobs = statement('catalog.bulk-undoable-jobs', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: `SELECT id FROM unnest(:ids::uuid[]) AS job (id)
   WHERE EXISTS (SELECT FROM product_status_change WHERE job_id = job.id)`,
});

export const nextChanges = statement('catalog.bulk-next-changes', {
  params: { jobId: t.uuid, after: t.uuid.orNull, limit: t.int },
  row: { id: t.uuid },
  sql: `SELECT product_id AS id FROM product_status_change
   WHERE job_id = :jobId AND (:after::uuid IS NULL OR product_id > :after) ORDER BY product_id LIMIT :limit`,
});

/** Locked in the order of their ids, as everywhere. */
export const lockProducts = statement('catalog.bulk-lock', {
  params: { ids: t.uuids },
  row: { id: t.uuid, version: t.int, name: t.json<LocalizedText>() },
  sql: 'SELECT id, version, name FROM product WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE',
});

/** Requires the lock of the products. Returns those that nobody has changed since; what is undone cannot be undone again. */
export const undoChanges = statement('catalog.bulk-undo', {
  params: { jobId: t.uuid, ids: t.uuids },
  row: { id: t.uuid },
  sql: `WITH undone AS (
       UPDATE product p SET status = c.status_before, version = p.version + 1, updated_at = now() FROM product_status_change c
       WHERE c.job_id = :jobId AND c.product_id = p.id AND p.id = ANY(:ids) AND p.version = c.version_after RETURNING p.id
     ), forgotten AS (
       DELETE FROM product_status_change WHERE job_id = :jobId AND product_id = ANY(:ids)
     )
   SELECT id FROM undone`,
});
