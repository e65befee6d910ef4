import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { globalId, newId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import {
  liveClient,
  type Heard,
  type LiveClient,
  type LiveOptions,
} from '@vitrine/testing/drivers/live-client.js';
import { publishedEvents } from '@vitrine/testing/shop/published-events.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

let shop: TestShop;
let second: TestShop;
let mug: string;
const open: LiveClient[] = [];
beforeAll(async () => {
  shop = await TestShop.open();
  second = await shop.beside({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'LIVE-MUG', price: 5000, stock: 50 });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});
afterAll(async () => {
  await second.close();
  await shop.close();
});

const BY_TOKEN =
  'subscription($token: String!) { orderUpdated(orderToken: $token) { orderId number status paymentStatus version order { number paymentStatus } } }';
const BY_ID = 'subscription($id: ID!) { orderUpdated(orderId: $id) { orderId status } }';
const PLACED = 'subscription { orderPlaced { orderId number status } }';

async function page(options: LiveOptions = {}, at = shop): Promise<LiveClient> {
  const client = liveClient(at.url, options);
  open.push(client);
  await client.ready();
  return client;
}

/** A guest in front of the payment form. */
async function atThePaymentForm(email: string, browser = shop.guest()): Promise<Answer> {
  const done = await complete(browser, await readyCart(browser, [{ variantId: mug, quantity: 1 }], email));
  return { ...done, pay: () => payWith(browser, done.paymentSession.clientSecret, GOOD_CARD) };
}

const statuses = (heard: Heard, field = 'orderUpdated'): unknown[] =>
  heard.events.map((event) => (event[field] as { status: string }).status);
const until = (look: () => boolean): Promise<unknown> => shop.eventually(async () => look());

/**
 * The server answers subscribing with silence: other subscriptions that are refused, after a look into the same table,
 * prove that it was heard before.
 */
async function settled(client: LiveClient): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const probe = client.listen(BY_ID, { id: globalId('ord', newId()) });
    await until(() => probe.errors.length > 0);
  }
}

/** Whatever happened before has been told, in both processes. */
async function nothingLate(): Promise<void> {
  await workIsDone(shop);
  await Promise.all([publishedEvents(shop.shop), publishedEvents(second.shop)]);
}

describe('a page that listens', () => {
  beforeEach(nothingLate);

  it('tells the guest who waits that the payment came in', async () => {
    const order = await atThePaymentForm('live-guest@example.test');
    const client = await page();
    const heard = client.listen(BY_TOKEN, { token: order.orderToken });
    await settled(client);

    await order.pay();

    await until(() => statuses(heard).includes('PAID'));
    expect(heard.events.at(-1)).toMatchObject({
      orderUpdated: {
        orderId: order.order.id,
        number: order.order.number,
        paymentStatus: 'PAID',
        order: { number: order.order.number, paymentStatus: 'PAID' },
      },
    });
    expect(heard.errors).toEqual([]);
  });

  it('tells each change once, to the guest and to every list of orders, although being paid is two events', async () => {
    const staff = await shop.staff();
    const order = await atThePaymentForm('live-once@example.test');
    const [mine, driver] = [
      await page(),
      await page({ cookie: staff.cookieHeader(), params: { client: 'admin' } }),
    ];
    const heard = mine.listen(BY_TOKEN, { token: order.orderToken });
    const all = driver.listen('subscription { ordersChanged { orderId status version } }');
    await Promise.all([settled(mine), settled(driver)]);

    await order.pay();
    await until(() => statuses(heard).includes('PAID'));
    // The second event of the payment is published before anything that happens later. The invoice is an event for the order's
    // page, which shows it, at the version that it has already.
    await until(() => statuses(heard).filter((status) => status === 'PAID').length >= 2);
    const { version } = heard.events.at(-1)!['orderUpdated'] as { version: number };
    await staff.ask(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }',
      { input: { orderId: order.order.id, expectedVersion: version, idempotencyKey: 'live-once-cancel' } },
    );
    await until(() => statuses(heard).includes('CANCELLED'));
    await until(() => statuses(all, 'ordersChanged').includes('CANCELLED'));

    const versions = (one: Heard, field: string): number[] =>
      one.events
        .map((event) => event[field] as { orderId: string; version: number })
        .filter(({ orderId }) => orderId === order.order.id)
        .map((change) => change.version);
    const rising = (received: number[]): number[] => [...new Set(received)].sort((a, b) => a - b);
    const received = versions(heard, 'orderUpdated');
    const changes = received.filter((at, index) => at !== version || index === received.indexOf(version));
    expect(changes).toEqual(rising(received));
    expect(versions(all, 'ordersChanged')).toEqual(rising(versions(all, 'ordersChanged')));
  });

  it('tells staff of each order that was paid, and of no other', async () => {
    const staff = await shop.staff();
    const client = await page({ cookie: staff.cookieHeader(), params: { client: 'admin' } });
    const heard = client.listen(PLACED);
    await settled(client);
    await atThePaymentForm('live-unpaid@example.test');

    const order = await buy(shop.guest(), [{ variantId: mug, quantity: 1 }], 'live-paid@example.test');

    await until(() => heard.events.length > 0);
    expect(heard.events).toEqual([
      { orderPlaced: { orderId: order.id, number: order.number, status: 'PAID' } },
    ]);
  });

  it('hears in one process what happened in another', async () => {
    const order = await atThePaymentForm('live-two@example.test');
    const staff = await second.staff();
    const [guest, driver] = [
      await page({}, second),
      await page({ cookie: staff.cookieHeader(), params: { client: 'admin' } }, second),
    ];
    const [mine, all] = [guest.listen(BY_TOKEN, { token: order.orderToken }), driver.listen(PLACED)];
    await Promise.all([settled(guest), settled(driver)]);

    await order.pay();

    await until(() => statuses(mine).includes('PAID') && all.events.length > 0);
    expect(statuses(all, 'orderPlaced')).toEqual(['PAID']);
  });

  it('tells staff of each mail that was sent about an order, and a buyer of none', async () => {
    const order = await atThePaymentForm('live-mails@example.test');
    const id = globalId(
      'ord',
      (
        await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE email = $1', [
          'live-mails@example.test',
        ])
      )[0]!.id,
    );
    const staff = await shop.staff();
    const admin = await page({ cookie: staff.cookieHeader(), params: { client: 'admin' } });
    const guest = await page();
    const [heard, mine] = [admin.listen(BY_ID, { id }), guest.listen(BY_TOKEN, { token: order.orderToken })];
    await Promise.all([settled(admin), settled(guest)]);

    await order.pay();
    await nothingLate();

    const { events } = (await staff.ask('query($id: ID!) { order(id: $id) { events { kind } } }', { id }))
      .order;
    const mails = (events as { kind: string }[]).filter(({ kind }) => kind === 'MAIL_SENT').length;
    expect(mails).toBeGreaterThan(0);
    await until(() => heard.events.length === mine.events.length + mails);
  });

  it('tells a customer of their own order by its id', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const order = await atThePaymentForm('alice@example.com', alice);
    const client = await page({ cookie: alice.cookieHeader() });
    const heard = client.listen(BY_ID, { id: order.order.id });
    await settled(client);

    await order.pay();

    await until(() => statuses(heard).includes('PAID'));
    expect(heard.errors).toEqual([]);
  });
});

