import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { createLogger } from '../../kernel/logger.js';
import { Listener } from './listener.js';

let shop: TestDatabase;
let line: Line;
beforeAll(async () => {
  shop = await testDatabase();
  line = await openLine(Number(new URL(shop.url).port));
});
afterAll(async () => {
  await line.close();
  await shop.close();
});

it('listens again with one connection, however often the database could not be reached meanwhile', async () => {
  const url = new URL(shop.url);
  url.port = String(line.port);
  const listener = new Listener(url.href, createLogger('silent'));
  const heard: string[] = [];
  listener.on('order_changed', (payload) => heard.push(payload));
  await listener.start();
  const refused = line.refuse();
  await expect.poll(refused).toBeGreaterThanOrEqual(3);

  line.admit();
  await expect.poll(() => listener.connected).toBe(true);
  // Longer than the pause between two attempts: whoever else tries has connected by then.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await shop.database.pool.query(`NOTIFY order_changed, 'one'`);

  await expect.poll(() => heard).toEqual(['one']);
  const { rows } = await shop.database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'vitrine listener'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
  await listener.stop();
});

interface Line {
  readonly port: number;
  /** Breaks all connections and refuses new ones; returns how many it has refused since. */
  refuse(): () => number;
  admit(): void;
  close(): Promise<void>;
}

/** A line to the database that can be cut. */
async function openLine(target: number): Promise<Line> {
  const open = new Set<Socket>();
  let isCut = false;
  let refused = 0;
  const server: Server = createServer((near) => {
    if (isCut) {
      refused++;
      return void near.destroy();
    }
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  return {
    port: (server.address() as { port: number }).port,
    refuse: () => {
      isCut = true;
      refused = 0;
      cut();
      return () => refused;
    },
    admit: () => void (isCut = false),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
