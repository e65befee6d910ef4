import { statement, type Database, t } from '../../../platform/database/database.js';
import { JobInterrupted } from '../../../platform/jobs/define-job.js';
import { refreshProductProjection } from '../listing/product-projection.js';

const BATCH = 100;

const productsWithoutOwn = statement('catalog.products-of-shop-threshold', {
  params: { after: t.uuid.orNull, many: t.int },
  row: { id: t.uuid },
  sql: `SELECT DISTINCT product_id AS id FROM variant WHERE low_stock_threshold IS NULL AND deleted_at IS NULL
    AND (:after::uuid IS NULL OR product_id > :after) ORDER BY product_id LIMIT :many`,
});

/**
 * Refreshes the label of every product that has a variant without a threshold of its own. May be run at any time, and
 * again.
 *
 * @throws JobInterrupted between two transactions, once the signal is aborted
 */
export async function relabelByThreshold(database: Database, signal?: AbortSignal): Promise<void> {
  let after: string | null = null;
  for (;;) {
    if (signal?.aborted) throw new JobInterrupted('The labels of the remaining products are refreshed later');
    const rows: { id: string }[] = await database.rows(productsWithoutOwn, { after, many: BATCH });
    const products = rows.map(({ id }) => id);
    await database.transaction((tx) => refreshProductProjection(tx, products));
    after = products.at(-1) ?? null;
    if (products.length < BATCH) return;
  }
}
