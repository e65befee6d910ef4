import type { TestShop } from './test-shop.js';

/** Sums that a repeated request would change a second time, beside the number of rows of every table. */
const SUMS: Readonly<Record<string, string>> = {
  'versions of orders': 'SELECT coalesce(sum(version), 0) FROM shop_order',
  'versions of returns': 'SELECT coalesce(sum(version), 0) FROM order_return',
  'versions of carts': 'SELECT coalesce(sum(version), 0) FROM cart',
  'units on hand': 'SELECT coalesce(sum(on_hand), 0) FROM stock_level',
  'units held': 'SELECT coalesce(sum(reserved), 0) FROM stock_level',
  'money taken': 'SELECT coalesce(sum(captured_amount), 0) FROM payment',
  'money going back': 'SELECT coalesce(sum(amount), 0) FROM refund',
  'money taken by the provider': 'SELECT coalesce(sum(received), 0) FROM test_provider_intent',
};

/** The number of rows of each table, and the sums above. Rate limit rows are left out, because repeats count too. */
export async function countedRows(shop: TestShop): Promise<Map<string, number>> {
  const tables = await shop.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
     AND table_name <> 'rate_limit'`,
  );
  const questions = [
    ...tables.map(({ name }) => [name, `SELECT count(*) FROM "${name}"`]),
    ...Object.entries(SUMS),
  ];
  const text = questions.map(([name, question]) => `SELECT '${name}' AS name, (${question})::int AS value`);
  const rows = await shop.sql<{ name: string; value: number }>(text.join(' UNION ALL '));
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** The differences between two counts. */
export function changesBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Record<string, number> {
  const changes = [...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}
