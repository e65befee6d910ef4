import type { TestShop } from './test-shop.js';

/** How often the database had to stop one of two requests that waited for each other, while `work` ran. */
export async function deadlocksDuring(shop: TestShop, work: () => Promise<unknown>): Promise<number> {
  const before = await countAfterAWhile(shop);
  await work();
  return (await countAfterAWhile(shop)) - before;
}

/** A connection tells its counts when it is idle, about a second late. */
async function countAfterAWhile(shop: TestShop): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const [row] = await shop.sql<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return row?.deadlocks ?? 0;
}
