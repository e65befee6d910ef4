import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buy, complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import {
  checkoutBeforePlace,
  defineErrors,
  defineModule,
  DomainError,
  handleHook,
  NotFoundError,
  orderBeforeChange,
  paymentCaptured,
  statement,
  t,
  type CapturedPayment,
  type HookQuerying,
  type OrderChange,
  type PlacedCart,
} from '../../src/plugin/index.js';

const errors = defineErrors({ WRAP_SOLD_OUT: 'There is no ribbon left.' });
declare global {
  interface VitrineErrorCodes extends Record<keyof typeof errors, true> {}
}

const note = statement('wrapHooks.note', {
  params: { orderId: t.uuid, at: t.text },
  sql: 'INSERT INTO wrap_note (order_id, at) VALUES (:orderId, :at)',
});
const wait = statement('wrapHooks.wait', { row: { pg_sleep: t.nothing }, sql: 'SELECT pg_sleep(20)' });
const broken = statement('wrapHooks.broken', { row: { one: t.int }, sql: 'SELECT 1 / 0 AS one' });

const nothing = async (): Promise<void> => undefined;
/** What the plugin does at each hook; each test sets its own. */
const acts = {
  place: nothing as (tx: HookQuerying, placed: PlacedCart) => Promise<void>,
  captured: nothing as (tx: HookQuerying, captured: CapturedPayment) => Promise<void>,
  change: nothing as (tx: HookQuerying, change: OrderChange) => Promise<void>,
};

const wrapModule = defineModule({
  name: 'wrapHooks',
  dependsOn: [],
  entities: [],
  errors,
  hookErrors: {
    checkoutComplete: ['WRAP_SOLD_OUT'],
    orderCancel: ['WRAP_SOLD_OUT'],
    orderEdit: ['WRAP_SOLD_OUT'],
    shipmentCreate: ['WRAP_SOLD_OUT'],
  },
  tables: { wrap_note: 'Kept: what the shop offers.' },
  migrations: [
    {
      name: '001-notes',
      up: 'CREATE TABLE wrap_note (order_id uuid NOT NULL REFERENCES shop_order, at text NOT NULL)',
      down: 'DROP TABLE wrap_note',
    },
  ],
  resolvers: [],
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [
      handleHook(checkoutBeforePlace, (tx, placed) => acts.place(tx, placed)),
      handleHook(paymentCaptured, (tx, captured) => acts.captured(tx, captured)),
      handleHook(orderBeforeChange, (tx, change) => acts.change(tx, change)),
    ],
  }),
});
/** A second one, which is called after the first. */
const countModule = defineModule({
  ...{ name: 'wrapCount', dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [
      handleHook(checkoutBeforePlace, async (tx, { order }) => {
        if (isCounting) await tx.count(note, { orderId: order.id, at: 'second' });
      }),
    ],
  }),
});
let isCounting = false;

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({
    modules: [wrapModule, countModule],
    env: { SHOP_LANGUAGE: 'en', ADMIN_ALERT_EMAIL: 'owner@example.test' },
  });
  staff = await shop.staff();
});
afterEach(() => {
  Object.assign(acts, { place: nothing, captured: nothing, change: nothing });
  isCounting = false;
  vi.restoreAllMocks();
});
afterAll(() => shop.close());

