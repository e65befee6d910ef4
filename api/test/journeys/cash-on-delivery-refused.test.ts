import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { codes } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openTestPayments();
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
});
afterAll(() => simulator.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version status paymentStatus fulfillmentStatus staffActions
  total { gross { amount } } shipping { gross { amount } } refundable { amount } refundedTotal { amount } payments { status }
  invoices { kind total { amount } } refunds { reason amount { amount } lines { quantity amount { amount } restocked } }
  shipments { id status } lines { id quantity cancelledQuantity fulfilledQuantity returnableQuantity } events { kind } } }`;
const read = async ({ orderId }: Buyer): Promise<Answer> => (await staff.ask(ORDER, { id: orderId })).order;

/** Units of one thing for 50.00 each that are paid at the door. */
async function ordered(quantity = 2): Promise<Buyer> {
  const sku = `DOOR-${randomUUID().slice(0, 8)}`;
  const email = `${sku.toLowerCase()}@example.test`;
  const variantId = await simulator.shop.stock({ name: sku, sku, price: 5_000, stock: 5 });
  const browser = simulator.shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity }], email);
  const key = randomUUID();
  const answer = await complete(browser, cart, key, 'CASH_ON_DELIVERY');
  return {
    ...{ browser, cart, key, answer, sku, variantId, email, orderId: answer.order.id },
    ...{ token: answer.orderToken, secret: '' },
  };
}

/** One unit in a shipment, and what became of it. */
async function ship(buyer: Buyer, status: 'SHIPPED' | 'DELIVERED' | 'RETURNED'): Promise<void> {
  const { version: expectedVersion, lines } = await read(buyer);
  const input = {
    orderId: buyer.orderId,
    expectedVersion,
    lines: [{ orderLineId: lines[0].id, quantity: 1 }],
  };
  const sent = await staff.ask(
    'mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { shipment { id } errors { code } } }',
    { input },
  );
  expect(sent.shipmentCreate.errors).toEqual([]);
  if (status === 'SHIPPED') return;
  expect(codes(await note(sent.shipmentCreate.shipment.id, status))).toEqual([]);
}

async function note(shipmentId: string, status: string): Promise<Answer> {
  const mutation =
    'mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }';
  return (await staff.ask(mutation, { input: { shipmentId, status } })).shipmentUpdate;
}

async function collect(buyer: Buyer, amount: number, more: object = {}): Promise<Answer> {
  const { version: expectedVersion } = await read(buyer);
  const mutation =
    'mutation($input: PaymentMarkReceivedInput!) { paymentMarkReceived(input: $input) { order { status } errors { code path } } }';
  const input = { orderId: buyer.orderId, expectedVersion, idempotencyKey: randomUUID(), amount, ...more };
  return (await staff.ask(mutation, { input })).paymentMarkReceived;
}

/** The order when its refund is booked and its documents are written. */
const settled = (buyer: Buyer): Promise<Answer> =>
  simulator.shop.eventually(async () => {
    const order = await read(buyer);
    return order.refundedTotal.amount > 0 && order.invoices.length === 2 && order;
  });

describe('an order on delivery of which one shipment was kept and one refused', () => {
  it('ends with the money that was collected, once, and what came back is in stock again', async () => {
    const buyer = await ordered();
    await ship(buyer, 'DELIVERED');
    await ship(buyer, 'RETURNED');
    const before = await read(buyer);
    const [total, key] = [before.total.gross.amount, randomUUID()];
    const once = { restock: true, idempotencyKey: key, expectedVersion: before.version };

    const answers = await Promise.all(Array.from({ length: 10 }, () => collect(buyer, total - 5_000, once)));

    expect(before.staffActions).toContain('MARK_RECEIVED');
    expect(answers).toEqual(Array(10).fill({ order: { status: 'COMPLETED' }, errors: [] }));
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 4, reserved: 0 });
    expect(await settled(buyer)).toMatchObject({
      ...{ status: 'COMPLETED', paymentStatus: 'PARTIALLY_REFUNDED', fulfillmentStatus: 'FULFILLED' },
      ...{ refundable: { amount: total - 5_000 }, refundedTotal: { amount: 5_000 } },
      payments: [{ status: 'CAPTURED' }],
      invoices: [
        { kind: 'INVOICE', total: { amount: total } },
        { kind: 'CREDIT_NOTE', total: { amount: 5_000 } },
      ],
      refunds: [
        {
          ...{ reason: 'refused at the door', amount: { amount: 5_000 } },
          lines: [{ quantity: 1, amount: { amount: 5_000 }, restocked: 1 }],
        },
      ],
      lines: [{ returnableQuantity: 1 }],
    });
    const mails = await simulator.shop.eventually(async () => {
      const found = await simulator.shop.sql<{ template: string; model: { amount: { amount: number } } }>(
        `SELECT template, model FROM email WHERE recipient = $1 AND template IN ('payment-received', 'refund-made')`,
        [buyer.email],
      );
      return found.length > 0 && found;
    });
    expect(mails.map(({ template }) => template)).toEqual(['payment-received']);
    expect(JSON.stringify(mails[0]?.model.amount)).toContain(String(total - 5_000));
  });

  it('does not restock what came back unless somebody says that it is good', async () => {
    const buyer = await ordered();
    await ship(buyer, 'RETURNED');
    await ship(buyer, 'DELIVERED');

    const answer = await collect(buyer, (await read(buyer)).total.gross.amount - 5_000);

    expect(answer.errors).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
    // Nor is it out again afterwards.
    const { shipments } = await read(buyer);
    expect(codes(await note(shipments[0].id, 'DELIVERED'))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('gives up with it what never left, and waits for a shipment that is still on its way', async () => {
    const buyer = await ordered(3);
    await ship(buyer, 'SHIPPED');
    await ship(buyer, 'RETURNED');
    const total = (await read(buyer)).total.gross.amount;

    const answer = await collect(buyer, total - 10_000, { restock: true });

    expect(answer).toEqual({ order: { status: 'FULFILLED' }, errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 4, reserved: 0 });
    const { shipments } = await read(buyer);
    await note(shipments[0].id, 'DELIVERED');
    expect(await settled(buyer)).toMatchObject({
      ...{ status: 'COMPLETED', fulfillmentStatus: 'FULFILLED' },
      lines: [{ fulfilledQuantity: 2, cancelledQuantity: 1, returnableQuantity: 1 }],
    });
  });

  it.each([
    ['without the delivery', ({ shipping }: Answer) => 5_000 + shipping.gross.amount],
    ['with a little of what was refused', () => 4_300],
    ['and much less than the rest is worth', () => 9_000],
  ])('ends with any sum that the courier brings: %s', async (_, missing) => {
    const buyer = await ordered();
    await ship(buyer, 'DELIVERED');
    await ship(buyer, 'RETURNED');
    const order = await read(buyer);

    const answer = await collect(buyer, order.total.gross.amount - missing(order), { restock: true });

    expect(answer.errors).toEqual([]);
    expect(await settled(buyer)).toMatchObject({
      refundable: { amount: order.total.gross.amount - missing(order) },
      invoices: [{ kind: 'INVOICE' }, { kind: 'CREDIT_NOTE', total: { amount: missing(order) } }],
    });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 4, reserved: 0 });
  });

  it('takes no smaller sum where no shipment came back, where all did, or for more than the price', async () => {
    const [kept, back, mixed] = [await ordered(1), await ordered(1), await ordered()];
    await ship(kept, 'DELIVERED');
    await ship(back, 'RETURNED');
    await ship(mixed, 'DELIVERED');
    await ship(mixed, 'RETURNED');
    const { total } = await read(mixed);

    const answers = [
      await collect(kept, 1_000),
      await collect(back, 1_000),
      await collect(mixed, 0),
      await collect(mixed, total.gross.amount + 1),
    ];

    expect(answers.map(({ errors }) => errors)).toEqual(
      Array(4).fill([{ code: 'INVALID_INPUT', path: ['amount'] }]),
    );
    for (const buyer of [kept, back, mixed])
      expect(await read(buyer)).toMatchObject({ paymentStatus: 'PENDING', refunds: [], invoices: [] });
  });

  it('is collected in part, or wholly, or its shipment is out again: whoever is first, and the ledger fits', async () => {
    const buyers = await Promise.all(Array.from({ length: 4 }, () => ordered()));
    for (const buyer of buyers) {
      await ship(buyer, 'DELIVERED');
      await ship(buyer, 'RETURNED');
    }
    const seen = await Promise.all(buyers.map(read));

    await Promise.all(
      buyers.flatMap((buyer, i) => {
        const { version: expectedVersion, total, shipments } = seen[i] as Answer;
        return [
          collect(buyer, total.gross.amount - 5_000, { restock: true, expectedVersion }),
          collect(buyer, total.gross.amount, { expectedVersion }),
          note(shipments[1].id, 'DELIVERED'),
        ];
      }),
    );

    for (const [i, buyer] of buyers.entries()) {
      const { refundable, paymentStatus } = await simulator.shop.eventually(() => read(buyer));
      const price = seen[i]?.['total'].gross.amount as number;
      if (paymentStatus === 'PENDING') expect(refundable.amount).toBe(0);
      else expect([price, price - 5_000]).toContain(refundable.amount);
    }
  });
});

it('leaves the ledger balanced', () => assertLedgerBalances(simulator.shop));
