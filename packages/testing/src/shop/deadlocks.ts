import type { TestShop } from './test-shop.js';

/** The number of deadlocks that the database resolved while `work` ran. */
export async function deadlocksDuring(shop: TestShop, work: () => Promise<unknown>): Promise<number> {
  const before = await countNow(shop);
  await work();
  return (await countNow(shop)) - before;
}

/** By itself a connection reports its statistics up to ten seconds late. Nothing else may use the shop meanwhile. */
async function countNow(shop: TestShop): Promise<number> {
  const { pool } = shop.shop.database;
  // Asked for at once, so that each is another one.
  const connections = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  for (const connection of connections) {
    await connection.query('SELECT pg_stat_force_next_flush()');
    connection.release();
  }
  const [row] = await shop.sql<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return row?.deadlocks ?? 0;
}
