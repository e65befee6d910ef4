import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const CANCEL = `mutation($input: OrderBulkCancelInput!) { started: orderBulkCancel(input: $input) { job { id } errors { code path } } }`;
const LOOK = `query($id: ID!) { job(id: $id) { kind status done total errorCount canUndo rowErrors { nodes { row code value } } } }`;
const PREVIEW = `query($orderIds: [ID!]!) { preview: orderBulkCancelPreview(orderIds: $orderIds) {
  orders refund { amount } voided { amount } released restocked } }`;

// Cards are captured by hand, so an order may be authorized, paid, or neither.
let shop: TestShop;
let clerk: GraphqlClient;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ env: { PAYMENT_CAPTURE: 'manual' } });
  clerk = await shop.staff();
  mug = await shop.stock({ name: 'Mug', sku: 'MUG', price: 5000, stock: 500 });
});
afterAll(() => shop.close());

interface Bought {
  readonly id: string;
  readonly number: string;
}
const one = [
  {
    get variantId() {
      return mug;
    },
    quantity: 1,
  },
];
const authorized = async (email: string): Promise<Bought> =>
  (await buy(shop.guest(), one, email)) as unknown as Bought;
async function onDelivery(email: string): Promise<Bought> {
  const browser = shop.guest();
  return (await complete(browser, await readyCart(browser, one, email), randomUUID(), 'CASH_ON_DELIVERY'))
    .order as Bought;
}
const versionOf = async (id: string): Promise<number> =>
  (await clerk.ask('query($id: ID!) { order(id: $id) { version } }', { id })).order.version;
async function onOrder(mutation: string, input: string, { id }: Bought): Promise<string[]> {
  const step = { orderId: id, expectedVersion: await versionOf(id), idempotencyKey: randomUUID() };
  const text = `mutation($input: ${input}!) { done: ${mutation}(input: $input) { errors { code } } }`;
  const { done } = await clerk.ask(text, { input: step });
  return (done.errors as Answer[]).map(({ code }) => String(code));
}
const capture = (order: Bought): Promise<string[]> => onOrder('paymentCapture', 'PaymentCaptureInput', order);
const ship = (order: Bought): Promise<string[]> => onOrder('shipmentCreate', 'ShipmentCreateInput', order);
async function paid(email: string): Promise<Bought> {
  const order = await authorized(email);
  expect(await capture(order)).toEqual([]);
  return order;
}
async function start(orders: readonly Bought[], more: object = {}): Promise<Answer> {
  const filter = { ids: orders.map(({ id }) => id) };
  const { started } = await clerk.ask(CANCEL, { input: { filter, idempotencyKey: randomUUID(), ...more } });
  expect(started.errors).toEqual([]);
  return started.job;
}
const untilDone = ({ id }: Answer): Promise<Answer> =>
  shop.eventually(async () => {
    const { job } = await clerk.ask(LOOK, { id });
    return job.status === 'SUCCEEDED' && (job as Answer);
  });
/** How many mugs can be sold. */
async function free(): Promise<number> {
  const [row] = await shop.sql<{ free: number }>(
    'SELECT sum(on_hand - reserved)::int AS free FROM stock_level',
  );
  return row?.free ?? 0;
}
/** How orders stand, by their numbers: status, how often they were paid back, and how many of their pieces were sent. */
async function statesOf(orders: readonly Bought[]): Promise<Answer[]> {
  return shop.sql(
    `SELECT o.status, (SELECT count(*)::int FROM order_refund r WHERE r.order_id = o.id) AS refunds,
       (SELECT count(*)::int FROM shipment s WHERE s.order_id = o.id) AS shipments
     FROM shop_order o WHERE o.number = ANY($1) ORDER BY o.id`,
    [orders.map(({ number }) => number)],
  );
}

