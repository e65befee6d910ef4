import { statement, type Database } from '../../platform/database/database.js';
import { LOW_STOCK_THRESHOLD } from './availability.js';
import { refreshListCards } from './list-card.js';

const BATCH = 500;

const currentThreshold = statement(
  'catalog.low-stock-threshold',
  `SELECT coalesce((SELECT value::int FROM shop_setting WHERE key = 'low_stock_threshold'), ${LOW_STOCK_THRESHOLD}) AS units`,
);
const setThreshold = statement(
  'catalog.set-low-stock-threshold',
  `INSERT INTO shop_setting (key, value) VALUES ('low_stock_threshold', to_jsonb($1::int))
   ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
);
const productsWithoutOwn = statement(
  'catalog.products-of-shop-threshold',
  `SELECT DISTINCT product_id AS id FROM variant WHERE low_stock_threshold IS NULL AND deleted_at IS NULL ORDER BY product_id`,
);

/**
 * Makes this the shop's number of units from which down an article counts as low. It stands in the database, because list
 * cards are written by SQL; when it changes, the labels of everything without a number of its own follow.
 */
export async function applyLowStockThreshold(database: Database, units: number): Promise<void> {
  if ((await database.row<{ units: number }>(currentThreshold))?.units === units) return;
  await database.transaction(async (tx) => {
    await tx.count(setThreshold, [units]);
    const products = (await tx.rows<{ id: string }>(productsWithoutOwn)).map(({ id }) => id);
    for (let at = 0; at < products.length; at += BATCH) {
      await refreshListCards(tx, products.slice(at, at + BATCH));
    }
  });
}
