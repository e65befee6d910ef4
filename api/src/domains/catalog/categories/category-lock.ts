import { statement, t, type Tx } from '../../../platform/database/database.js';

// The database takes the same lock when it writes the parent of a category.
const lockTree = statement('catalog.category-tree-lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('category tree', 7244))`,
});
const shareTree = statement('catalog.category-tree-share', {
  row: { pg_advisory_xact_lock_shared: t.nothing },
  sql: `SELECT pg_advisory_xact_lock_shared(hashtextextended('category tree', 7244))`,
});

/*
 * One lock for the tree of categories. Whoever changes the tree has it alone, and whoever puts products into categories
 * shares it, so that no product is put below a category that is moved or deleted at that moment. It is the first lock of
 * its transaction: before the rows of categories and products, and those before the version of the catalog.
 */

/** Makes every other change of the tree, and of the categories of products, wait until the transaction ends. */
export async function lockCategoryTree(tx: Tx): Promise<void> {
  await tx.rows(lockTree);
}

/** Makes every change of the tree wait until the transaction ends. */
export async function holdCategoryTree(tx: Tx): Promise<void> {
  await tx.rows(shareTree);
}
