import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const STATEMENT_SECONDS = 3;

let shop: TestShop;
let staff: GraphqlClient;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: {
      DATABASE_POOL_SIZE: '4',
      DATABASE_VISITOR_POOL_SIZE: '2',
      DATABASE_VISITOR_STATEMENT_SECONDS: String(STATEMENT_SECONDS),
    },
  });
  staff = await shop.staff();
  mug = await shop.stock({ name: 'Mug', sku: 'STARVE-MUG', price: 5000, stock: 50 });
  await shop.guest().ask('{ shop { name countries { code } } }');
});
afterAll(() => shop.close());

/** Holds a table back from every reader while `work` runs, as a question does that the database cannot answer quickly. */
async function whileNobodyReads<T>(table: string, work: () => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: shop.shop.env.database.url });
  await owner.connect();
  try {
    await owner.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  } finally {
    await owner.query('ROLLBACK');
    await owner.end();
  }
}

/** The connections for visitors that wait for a table. */
async function visitorsWaiting(): Promise<number> {
  const [row] = await shop.sql<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'vitrine visitors' AND wait_event_type = 'Lock'`,
  );
  return row?.waiting ?? 0;
}

const codesOf = ({ errors }: Answer): string[] =>
  (errors ?? []).map(({ extensions }: Answer) => extensions.code);
let asked = 0;
/** Old addresses of products are looked up for it, and for nothing that is bought. */
const slow = (browser: GraphqlClient): Promise<Answer> =>
  browser.send(`{ product(slug: "old-${++asked}") { id } }`) as Promise<Answer>;

describe('a slow question of a stranger', () => {
  it('is ended by the database after some seconds, and called too expensive; staff have their time', async () => {
    await whileNobodyReads('slug', async () => {
      let isStaffAnswered = false;
      const asStaff = slow(staff).then(() => (isStaffAnswered = true));

      const answer = await slow(shop.guest());

      expect(codesOf(answer)).toEqual(['QUERY_TOO_EXPENSIVE']);
      expect(isStaffAnswered).toBe(false);
      void asStaff.catch(() => undefined);
    });
  });

  it('however many there are, keeps nobody from buying and staff from working', async () => {
    await whileNobodyReads('slug', async () => {
      const crowd = Array.from({ length: 12 }, () => slow(shop.guest()));
      const buyer = shop.guest();

      const cart = await readyCart(buyer, [{ variantId: mug, quantity: 1 }]);
      const done = await complete(buyer, cart);
      const paid = await payWith(buyer, done.paymentSession.clientSecret, GOOD_CARD);
      const { orders } = await staff.ask('{ orders(first: 1) { nodes { status } } }');

      expect(done.errors).toEqual([]);
      expect(paid.errors).toEqual([]);
      expect(orders.nodes).toEqual([{ status: 'PAID' }]);
      const answers = await Promise.all(crowd);
      expect(new Set(answers.flatMap(codesOf))).toEqual(new Set(['QUERY_TOO_EXPENSIVE', 'RATE_LIMITED']));
    });
  });

  it('also when what everybody needs is just being read anew, and a stranger was the first to ask for it', async () => {
    await whileNobodyReads('slug', async () => {
      const crowd = Array.from({ length: 12 }, () => slow(shop.guest()));
      await shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
      const stranger = shop.guest().send('{ shop { countries { code } freeShippingFrom { amount } } }');
      const buyer = shop.guest();

      const done = await complete(buyer, await readyCart(buyer, [{ variantId: mug, quantity: 1 }]));

      expect(done.errors).toEqual([]);
      expect(codesOf((await stranger) as Answer)).toEqual([]);
      await Promise.all(crowd);
    });
  });

  it('nor does an event that twenty subscriptions of one stranger hear keep others from reading', async () => {
    const browser = shop.guest();
    const order = await complete(browser, await readyCart(browser, [{ variantId: mug, quantity: 1 }]));
    const client = liveClient(shop.url);
    await client.ready();
    const follow =
      'subscription($token: String!) { orderUpdated(orderToken: $token) { status order { returns { id } } } }';
    const heard = Array.from({ length: 20 }, () => client.listen(follow, { token: order.orderToken }));
    await payWith(browser, order.paymentSession.clientSecret, GOOD_CARD);

    let worker: TestShop | undefined;
    await whileNobodyReads('order_return', async () => {
      // Publishes what happened.
      worker = await shop.beside();
      await shop.eventually(async () => (await visitorsWaiting()) > 0);

      // One at a time: when it is given up, the next one begins.
      const waiting: number[] = [];
      for (let look = 0; look < 20; look++) waiting.push(await visitorsWaiting());
      expect(Math.max(...waiting)).toBe(1);
      expect(codesOf(await shop.guest().send('{ product(slug: "starve-mug") { name } }'))).toEqual([]);
    });

    await shop.eventually(async () => heard.every(({ events }) => events.length > 0));
    await client.close();
    await worker?.close();
  });

  it('does not shorten the time of a mutation', async () => {
    const browser = shop.guest();
    const add =
      'mutation($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 1 }) { cart { id } errors { code } } }';
    const answer = await whileNobodyReads('cart_line', async () => {
      const asked = browser.ask(add, { id: mug });
      await new Promise((resolve) => setTimeout(resolve, (STATEMENT_SECONDS + 2) * 1_000));
      // In an object: a promise would be waited for while the table is held back.
      return { asked };
    });

    const { cartLineAdd } = await answer.asked;
    expect(cartLineAdd.errors).toEqual([]);
  });
});
