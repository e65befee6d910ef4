import { statement, t, type Tx } from '../../../platform/database/database.js';

const lockAll = statement('catalog.terms-lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('catalog terms', 7244))`,
});
const shareAll = statement('catalog.terms-share', {
  row: { pg_advisory_xact_lock_shared: t.nothing },
  sql: `SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog terms', 7244))`,
});

/*
 * One lock for tags, attributes and their values, which products name by id in a list. Whoever takes one away has it
 * alone, and whoever writes the list of a product shares it, so that no product gets what was merged or deleted at that
 * moment. It is taken after the lock of the category tree, and before the rows of tags and products.
 */

/** Makes every change of the tags and attributes of products wait until the transaction ends. */
export async function lockTerms(tx: Tx): Promise<void> {
  await tx.rows(lockAll);
}

/** Makes every merging and deleting of tags and values wait until the transaction ends. */
export async function holdTerms(tx: Tx): Promise<void> {
  await tx.rows(shareAll);
}
