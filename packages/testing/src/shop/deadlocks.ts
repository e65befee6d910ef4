import type { TestShop } from './test-shop.js';

/** The number of deadlocks that the database resolved while `work` ran. */
export async function deadlocksDuring(shop: TestShop, work: () => Promise<unknown>): Promise<number> {
  const before = await countAfterAWhile(shop);
  await work();
  return (await countAfterAWhile(shop)) - before;
}

/** A connection reports its statistics when it is idle, about a second late. */
async function countAfterAWhile(shop: TestShop): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const [row] = await shop.sql<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return row?.deadlocks ?? 0;
}
