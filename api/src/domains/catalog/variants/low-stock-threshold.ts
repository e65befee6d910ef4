import { statement, type Database, t } from '../../../platform/database/database.js';
import { saveShopSetting, shopSetting } from '../../store/index.js';
import { LOW_STOCK_THRESHOLD } from './availability.js';
import { refreshProductProjection } from '../listing/product-projection.js';

const BATCH = 500;

const currentThreshold = statement('catalog.low-stock-threshold', {
  row: { units: t.int },
  sql: `SELECT ${shopSetting('low_stock_threshold', 'int', LOW_STOCK_THRESHOLD)} AS units`,
});
const productsWithoutOwn = statement('catalog.products-of-shop-threshold', {
  row: { id: t.uuid },
  sql: `SELECT DISTINCT product_id AS id FROM variant WHERE low_stock_threshold IS NULL AND deleted_at IS NULL ORDER BY product_id`,
});

/**
 * Stores the shop's low-stock threshold in the database, because the product projection is computed by SQL. If it
 * changed, the availability of every variant without a threshold of its own is refreshed.
 */
export async function applyLowStockThreshold(database: Database, units: number): Promise<void> {
  if ((await database.row(currentThreshold))?.units === units) return;
  await database.transaction(async (tx) => {
    await saveShopSetting(tx, 'low_stock_threshold', units);
    const products = (await tx.rows(productsWithoutOwn)).map(({ id }) => id);
    for (let at = 0; at < products.length; at += BATCH) {
      await refreshProductProjection(tx, products.slice(at, at + BATCH));
    }
  });
}
