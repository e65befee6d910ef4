import { z } from 'zod';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import { defineJob, handleJob, JobInterrupted, type HandledJob } from '../../../platform/jobs/define-job.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';

/** Products that the transaction of a change refreshes itself: about a second, during which their buyers wait. */
const AT_ONCE = 500;
const BATCH = 100;

const PAGE = { after: t.uuid.orNull, limit: t.int };
const productsOfTerm = statement('catalog.products-of-term', {
  params: { id: t.uuid, ...PAGE },
  row: { id: t.uuid },
  sql: `SELECT id FROM product WHERE (tag_ids @> ARRAY[:id::uuid] OR facet_value_ids @> ARRAY[:id::uuid])
     AND (:after::uuid IS NULL OR id > :after) ORDER BY id LIMIT :limit`,
});
const allProducts = statement('catalog.products-each', {
  params: PAGE,
  row: { id: t.uuid },
  sql: 'SELECT id FROM product WHERE (:after::uuid IS NULL OR id > :after) ORDER BY id LIMIT :limit',
});

/**
 * Writes the words of a tag or value into the products that have it, which are found by them.
 *
 * @returns false where they are too many for one transaction: then `refreshTermsJob` is to do it
 */
export async function refreshProductsOfTerm(tx: Tx, id: string): Promise<boolean> {
  const products = await tx.rows(productsOfTerm, { id, after: null, limit: AT_ONCE + 1 });
  return refreshAtOnce(
    tx,
    products.map((product) => product.id),
  );
}

/** The same for products that are known, as they no longer have what was deleted. */
export async function refreshAtOnce(tx: Tx, productIds: readonly string[]): Promise<boolean> {
  if (productIds.length > AT_ONCE) return false;
  await refreshProductProjection(tx, productIds);
  return true;
}

/** Without a term it goes through all products: those that had a deleted one are found by nothing. */
export const refreshTermsJob = defineJob({
  queue: 'catalog.refresh-products-of-term',
  payload: z.object({ termId: z.uuid().nullable() }),
  // Of two changes of one term the later waits for the former: both would lock the same products.
  oneAtATimeBy: ({ termId }) => termId ?? 'all',
});

/** The same for any number of products, a hundred in each transaction. A second run finds nothing to write. */
export function refreshTermsLater(database: Database): HandledJob {
  return handleJob(refreshTermsJob, async ({ termId }, signal) => {
    let after: string | null = null;
    do {
      if (signal.aborted) throw new JobInterrupted();
      after = await database.transaction((tx) => refreshBatch(tx, termId, after));
    } while (after);
  });
}

async function refreshBatch(tx: Tx, id: string | null, after: string | null): Promise<string | null> {
  const page = { after, limit: BATCH };
  const products = id ? await tx.rows(productsOfTerm, { id, ...page }) : await tx.rows(allProducts, page);
  await refreshProductProjection(
    tx,
    products.map((product) => product.id),
  );
  if (products.length > 0) await announceCatalogChange(tx);
  return products.length === BATCH ? (products.at(-1)?.id ?? null) : null;
}
