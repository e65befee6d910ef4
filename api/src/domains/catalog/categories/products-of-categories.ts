import { z } from 'zod';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  JobInterrupted,
  on,
  type HandledJob,
} from '../../../platform/jobs/define-job.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import { holdCategoryTree } from './category-lock.js';
import { categoryChanged } from './category.events.js';

/** Products that the transaction of a change refreshes itself: about a second, during which their buyers wait. */
const AT_ONCE = 500;
const BATCH = 100;

const productsBelow = statement('catalog.products-below-category', {
  params: { id: t.uuid, after: t.uuid.orNull, limit: t.int },
  row: { id: t.uuid },
  sql: `SELECT id FROM product WHERE category_ids @> ARRAY[:id::uuid] AND (:after::uuid IS NULL OR id > :after)
   ORDER BY id LIMIT :limit`,
});
const lockProducts = statement('catalog.products-below-category-lock', {
  params: { productIds: t.uuids },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product WHERE id = ANY(:productIds::uuid[]) ORDER BY id FOR NO KEY UPDATE',
});
const setCategories = statement('catalog.products-categories', {
  params: { productIds: t.uuids },
  sql: `UPDATE product p SET category_ids = f.ids FROM (
     SELECT o.id, ARRAY(SELECT DISTINCT unnest(c.path) FROM category c WHERE c.id = ANY(o.own_category_ids) ORDER BY 1) AS ids
     FROM product o WHERE o.id = ANY(:productIds::uuid[])) f
   WHERE f.id = p.id AND p.category_ids <> f.ids`,
});

/**
 * Writes into the products below a category what they have of the tree: the categories above them, and their names as
 * words to search for. The caller has locked the tree.
 *
 * @returns false where they are too many for one transaction: then `refreshLater` is to do it
 */
export async function refreshProductsBelow(tx: Tx, id: string): Promise<boolean> {
  const products = await tx.rows(productsBelow, { id, after: null, limit: AT_ONCE + 1 });
  if (products.length > AT_ONCE) return false;
  await refresh(
    tx,
    products.map((product) => product.id),
  );
  return true;
}

async function refresh(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  await tx.rows(lockProducts, { productIds });
  await tx.count(setCategories, { productIds });
  await refreshProductProjection(tx, productIds);
}

const refreshJob = defineJob({
  queue: 'catalog.refresh-products-of-category',
  payload: z.object({ categoryId: z.uuid() }),
  // Of two changes of one category the later waits for the former: both would lock the same products.
  oneAtATimeBy: ({ categoryId }) => categoryId,
});

/**
 * The same for any number of products, a hundred in each transaction. They are found by the category that their row still
 * names, also one that is deleted. A second run finds nothing to write.
 */
export function refreshLater(database: Database): HandledJob {
  return handleJob(refreshJob, async ({ categoryId }, signal) => {
    let after: string | null = null;
    do {
      if (signal.aborted) throw new JobInterrupted();
      after = await database.transaction((tx) => refreshBatch(tx, categoryId, after));
    } while (after);
  });
}

async function refreshBatch(tx: Tx, id: string, after: string | null): Promise<string | null> {
  await holdCategoryTree(tx);
  const products = await tx.rows(productsBelow, { id, after, limit: BATCH });
  await refresh(
    tx,
    products.map((product) => product.id),
  );
  if (products.length > 0) await announceCatalogChange(tx);
  return products.length === BATCH ? (products.at(-1)?.id ?? null) : null;
}

export const categorySubscriptions = [
  on(categoryChanged, refreshJob, ({ aggregateId, payload }) =>
    payload.productsLater ? { categoryId: aggregateId } : null,
  ),
];
