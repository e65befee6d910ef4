import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { startEmbedded, type EmbeddedServer } from '../../src/platform/database/embedded/server.js';
import { migrateUp } from '../../src/platform/database/migrate.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { unitsInStock } from '@vitrine/testing/shop/stock-levels.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { startWorker } from '../../src/app/worker.js';
import { timePasses } from '@vitrine/testing/shop/time-passes.js';

const BUYERS = 24;
const STOCK = 20;
const RESTARTS = 3;

let folder: string;
/** Of this file alone: the others' databases must not fall over with it. */
let server: EmbeddedServer;
let shop: TestShop;
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-restart-'));
  server = await startEmbedded({ directory: join(folder, 'postgres'), keep: 'durable' });
  await server.ensureDatabase('shop');
  const source = await createDataSource({ url: server.url('shop'), poolSize: 2, entities: [] }).initialize();
  await migrateUp(source);
  await source.destroy();
  shop = await TestShop.on(server.url('shop'), { worker: false });
  stopWorker = await startWorker(shop.shop);
});
afterAll(async () => {
  await stopWorker();
  await shop.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

it('takes a restart of the database in the middle of a rush: clear answers, nothing half done, open again by itself', async () => {
  const bowl = await shop.stock({ name: 'Bowl', sku: 'RESTART-BOWL', price: 7000, stock: STOCK });
  const complaints: string[] = [];
  let isOver = false;

  const rush = Promise.all(
    Array.from({ length: BUYERS }, (_, number) => buyOnce(bowl, `restart${number}@example.test`, complaints)),
  ).finally(() => (isOver = true));
  for (let restart = 0; restart < RESTARTS && !isOver; restart++) {
    await wait(400 + restart * 500);
    await crashDatabase();
  }
  const outcomes = await rush;
  await openAgain();
  // Nobody is in the middle of sending a mail while an hour passes in a moment: it would be taken for dead.
  await stopWorker();
  await timePasses(shop);
  stopWorker = await startWorker(shop.shop);

  expect(complaints.length).toBeGreaterThan(0);
  expect([...new Set(complaints)]).toEqual([
    'INTERNAL: Something went wrong on our side. Nothing was lost; please try again.',
  ]);
  expect(outcomes.filter((outcome) => outcome === 'PAID')).toHaveLength(STOCK);
  expect(outcomes.filter((outcome) => outcome === 'INSUFFICIENT_STOCK')).toHaveLength(BUYERS - STOCK);
  expect(await unitsInStock(shop, 'RESTART-BOWL')).toEqual({ onHand: 0, reserved: 0 });
  await assertLedgerBalances(shop);
});

/** By itself: nobody starts anything. */
async function openAgain(): Promise<void> {
  const list = (): Promise<boolean> =>
    shop.guest().ask('{ products(first: 1) { totalCount } }').then(Boolean);
  await shop.eventually(() => list().catch(() => false));
}

/** Ends a connection's own process as a crash would: PostgreSQL throws everybody out and recovers from its log. */
async function crashDatabase(): Promise<void> {
  const victims = await shop
    .sql<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1`,
    )
    .catch(() => []);
  for (const { pid } of victims) process.kill(pid, 'SIGKILL');
}

/** A buyer who tries again whenever something went wrong, with the same key, until the vase is paid or sold out. */
async function buyOnce(variantId: string, email: string, complaints: string[]): Promise<string> {
  const ready = await again(complaints, async () => {
    const browser = shop.guest();
    return { browser, cart: await readyCart(browser, [{ variantId, quantity: 1 }], email) };
  });
  const key = randomUUID();
  const done = await again(complaints, async () => {
    const answer = await complete(ready.browser, ready.cart, key);
    // The order stands, and the payment of it is still to be begun: the same press goes on from there.
    return answer['order'] && !answer['paymentSession']?.clientSecret ? null : answer;
  });
  if (!done['order']) return done['errors'][0].code;
  const { clientSecret } = done['paymentSession'];
  return again(complaints, () => pay(ready.browser, clientSecret, done['orderToken']));
}

/** The browser pays, or finds on its second try that it had paid. */
async function pay(browser: GraphqlClient, clientSecret: string, token: string): Promise<string> {
  const page =
    'mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { paymentStatus { isFinal order { status } } } }';
  const { paymentStatus } = (await browser.ask(page, { token }))['paymentStatusRefresh'];
  if (paymentStatus.isFinal) return paymentStatus.order.status;
  const paid = await payWith(browser, clientSecret, GOOD_CARD);
  return paid['paymentStatus'].order.status;
}

/** Until `work` comes to something; null is for the next try. */
async function again<T>(complaints: string[], work: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + 180_000;
  for (;;) {
    try {
      const done = await work();
      if (done !== null) return done;
    } catch (error) {
      complaints.push(complaintOf(error));
      if (Date.now() > end) throw error;
    }
    await wait(50 + Math.random() * 100);
  }
}

/** What the shop said: code and message of its first error, or the failure as it came. */
function complaintOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  try {
    const [first] = JSON.parse(message) as { message: string; extensions?: { code: string } }[];
    return `${first?.extensions?.code}: ${first?.message}`;
  } catch {
    return message;
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