describe('cancelling several orders', () => {
  it('says before what it will do, by the figures of each, and does it: what is paid goes back, what is reserved is let go', async () => {
    const orders = [
      await paid('a@example.test'),
      await authorized('a@example.test'),
      await onDelivery('a@example.test'),
    ];
    const sent = await paid('a@example.test');
    expect(await ship(sent)).toEqual([]);
    const all = [...orders, sent];
    const stock = await free();

    const { preview } = await clerk.ask(PREVIEW, { orderIds: all.map(({ id }) => id) });
    const job = await untilDone(await start(all, { reason: 'Broken in the storehouse' }));

    const total = (
      await clerk.ask('query($id: ID!) { order(id: $id) { total { gross { amount } } } }', orders[0] as never)
    ).order.total.gross.amount;
    expect(preview).toMatchObject({ orders: 3, refund: { amount: total }, restocked: 3 });
    expect(preview.voided.amount).toBeGreaterThan(total);
    expect(job).toMatchObject({ kind: 'ORDER_CANCEL', done: 4, total: 4, errorCount: 1, canUndo: false });
    expect(job.rowErrors.nodes).toEqual([{ row: 4, code: 'ILLEGAL_TRANSITION', value: sent.number }]);
    const gone = { status: 'CANCELLED', shipments: 0 };
    expect(await statesOf(orders)).toEqual([
      { ...gone, refunds: 1 },
      { ...gone, refunds: 0 },
      { ...gone, refunds: 0 },
    ]);
    expect(await free()).toBe(stock + 3);
    expect((await clerk.ask(PREVIEW, { orderIds: all.map(({ id }) => id) })).preview).toBeNull();
    await assertLedgerBalances(shop);
  });

  it('is done to chosen orders alone, and never to all that the list shows', async () => {
    for (const input of [
      {},
      { search: 'a@example.test' },
      { filter: { statuses: ['PAID'] } },
      { filter: { ids: [] } },
    ]) {
      const { started } = await clerk.ask(CANCEL, { input: { ...input, idempotencyKey: randomUUID() } });
      expect(started).toEqual({ job: null, errors: [{ code: 'INVALID_INPUT', path: ['filter', 'ids'] }] });
    }
  });

  it('pays each order back once when the worker loses its way between an order and the note of it', async () => {
    const orders = [
      await paid('b@example.test'),
      await authorized('b@example.test'),
      await paid('b@example.test'),
    ];
    const stock = await free();
    // The first note of each order is lost, as when the process dies after the order was cancelled.
    await shop.sql('CREATE SEQUENCE notes_lost');
    await shop.sql(`CREATE FUNCTION lose_note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF nextval('notes_lost') % 2 = 1 THEN RAISE 'The note is lost'; END IF; RETURN NEW; END $$`);
    await shop.sql(`CREATE TRIGGER loses_note BEFORE UPDATE ON long_job FOR EACH ROW
      WHEN (NEW.done > OLD.done) EXECUTE FUNCTION lose_note()`);

    const job = await start(orders);
    const done = await shop.eventually(async () => {
      await shop.sql(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
      const { job: now } = await clerk.ask(LOOK, job as never);
      return now.status === 'SUCCEEDED' && (now as Answer);
    });
    await shop.sql('DROP TRIGGER loses_note ON long_job');

    expect(done).toMatchObject({ done: 3, errorCount: 0 });
    const gone = { status: 'CANCELLED', shipments: 0 };
    expect(await statesOf(orders)).toEqual([
      { ...gone, refunds: 1 },
      { ...gone, refunds: 0 },
      { ...gone, refunds: 1 },
    ]);
    expect(await free()).toBe(stock + 3);
    await assertLedgerBalances(shop);
  });
});

describe('cancelling several orders while others work on them', () => {
  it('cancels each once that two clerks cancel at the same moment', async () => {
    const orders = [
      await paid('c@example.test'),
      await authorized('c@example.test'),
      await paid('c@example.test'),
      await onDelivery('c@example.test'),
    ];
    const stock = await free();

    const jobs = await Promise.all([start(orders.slice(0, 3)), start(orders.slice(1))]);
    const ended = await Promise.all(jobs.map(untilDone));

    expect(ended).toMatchObject([
      { done: 3, errorCount: 0 },
      { done: 3, errorCount: 0 },
    ]);
    const gone = { status: 'CANCELLED', shipments: 0 };
    expect(await statesOf(orders)).toEqual([
      { ...gone, refunds: 1 },
      { ...gone, refunds: 0 },
      { ...gone, refunds: 1 },
      { ...gone, refunds: 0 },
    ]);
    expect(await free()).toBe(stock + 4);
    await assertLedgerBalances(shop);
  });

  it('sends an order or pays it back, and never both, when a colleague ships it at that moment', async () => {
    const orders = [await paid('d@example.test'), await paid('d@example.test'), await paid('d@example.test')];

    const job = await start(orders);
    await Promise.all(orders.toReversed().map((order) => ship(order)));
    const done = await untilDone(job);

    const all = await statesOf(orders);
    for (const { status, refunds, shipments } of all)
      expect([status === 'CANCELLED', refunds, shipments]).toEqual(
        shipments === 0 ? [true, 1, 0] : [false, 0, 1],
      );
    expect(done.errorCount).toBe(all.filter(({ shipments }) => shipments === 1).length);
    await assertLedgerBalances(shop);
  });

  it('keeps no money of an order that a colleague captures at that moment', async () => {
    const orders = [
      await authorized('e@example.test'),
      await authorized('e@example.test'),
      await authorized('e@example.test'),
    ];

    const job = await start(orders);
    await Promise.all(orders.toReversed().map((order) => capture(order)));
    const done = await untilDone(job);
    // One that was paid just before the provider was asked is told, and is cancelled with a refund by whoever looks again.
    for (const { code } of done.rowErrors.nodes as Answer[]) expect(code).toBe('PAYMENT_UNDECIDED');
    const again = await untilDone(await start(orders));

    expect(again.errorCount).toBe(0);
    expect((await statesOf(orders)).map(({ status }) => String(status))).toEqual(
      orders.map(() => 'CANCELLED'),
    );
    await assertLedgerBalances(shop);
  });
});
