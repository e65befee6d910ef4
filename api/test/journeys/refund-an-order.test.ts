import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
});
afterAll(() => shop.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version status paymentStatus fulfillmentStatus staffActions actions
  total { gross { amount } tax { amount } } shipping { gross { amount } } refundedTotal { amount } refundable { amount }
  refunds { id amount { amount } shippingAmount { amount } status reason lines { quantity restocked amount { amount } orderLine { sku } } }
  lines { id sku quantity fulfilledQuantity cancelledQuantity refundedQuantity total { gross { amount } } }
  events { kind actorKind data { amount { amount } } } } }`;
const PREVIEW = `query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { lines { quantity restocked amount { amount } orderLine { sku } }
  shippingAmount { amount } amount { amount } tax { amount } refundable { amount } restocked } }`;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { order { id version } refund { id amount { amount } shippingAmount { amount } status
  lines { quantity restocked amount { amount } orderLine { sku } } } errors { code path } } }`;
const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { order { status fulfillmentStatus } errors { code } } }`;

const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;
const preview = async (input: object): Promise<Answer> =>
  (await staff.ask(PREVIEW, { input })).orderRefundPreview;
const refund = async (input: object, as: GraphqlClient = staff): Promise<Answer> =>
  (await as.ask(REFUND, { input: { idempotencyKey: randomUUID(), ...input } })).orderRefund;

/** The order once the provider has said what became of the money. */
const settled = (id: string): Promise<Answer> =>
  shop.eventually(async () => {
    const order = await read(id);
    const given = order.refunds.reduce((sum: number, { amount }: Answer) => sum + amount.amount, 0);
    return order.refundedTotal.amount === given && order;
  });

const unitsInStock = async (sku: string): Promise<number> =>
  (
    await shop.sql<{ left: number }>(
      'SELECT sum(s.on_hand)::int AS left FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0]?.left ?? 0;

let made = 0;
async function bought(quantity = 3, price = 1000): Promise<{ order: Answer; sku: string; token: string }> {
  const sku = `REFUND-${++made}`;
  const variantId = await shop.stock({ name: sku, sku, price, stock: 10 });
  const { id, token } = await buy(shop.guest(), [{ variantId, quantity }], `refund${made}@example.test`);
  return { order: await read(id), sku, token };
}

describe('money back', () => {
  it('by line goes back as the preview says, with the goods restocked, and the order shows it', async () => {
    const { order, sku } = await bought(3, 1001);
    const input = {
      orderId: order.id,
      lines: [{ orderLineId: order.lines[0].id, quantity: 2 }],
      shipping: order.shipping.gross.amount,
    };

    const foreseen = await preview(input);
    const done = await refund({ ...input, expectedVersion: order.version, reason: 'Two are scratched' });
    const after = await settled(order.id);

    expect(done.errors).toEqual([]);
    expect(done.refund).toMatchObject({
      amount: foreseen.amount,
      shippingAmount: foreseen.shippingAmount,
      lines: foreseen.lines,
    });
    expect(foreseen).toMatchObject({
      amount: { amount: 2002 + order.shipping.gross.amount },
      refundable: { amount: order.total.gross.amount },
      restocked: 2,
    });
    expect(await unitsInStock(sku)).toBe(9);
    expect(after).toMatchObject({
      status: 'PAID',
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundedTotal: { amount: 2002 + order.shipping.gross.amount },
      refundable: { amount: 1001 },
      lines: [{ refundedQuantity: 2, cancelledQuantity: 2 }],
      refunds: [{ status: 'SUCCEEDED', reason: 'Two are scratched' }],
    });
    expect(after.events.map(({ kind }: Answer) => kind)).toEqual(
      expect.arrayContaining(['REFUND_REQUESTED', 'REFUNDED']),
    );
  });

  it('for every unit and the delivery, in steps, adds up to what was paid, and the order is refunded', async () => {
    const { order, sku } = await bought(3, 999);
    const [line] = order.lines;
    let { version } = order;
    for (let i = 0; i < 3; i++) {
      const step = await refund({
        orderId: order.id,
        expectedVersion: version,
        lines: [{ orderLineId: line.id, quantity: 1 }],
        ...(i === 2 && { shipping: order.shipping.gross.amount }),
      });
      expect(step.errors).toEqual([]);
      ({ version } = await settled(order.id));
    }

    const after = await read(order.id);
    const taxes = await shop.sql<{ tax: string }>(
      `SELECT sum(r.tax) AS tax FROM order_refund r JOIN shop_order o ON o.id = r.order_id WHERE o.number = (SELECT number FROM shop_order WHERE email = $1)`,
      [`refund${made}@example.test`],
    );
    expect(after).toMatchObject({
      status: 'REFUNDED',
      paymentStatus: 'REFUNDED',
      refundable: { amount: 0 },
      refundedTotal: order.total.gross,
    });
    expect(after.staffActions).not.toContain('REFUND');
    expect(Number(taxes[0]?.tax)).toBe(order.total.tax.amount);
    expect(await unitsInStock(sku)).toBe(10);
  });

  it('as a plain amount leaves the goods where they are, unless units are named', async () => {
    const { order, sku } = await bought(2);

    const goodwill = await refund({ orderId: order.id, expectedVersion: order.version, amount: 150 });
    const stockLevel = await unitsInStock(sku);
    // What has gone back is noted at the order, which counts a new version.
    const { version } = await settled(order.id);
    const named = await refund({
      orderId: order.id,
      expectedVersion: version,
      amount: 500,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
    });

    expect(goodwill).toMatchObject({ errors: [], refund: { amount: { amount: 150 }, lines: [] } });
    expect(stockLevel).toBe(8);
    expect(named).toMatchObject({
      errors: [],
      refund: { amount: { amount: 500 }, lines: [{ quantity: 1, restocked: 1, amount: { amount: 0 } }] },
    });
    expect(await unitsInStock(sku)).toBe(9);
    expect((await settled(order.id)).refundedTotal.amount).toBe(650);
  });

  it('for goods that are broken does not restock them', async () => {
    const { order, sku } = await bought(1);

    const done = await refund({
      orderId: order.id,
      expectedVersion: order.version,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1, restock: false }],
    });

    expect(done.refund.lines).toMatchObject([{ restocked: 0 }]);
    expect(await unitsInStock(sku)).toBe(9);
  });

  it('keeps units that never left from being shipped; when the rest has left, the order is on its way', async () => {
    const { order } = await bought(3);
    const [line] = order.lines;
    const one = { orderId: order.id, lines: [{ orderLineId: line.id, quantity: 1 }] };
    await refund({ ...one, expectedVersion: order.version });
    const { version } = await settled(order.id);
    const tooMany = (
      await staff.ask(SHIP, {
        input: {
          orderId: order.id,
          expectedVersion: version,
          lines: [{ orderLineId: line.id, quantity: 3 }],
        },
      })
    ).shipmentCreate;
    await staff.ask(SHIP, { input: { ...one, expectedVersion: version } });
    const half = await read(order.id);

    const second = await refund({ ...one, expectedVersion: half.version });

    expect(tooMany.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(half).toMatchObject({ status: 'PAID', fulfillmentStatus: 'PARTIALLY_FULFILLED' });
    expect(second.errors).toEqual([]);
    expect(await settled(order.id)).toMatchObject({
      status: 'FULFILLED',
      fulfillmentStatus: 'FULFILLED',
      lines: [{ fulfilledQuantity: 1, cancelledQuantity: 2, refundedQuantity: 2 }],
    });
  });
});

describe('a refund is refused', () => {
  it('for what was not bought, not paid, or not there, and nothing changes', async () => {
    const { order } = await bought(2);
    const { order: other } = await bought(1);
    const [line] = order.lines;
    const base = { orderId: order.id, expectedVersion: order.version };
    const units = (quantity: number, id: string = line.id): object => ({
      lines: [{ orderLineId: id, quantity }],
    });

    const userErrors = await Promise.all([
      refund({ ...base, ...units(3) }),
      refund({ ...base, ...units(0) }),
      refund({ ...base, ...units(-1) }),
      refund({ ...base, ...units(1, other.lines[0].id) }),
      refund({ ...base, ...units(1, 'line_nonsense') }),
      refund({ ...base, lines: [line, line].map(({ id }) => ({ orderLineId: id, quantity: 1 })) }),
      refund({ ...base, amount: -5 }),
      refund({ ...base, amount: 0 }),
      refund({ ...base, amount: order.total.gross.amount + 1 }),
      refund({ ...base, amount: 10, shipping: 10 }),
      refund({ ...base, shipping: order.shipping.gross.amount + 1 }),
      refund({ ...base }),
      refund({ ...base, orderId: 'ord_nonsense', amount: 5 }),
      refund({ ...base, expectedVersion: order.version + 1, amount: 5 }),
      refund({ ...base, amount: 5, reason: 'x'.repeat(301) }),
    ]);

    expect(userErrors.map(({ errors }) => errors[0].code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'REFUND_TOO_LARGE',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'STALE_VERSION',
      'INVALID_INPUT',
    ]);
    const { version, refunds, refundable } = await read(order.id);
    expect({ version, refunds, refundable }).toEqual({
      version: order.version,
      refunds: [],
      refundable: order.total.gross,
    });
  });

  it('to support and to buyers', async () => {
    const { order } = await bought(1);
    const input = {
      orderId: order.id,
      expectedVersion: order.version,
      amount: 5,
      idempotencyKey: randomUUID(),
    };
    const alice = await shop.customer('alice@example.com', 'Alice@123');

    const answers = await Promise.all([alice, shop.guest()].map((who) => who.send(REFUND, { input })));
    const tried = await alice.send(PREVIEW, { input: { orderId: order.id, amount: 5 } });

    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'FORBIDDEN',
      'UNAUTHENTICATED',
    ]);
    expect(tried.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('many at once', () => {
  // As many as there are connections to the database: whoever waits ten seconds for one is turned away.
  it('fifty people refund, ten at a time, and never does more go back than came in', async () => {
    const { order } = await bought(5, 1000);
    const whole = order.total.gross.amount as number;
    const part = Math.ceil(whole / 7);

    const one = async (): Promise<string> => {
      for (;;) {
        const { version } = await read(order.id);
        const { errors } = await refund({ orderId: order.id, expectedVersion: version, amount: part });
        if (errors[0]?.code !== 'STALE_VERSION') return errors[0]?.code ?? 'done';
      }
    };
    const outcomes: string[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let person = 0; person < 5; person++) outcomes.push(await one());
      }),
    );

    const after = await settled(order.id);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(6);
    expect(outcomes.filter((outcome) => outcome === 'REFUND_TOO_LARGE')).toHaveLength(44);
    expect(after.refundedTotal.amount).toBe(6 * part);
    expect(after.refundable.amount).toBe(whole - 6 * part);
  });

  it('one request repeated fifty times is one refund and fifty equal answers; its key says nothing else', async () => {
    const { order, sku } = await bought(2);
    const input = {
      orderId: order.id,
      expectedVersion: order.version,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
      idempotencyKey: randomUUID(),
    };

    const answers = await Promise.all(Array.from({ length: 50 }, () => refund(input)));
    const other = await refund({ ...input, amount: 5 });

    expect(new Set(answers.map(({ refund: { id, amount } }) => `${id} ${amount.amount}`)).size).toBe(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(other.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect((await settled(order.id)).refunds).toHaveLength(1);
    expect(await unitsInStock(sku)).toBe(9);
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(shop);
  });
});
