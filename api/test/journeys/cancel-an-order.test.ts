import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { PAYMENT_METHODS: 'card,cash_on_delivery,bank_transfer' } });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version status paymentStatus actions staffActions total { gross { amount } } refundedTotal { amount }
  refunds { status amount { amount } lines { quantity } } lines { id } events { kind actorKind } } }`;
const PREVIEW = `query($id: ID!) { orderCancelPreview(orderId: $id) { refund { amount } voided { amount } released restocked } }`;
const CANCEL = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status paymentStatus } errors { code } } }`;
const CANCEL_MINE = `mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { order { status actions } errors { code path } } }`;
const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { errors { code } } }`;

const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;
const preview = async (id: string): Promise<Answer> => (await staff.ask(PREVIEW, { id })).orderCancelPreview;
const cancelMine = async (input: object, as: GraphqlClient = shop.guest()): Promise<Answer> =>
  (await as.ask(CANCEL_MINE, { input: { idempotencyKey: randomUUID(), ...input } })).orderCancelByCustomer;

async function cancel(id: string, input: object = {}): Promise<Answer> {
  const { version } = await read(id);
  const whole = { orderId: id, expectedVersion: version, idempotencyKey: randomUUID(), ...input };
  return (await staff.ask(CANCEL, { input: whole })).orderCancel;
}

const free = async (sku: string): Promise<number> =>
  (
    await shop.sql<{ left: number }>(
      'SELECT sum(s.on_hand - s.reserved)::int AS left FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0]?.left ?? 0;

let made = 0;
async function thing(): Promise<{ variantId: string; sku: string; email: string }> {
  const sku = `CANCEL-${++made}`;
  return {
    variantId: await shop.stock({ name: sku, sku, price: 1000, stock: 5 }),
    sku,
    email: `c${made}@example.test`,
  };
}
async function unpaid(method?: 'CASH_ON_DELIVERY' | 'BANK_TRANSFER'): Promise<Answer> {
  const { variantId, sku, email } = await thing();
  const browser = shop.guest();
  const done = await complete(
    browser,
    await readyCart(browser, [{ variantId, quantity: 2 }], email),
    randomUUID(),
    method,
  );
  return { ...done.order, token: done.orderToken, sku };
}
async function paid(as: GraphqlClient = shop.guest()): Promise<Answer> {
  const { variantId, sku, email } = await thing();
  return { ...(await buy(as, [{ variantId, quantity: 2 }], email)), sku };
}
const refunded = (id: string): Promise<Answer> =>
  shop.eventually(async () => {
    const order = await read(id);
    return order.paymentStatus === 'REFUNDED' && order;
  });

describe('staff who cancel', () => {
  it('an unpaid order drop the payment and free what was held, as the preview says', async () => {
    const order = await unpaid();
    const foreseen = await preview(order.id);

    const done = await cancel(order.id);

    expect(foreseen).toEqual({
      refund: { amount: 0 },
      voided: order.total.gross,
      released: 2,
      restocked: 0,
    });
    expect(done).toMatchObject({ errors: [], order: { status: 'CANCELLED', paymentStatus: 'CANCELLED' } });
    expect(await free(order.sku)).toBe(5);
    expect(await preview(order.id)).toBeNull();
  });

  it('a paid order send everything back, and the refund stands in the order with its lines', async () => {
    const order = await paid();
    const foreseen = await preview(order.id);

    const done = await cancel(order.id);
    const after = await refunded(order.id);

    expect(foreseen).toEqual({
      refund: order.total.gross,
      voided: { amount: 0 },
      released: 0,
      restocked: 2,
    });
    expect(done.errors).toEqual([]);
    expect(after).toMatchObject({
      status: 'CANCELLED',
      refundedTotal: order.total.gross,
      refunds: [{ status: 'SUCCEEDED', amount: order.total.gross, lines: [{ quantity: 2 }] }],
      actions: expect.not.arrayContaining(['CANCEL', 'PAY']) as unknown,
    });
    expect(await free(order.sku)).toBe(5);
  });

  it('need not restock goods that are broken', async () => {
    const order = await paid();

    await cancel(order.id, { restock: false });
    await refunded(order.id);

    expect(await free(order.sku)).toBe(3);
  });

  it('after a partial refund send back the rest only', async () => {
    const order = await paid();
    const { lines, version } = await read(order.id);
    await staff.ask(
      `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`,
      {
        input: {
          orderId: order.id,
          expectedVersion: version,
          lines: [{ orderLineId: lines[0].id, quantity: 1 }],
          idempotencyKey: randomUUID(),
        },
      },
    );
    await shop.eventually(async () => (await read(order.id)).refundedTotal.amount === 1000);
    const foreseen = await preview(order.id);

    const done = await cancel(order.id);

    expect(foreseen).toMatchObject({ refund: { amount: order.total.gross.amount - 1000 }, restocked: 1 });
    expect(done.errors).toEqual([]);
    expect((await refunded(order.id)).refunds.map(({ amount }: Answer) => amount.amount)).toEqual([
      1000,
      order.total.gross.amount - 1000,
    ]);
    expect(await free(order.sku)).toBe(5);
  });

  it('do not restock what was paid back as broken before', async () => {
    const order = await paid();
    const { lines, version } = await read(order.id);
    const { orderRefund } = await staff.ask(
      `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`,
      {
        input: {
          orderId: order.id,
          expectedVersion: version,
          lines: [{ orderLineId: lines[0].id, quantity: 1, restock: false }],
          idempotencyKey: randomUUID(),
        },
      },
    );
    await shop.eventually(async () => (await read(order.id)).refundedTotal.amount === 1000);
    const foreseen = await preview(order.id);

    const done = await cancel(order.id);

    expect([orderRefund.errors, done.errors]).toEqual([[], []]);
    expect(foreseen).toMatchObject({ restocked: 1 });
    expect(await free(order.sku)).toBe(4);
  });

  it('fifty times with one key cancel once, and get fifty equal answers', async () => {
    for (const order of [await paid(), await unpaid()]) {
      const { version } = await read(order.id);
      const input = { orderId: order.id, expectedVersion: version, idempotencyKey: randomUUID() };

      const answers = await Promise.all(
        Array.from({ length: 50 }, async () => (await staff.ask(CANCEL, { input })).orderCancel),
      );

      expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
      expect(new Set(answers.map(({ order: { status } }) => status))).toEqual(new Set(['CANCELLED']));
      const { events } = await read(order.id);
      expect(events.filter(({ kind }: Answer) => kind === 'CANCELLED')).toHaveLength(1);
      expect(await free(order.sku)).toBe(5);
    }
  });
});

describe('a buyer who cancels', () => {
  it('before paying gets nothing charged, and the goods are free again', async () => {
    const order = await unpaid();

    const done = await cancelMine({ orderToken: order.token, reason: 'Changed my mind' });

    expect(done).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
    expect(await free(order.sku)).toBe(5);
    expect((await read(order.id)).events).toContainEqual({ kind: 'CANCELLED', actorKind: 'CUSTOMER' });
  });

  it('after paying gets everything back', async () => {
    const order = await paid();
    const { orderByToken } = await shop
      .guest()
      .ask(
        'query($token: String!) { orderByToken(token: $token) { actions staffActions refundable { amount } } }',
        {
          token: order.token,
        },
      );

    const done = await cancelMine({ orderToken: order.token });

    expect(orderByToken).toMatchObject({
      actions: expect.arrayContaining(['CANCEL']) as unknown,
      staffActions: null,
      refundable: null,
    });
    expect(done.errors).toEqual([]);
    expect((await refunded(order.id)).refundedTotal).toEqual(order.total.gross);
    expect(await free(order.sku)).toBe(5);
  });

  it('what is to be paid to the courier or by bank owes nothing', async () => {
    for (const method of ['CASH_ON_DELIVERY', 'BANK_TRANSFER'] as const) {
      const order = await unpaid(method);

      const done = await cancelMine({ orderToken: order.token });

      expect(done).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
      expect(await read(order.id)).toMatchObject({ paymentStatus: 'CANCELLED', refunds: [] });
      expect(await free(order.sku)).toBe(5);
    }
  });

  it('cancels an own order by its id, and nobody else does', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    const order = await paid(alice);
    const other = await unpaid();

    const userErrors = await Promise.all([
      cancelMine({ orderId: order.id }, bob),
      cancelMine({ orderId: order.id }),
      cancelMine({ orderId: other.id }, alice),
      cancelMine({ orderToken: `${order.token.slice(0, -2)}AA` }),
      cancelMine({ orderToken: order.id }),
    ]);
    const unnamed = await cancelMine({}, alice);
    const done = await cancelMine({ orderId: order.id }, alice);

    expect(userErrors.map(({ errors }) => errors[0].code)).toEqual(userErrors.map(() => 'NOT_FOUND'));
    expect(unnamed).toMatchObject({ order: null, errors: [{ code: 'INVALID_INPUT' }] });
    expect(done).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
    expect((await read(other.id)).status).toBe('PENDING_PAYMENT');
    await cancel(other.id);
  });

  it('is told that it is too late once something has left', async () => {
    const order = await paid();
    const { lines, version } = await read(order.id);
    await staff.ask(SHIP, {
      input: {
        orderId: order.id,
        expectedVersion: version,
        lines: [{ orderLineId: lines[0].id, quantity: 1 }],
      },
    });

    const late = await cancelMine({ orderToken: order.token });

    expect(late).toMatchObject({
      order: { status: 'PAID' },
      errors: [{ code: 'ALREADY_SHIPPED', path: ['orderToken'] }],
    });
    expect((await read(order.id)).actions).not.toContain('CANCEL');
  });

  it('fifty times at once cancels once', async () => {
    for (const order of [await paid(), await unpaid()]) {
      const input = { orderToken: order.token, idempotencyKey: randomUUID() };

      const answers = await Promise.all(Array.from({ length: 50 }, () => cancelMine(input)));
      const again = await cancelMine({ orderToken: order.token });

      expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
      expect(again.errors).toEqual([]);
      const { events } = await read(order.id);
      expect(events.filter(({ kind }: Answer) => kind === 'CANCELLED')).toHaveLength(1);
      expect(await free(order.sku)).toBe(5);
    }
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(shop);
  });
});
