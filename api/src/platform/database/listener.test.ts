import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLine, throughLine, type Line } from '@vitrine/testing/simulators/line.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { createLogger } from '../../kernel/logger.js';
import { Listener } from './listener.js';

let shop: TestDatabase;
let line: Line;
beforeAll(async () => {
  shop = await testDatabase();
  line = await openLine({ host: '127.0.0.1', port: Number(new URL(shop.url).port) });
});
afterAll(async () => {
  await line.close();
  await shop.close();
});

it('listens again with one connection, however often the database could not be reached meanwhile', async () => {
  const listener = new Listener(throughLine(shop.url, line), createLogger('silent'));
  const heard: string[] = [];
  listener.on('order_changed', (payload) => heard.push(payload));
  await listener.start();
  line.cut();
  const before = line.attempts;
  await expect.poll(() => line.attempts - before).toBeGreaterThanOrEqual(3);

  line.mend();
  await expect.poll(() => listener.connected).toBe(true);
  // Longer than the pause between two attempts: whoever else tries has connected by then.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await shop.database.pool.query(`NOTIFY order_changed, 'one'`);

  await expect.poll(() => heard).toEqual(['one']);
  // The server closes its end of a connection that was cut a moment later.
  const connections = async (): Promise<number | undefined> =>
    (
      await shop.database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'vitrine listener'`,
      )
    ).rows[0]?.count;
  await expect.poll(connections).toBe(1);
  await listener.stop();
});

it('gives up a connection that has gone silent, so that nobody uses what it might not have heard', async () => {
  line.mend();
  const listener = new Listener(throughLine(shop.url, line), createLogger('silent'));
  await listener.start();
  await listener.caughtUp();
  expect(listener.connected).toBe(true);

  line.freeze();
  await listener.caughtUp();
  expect(listener.connected).toBe(false);

  line.mend();
  await expect.poll(() => listener.connected).toBe(true);
  await listener.stop();
  await listener.caughtUp();
});

it('has called the handlers of a confirmed change before it says that it caught up', async () => {
  const listener = new Listener(shop.url, createLogger('silent'));
  let heard = '';
  listener.on('order_changed', (payload) => (heard = payload));
  await listener.start();

  for (let round = 0; round < 500; round++) {
    await shop.database.pool.query(`SELECT pg_notify('order_changed', $1)`, [String(round)]);
    await listener.caughtUp();
    expect(heard).toBe(String(round));
  }
  await listener.stop();
});
