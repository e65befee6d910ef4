import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import { LOW_STOCK_THRESHOLD, relabelByThreshold } from '../../catalog/index.js';
import { saveShopSetting, shopSetting } from '../../store/index.js';

const currentThreshold = statement('inventory.low-stock-threshold', {
  row: { units: t.int },
  sql: `SELECT ${shopSetting('low_stock_threshold', 'int', LOW_STOCK_THRESHOLD)} AS units`,
});
const waitForStock = statement('inventory.wait-for-stock', {
  sql: 'LOCK TABLE stock_level IN EXCLUSIVE MODE',
});

/*
 * Transactions and locks of a change of the shop's low-stock threshold
 *
 * Whoever changes stock locks its stock levels, reads the threshold in the same statement, and decides by it whether the
 * label of a product changes. If such a transaction could end after a change of the threshold and had read the one
 * before, the label would stay wrong until the next sale. So the change locks the table of the stock levels against
 * everybody who locks rows of it: it waits for those who have read the threshold before, and those who come meanwhile
 * wait for its commit, before their statement reads anything. It takes that lock last, holds it for one statement and
 * the commit, and touches no product, so it cannot wait for somebody who waits for it.
 *
 * The labels themselves follow in transactions of their own, product by product: under the lock of the product, and
 * after the commit, so that whoever refreshes it then has read the new threshold too.
 */

/** Stores the threshold where the statements about stock read it. Call it last; then `relabelByThreshold`. */
export async function saveLowStockThreshold(tx: Tx, units: number): Promise<void> {
  await tx.count(waitForStock);
  await saveShopSetting(tx, 'low_stock_threshold', units);
}

/** At the start, before anything is sold: what the settings say may not have reached the labels yet. */
export async function applyLowStockThreshold(database: Database, units: number): Promise<void> {
  if ((await database.row(currentThreshold))?.units === units) return;
  await database.transaction((tx) => saveLowStockThreshold(tx, units));
  await relabelByThreshold(database);
}