describe('a stranger', () => {
  beforeEach(nothingLate);

  it('is refused: another customer, nobody, a forged token, and customers where staff listens', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    const order = await atThePaymentForm('alice@example.com', alice);
    const [asBob, asNobody] = [await page({ cookie: bob.cookieHeader() }), await page()];

    const attempts = [
      asBob.listen(BY_ID, { id: order.order.id }),
      asNobody.listen(BY_ID, { id: order.order.id }),
      asNobody.listen(BY_TOKEN, {
        token: order.orderToken.replace(/.{4}$/, (end: string) => (end === 'AAAA' ? 'BBBB' : 'AAAA')),
      }),
      asBob.listen(PLACED),
      asNobody.listen(PLACED),
    ];

    await until(() => attempts.every(({ errors, events }) => errors.length + events.length > 0));
    await order.pay();
    await settled(asNobody);
    expect(attempts.map(({ errors }) => errors[0]?.extensions?.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'UNAUTHENTICATED',
    ]);
    expect(attempts.flatMap(({ events }) => events)).toEqual([]);
  });

  it('hears nothing more after signing out: its socket is closed', async () => {
    const staff = await shop.staff();
    const client = await page({ cookie: staff.cookieHeader(), params: { client: 'admin' } });
    const watcher = await page({ cookie: (await shop.staff()).cookieHeader(), params: { client: 'admin' } });
    const [heard, others] = [client.listen(PLACED), watcher.listen(PLACED)];
    await Promise.all([settled(client), settled(watcher)]);
    await staff.ask('mutation { logout { ok } }');

    await buy(shop.guest(), [{ variantId: mug, quantity: 1 }], 'live-secret@example.test');

    await until(() => others.events.length === 1 && client.closed() !== null);
    expect(client.closed()).toBe(4403);
    expect(heard.events).toEqual([]);
  });

  it.each(['null', 'http://', 'garbage', 'https://127.0.0.1', 'file:///home'])(
    'cannot open a socket from a page whose origin is no known one: %s',
    async (origin) => {
      const foreign = liveClient(shop.url, { origin });
      open.push(foreign);

      await expect(foreign.ready()).rejects.toThrow();
    },
  );

  it('can open one from the page of the shop itself', async () => {
    const own = liveClient(shop.url, { origin: shop.url });
    open.push(own);

    await own.ready();
  });

  it('cannot open a socket from a foreign page, nor ask or change anything by one', async () => {
    const foreign = liveClient(shop.url, { origin: 'https://evil.example' });
    open.push(foreign);
    const client = await page();

    const [query, mutation] = [
      client.listen('{ shop { name } }'),
      client.listen('mutation { logout { ok } }'),
    ];

    await expect(foreign.ready()).rejects.toThrow();
    await until(() => query.errors.length + mutation.errors.length === 2);
    expect([...query.errors, ...mutation.errors].map(({ extensions }) => extensions?.code)).toEqual([
      'BAD_REQUEST',
      'BAD_REQUEST',
    ]);
    expect(query.events).toEqual([]);
  });

  it('may ask no more by a socket than by a request', async () => {
    const client = await page();
    const aliases = Array.from({ length: 31 }, (_, i) => `a${i}: status`).join(' ');
    const requestedLines: [requested: string, variables?: Record<string, unknown>][] = [
      [`subscription($token: String!) { orderUpdated(orderToken: $token) { ${aliases} } }`, { token: 'x' }],
      [`subscription { orderUpdated(orderToken: "x") { ${'a '.repeat(10_001)} } }`],
      [BY_TOKEN, { token: 'half a pair \ud800' }],
      ['subscription { orderUpdated(orderToken: "x") { nothing } }'],
      ['subscription { orderUpdatedd { id } }'],
    ];

    const heard = requestedLines.map(([requested, variables]) => client.listen(requested, variables));

    await until(() => heard.every(({ errors }) => errors.length > 0));
    expect(heard.map(({ errors: [error] }) => error?.extensions?.code ?? error?.message)).toEqual([
      'QUERY_TOO_EXPENSIVE',
      expect.stringContaining('10000 tokens'),
      'BAD_USER_INPUT',
      expect.stringContaining('nothing'),
      // Nothing is proposed: what is alike may be for staff alone.
      'Cannot query field "orderUpdatedd" on type "Subscription".',
    ]);
  });

  it('holds no more than twenty subscriptions on a socket', async () => {
    const order = await atThePaymentForm('live-greedy@example.test');
    const client = await page();
    const heard = Array.from({ length: 25 }, () => client.listen(BY_TOKEN, { token: order.orderToken }));

    await until(() => heard.filter(({ errors }) => errors.length > 0).length === 5);

    expect(heard.slice(20).map(({ errors }) => errors[0]?.extensions?.code)).toEqual(
      Array.from({ length: 5 }, () => 'RATE_LIMITED'),
    );
    await order.pay();
    await until(() => heard.slice(0, 20).every((one) => statuses(one).includes('PAID')));
  });

  it('cannot take up the places of all others: fifty sockets, and no more', async () => {
    const crowded = await shop.beside({ worker: false });
    const crowd = Array.from({ length: 55 }, () => liveClient(crowded.url));

    const opened = await Promise.allSettled(crowd.map((client) => client.ready()));

    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await Promise.all(crowd.map((client) => client.close()));
    await shop.eventually(async () => {
      const later = liveClient(crowded.url);
      open.push(later);
      return later.ready().then(
        () => true,
        () => false,
      );
    });
    await crowded.close();
  });

  it('cannot do so by going through the networks of one block of addresses either', async () => {
    const crowded = await shop.beside({ worker: false });
    const at = (ip: string): LiveClient => liveClient(crowded.url, { headers: { 'x-forwarded-for': ip } });
    const opens = (client: LiveClient): Promise<boolean> =>
      client.ready().then(
        () => true,
        () => false,
      );
    const crowd = Array.from({ length: 205 }, (_, i) => at(`2001:db8:40:${i % 41}::1`));

    const opened = await Promise.all(crowd.map(opens));
    const neighbour = at('2001:db8:41::1');

    expect(opened.filter(Boolean)).toHaveLength(200);
    expect(await opens(neighbour)).toBe(true);
    await Promise.all([...crowd, neighbour].map((client) => client.close()));
    await crowded.close();
  });

  it('who sends a message that is too big is sent away without a word on the console', async () => {
    const printed = vi.spyOn(console, 'error');
    const client = await page();

    client.listen(BY_TOKEN, { token: 'x'.repeat(70_000) });

    await until(() => client.closed() !== null);
    expect(client.closed()).toBe(1009);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('is sent away when the access token has run out', async () => {
    // Long enough to open the socket on a busy machine: a token that ran out before is no token at all.
    const brief = await shop.beside({ worker: false, env: { ACCESS_TOKEN_MINUTES: '0.1' } });
    const staff = await brief.staff();

    const client = liveClient(brief.url, { cookie: staff.cookieHeader(), params: { client: 'admin' } });
    open.push(client);

    await until(() => client.closed() !== null);
    expect(client.closed()).toBe(4403);
    await brief.close();
  });
});

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(shop);
});