let made = 0;
interface ReadyBuyer {
  readonly browser: GraphqlClient;
  readonly cart: Answer;
  readonly variantId: string;
  readonly sku: string;
}
async function readyBuyer(): Promise<ReadyBuyer> {
  const sku = `HOOK-${++made}`;
  const variantId = await shop.stock({ name: sku, sku, price: 5000, stock: 9 });
  const browser = shop.guest();
  return {
    ...{ browser, variantId, sku },
    cart: await readyCart(browser, [{ variantId, quantity: 2 }], `h${made}@example.test`),
  };
}
const reserved = async ({ sku }: { sku: string }): Promise<unknown> =>
  (
    await shop.sql(
      'SELECT reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0];
const notes = async ({ id }: Answer): Promise<string[]> =>
  (
    await shop.sql<{ at: string }>(
      `SELECT n.at FROM wrap_note n JOIN shop_order o ON o.id = n.order_id WHERE o.number = $1 ORDER BY n.ctid`,
      [id],
    )
  ).map(({ at }) => at);
const codesOf = ({ errors: refused }: Answer): string[] => refused.map(({ code }: Answer) => code);
const ORDER = `query($id: ID!) { order(id: $id) { id number version status paymentStatus lines { id } } }`;
const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;

/** How often the fault was logged with the plugin's name at this hook. */
function watchLog(): (hook: string) => number {
  const error = vi.spyOn(shop.shop.logger, 'error');
  return (hook) =>
    error.mock.calls.filter(([said]) => {
      const { plugin, hook: at } = said as unknown as { plugin?: string; hook?: string };
      return plugin === 'wrapHooks' && at === hook;
    }).length;
}

describe('checkout.beforePlace', () => {
  it('writes with the order, the plugins in the order of the configuration', async () => {
    const { browser, cart } = await readyBuyer();
    acts.place = async (tx, { order, cart: placed }) => {
      expect(placed.lines).toHaveLength(1);
      await tx.count(note, { orderId: order.id, at: 'first' });
    };
    isCounting = true;

    const { order } = await complete(browser, cart);

    expect(await notes({ id: order.number })).toEqual(['first', 'second']);
  });

  it('refuses with a code of the plugin: the cart stays, nothing is held, and a second try may succeed', async () => {
    const buyer = await readyBuyer();
    const key = randomUUID();
    acts.place = async (tx, { order }) => {
      await tx.count(note, { orderId: order.id, at: 'refused' });
      throw new DomainError('WRAP_SOLD_OUT', 'There is no ribbon left.');
    };
    const said = watchLog();

    const refused = await complete(buyer.browser, buyer.cart, key);

    expect(codesOf(refused)).toEqual(['WRAP_SOLD_OUT']);
    expect(refused.order).toBeNull();
    expect(refused.cart.version).toBe(buyer.cart.version);
    expect(await reserved(buyer)).toEqual({ reserved: 0 });
    expect(await shop.sql(`SELECT 1 FROM wrap_note WHERE at = 'refused'`)).toEqual([]);
    expect(said('checkout.beforePlace')).toBe(0);

    acts.place = nothing;
    const { order } = await complete(buyer.browser, buyer.cart, key);
    expect(order.status).toBe('PENDING_PAYMENT');
    expect(await reserved(buyer)).toEqual({ reserved: 2 });
  });

  it.each<[string, typeof acts.place]>([
    [
      'throws',
      async () => {
        throw new TypeError('ribbon is undefined');
      },
    ],
    [
      'refuses with a code that is not its own',
      async () => {
        throw new NotFoundError('ribbon');
      },
    ],
    ['sends a statement that fails', async (tx) => void (await tx.rows(broken))],
    ['ignores a statement that failed', (tx) => tx.rows(broken).then(nothing, nothing)],
  ])('is refused aloud, and never passed over, when the plugin %s', async (_what, place) => {
    const buyer = await readyBuyer();
    acts.place = place;
    const said = watchLog();

    const refused = await complete(buyer.browser, buyer.cart);

    expect(codesOf(refused)).toEqual(['PLUGIN_FAILED']);
    expect(said('checkout.beforePlace')).toBe(1);
    expect(await reserved(buyer)).toEqual({ reserved: 0 });
  });

  it('tells the owner of the shop by mail which plugin failed, and where', async () => {
    const [mail] = await shop.eventually(async () => {
      const mails = await shop.sql<{ subject: string; text: string }>(
        `SELECT subject, text FROM dev_inbox WHERE subject LIKE '%wrapHooks%'`,
      );
      return mails.length > 0 && mails;
    });

    expect(mail?.subject).toBe('A plugin failed: wrapHooks');
    expect(mail?.text).toContain('checkout.beforePlace');
    expect(await shop.sql(`SELECT 1 FROM outbox WHERE kind = 'plugin.failed'`)).toHaveLength(1);
    expect((await staff.ask('{ plugins { name lastFault { hook } } }')).plugins).toEqual([
      { name: 'wrapHooks', lastFault: { hook: 'checkout.beforePlace' } },
      { name: 'wrapCount', lastFault: null },
    ]);
  });

  it('waits two seconds and not longer, and what comes later has no effect', async () => {
    const buyer = await readyBuyer();
    let late: unknown = null;
    acts.place = async (tx, { order }) => {
      await tx.rows(wait).catch(() => undefined);
      late = await tx.count(note, { orderId: order.id, at: 'late' }).catch((error: unknown) => error);
    };
    const began = performance.now();

    const refused = await complete(buyer.browser, buyer.cart);

    expect(codesOf(refused)).toEqual(['PLUGIN_FAILED']);
    expect(performance.now() - began).toBeLessThan(15_000);
    await shop.eventually(async () => late !== null);
    expect(String(late)).toMatch(/over|aborted/);
    expect(await shop.sql(`SELECT 1 FROM wrap_note WHERE at = 'late'`)).toEqual([]);
  });
});

describe('payment.captured', () => {
  it('is called once the money was used, with what it was for', async () => {
    const { browser, variantId } = await readyBuyer();
    acts.captured = async (tx, { purpose, payment }) =>
      void (await tx.count(note, { orderId: payment.orderId, at: purpose }));

    const { number } = await buy(browser, [{ variantId, quantity: 1 }]);

    expect(await notes({ id: number })).toEqual(['ORDER']);
  });

  it.each<[string, typeof acts.captured]>([
    [
      'throws',
      async (tx, { payment }) => {
        await tx.count(note, { orderId: payment.orderId, at: 'half' });
        throw new TypeError('ribbon is undefined');
      },
    ],
    [
      'refuses',
      async () => {
        throw new DomainError('WRAP_SOLD_OUT', 'There is no ribbon left.');
      },
    ],
    ['sends a statement that fails', async (tx) => void (await tx.rows(broken))],
    ['ignores a statement that failed', (tx) => tx.rows(broken).then(nothing, nothing)],
    ['takes too long', async (tx) => void (await tx.rows(wait))],
  ])('never loses money: the order is paid although the plugin %s', async (_what, captured) => {
    const { browser, cart } = await readyBuyer();
    acts.captured = captured;
    const said = watchLog();

    const { order, paymentSession } = await complete(browser, cart);
    await payWith(browser, paymentSession.clientSecret, GOOD_CARD);

    expect(await read(order.id)).toMatchObject({ status: 'PAID', paymentStatus: 'PAID' });
    expect(await notes({ id: order.number })).toEqual([]);
    expect(said('payment.captured')).toBe(1);
  });
});

describe('order.beforeChange', () => {
  const CANCEL = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } errors { code } } }`;
  const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { errors { code } } }`;
  const EDIT = `mutation($input: OrderEditInput!) { orderEdit(input: $input) { errors { code } } }`;
  const PREVIEW = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } } }`;
  const refuse = (): string[] => {
    const asked: string[] = [];
    acts.change = async (_tx, { change, actor }) => {
      asked.push(`${change} by ${actor.kind}`);
      throw new DomainError('WRAP_SOLD_OUT', 'There is no ribbon left.');
    };
    return asked;
  };
  const cancel = async ({ id, version }: Answer): Promise<Answer> =>
    (
      await staff.ask(CANCEL, {
        input: { orderId: id, expectedVersion: version, idempotencyKey: randomUUID() },
      })
    ).orderCancel;

  it('keeps a paid order from being shipped, changed or cancelled', async () => {
    const { browser, variantId } = await readyBuyer();
    const order = await read((await buy(browser, [{ variantId, quantity: 2 }])).id);
    const named = { orderId: order.id, expectedVersion: order.version, idempotencyKey: randomUUID() };
    const edited = { orderId: order.id, lines: [{ variantId, quantity: 1 }] };
    const { orderEditPreview } = await staff.ask(PREVIEW, { input: edited });
    const asked = refuse();

    const { shipmentCreate } = await staff.ask(SHIP, { input: named });
    const { orderEdit } = await staff.ask(EDIT, {
      input: { ...named, ...edited, expectedTotal: orderEditPreview.totalAfter.amount },
    });
    const cancelled = await cancel(order);

    expect(codesOf(shipmentCreate)).toEqual(['WRAP_SOLD_OUT']);
    expect(codesOf(cancelled)).toEqual(['WRAP_SOLD_OUT']);
    expect(codesOf(orderEdit)).toEqual(['WRAP_SOLD_OUT']);
    expect(asked).toEqual(['SHIP by STAFF', 'EDIT by STAFF', 'CANCEL by STAFF']);
    expect(await read(order.id)).toEqual(order);

    acts.change = nothing;
    expect(codesOf(await cancel(order))).toEqual([]);
  });

  it('is asked before the provider cancels an unpaid payment, so that the buyer can still pay', async () => {
    const { browser, cart } = await readyBuyer();
    const { order, paymentSession } = await complete(browser, cart);
    const before = await read(order.id);
    const asked = refuse();

    expect(codesOf(await cancel(before))).toEqual(['WRAP_SOLD_OUT']);
    await payWith(browser, paymentSession.clientSecret, GOOD_CARD);

    expect(await read(order.id)).toMatchObject({ status: 'PAID' });
    expect(asked).toEqual(['CANCEL by STAFF']);
  });
});

it('leaves ledger and stock in balance after all of this', async () => {
  await assertLedgerBalances(shop);
});
