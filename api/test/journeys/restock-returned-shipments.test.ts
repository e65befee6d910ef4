import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
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

const ORDER = `query($id: ID!) { order(id: $id) { id version status paymentStatus fulfillmentStatus staffActions actions
  refundable { amount } refundedTotal { amount } invoices { kind } payments { status } shipments { id status }
  lines { id quantity cancelledQuantity fulfilledQuantity returnableQuantity } events { kind actorKind } } }`;
const PREVIEW =
  'query($id: ID!) { orderCancelPreview(orderId: $id) { refund { amount } voided { amount } released restocked } }';

const read = async ({ orderId }: Buyer): Promise<Answer> => (await staff.ask(ORDER, { id: orderId })).order;
const preview = async ({ orderId }: Buyer): Promise<Answer> =>
  (await staff.ask(PREVIEW, { id: orderId })).orderCancelPreview;

async function cancel(buyer: Buyer, more: object = {}): Promise<Answer> {
  const { version } = await read(buyer);
  const input = {
    orderId: buyer.orderId,
    expectedVersion: version,
    idempotencyKey: randomUUID(),
    ...more,
  };
  const mutation =
    'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status paymentStatus } errors { code message } } }';
  return (await staff.ask(mutation, { input })).orderCancel;
}

async function cancelMine({ token }: Buyer): Promise<Answer> {
  const mutation =
    'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { errors { code } } }';
  const input = { orderToken: token, idempotencyKey: randomUUID() };
  return (await simulator.shop.guest().ask(mutation, { input })).orderCancelByCustomer;
}

async function ship(buyer: Buyer, quantity?: number): Promise<void> {
  const { version, lines } = await read(buyer);
  const input = {
    orderId: buyer.orderId,
    expectedVersion: version,
    lines: quantity ? [{ orderLineId: lines[0].id, quantity }] : null,
  };
  const mutation =
    'mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { errors { code message } } }';
  expect((await staff.ask(mutation, { input })).shipmentCreate.errors).toEqual([]);
}

async function note(buyer: Buyer, status: string, nth = 0): Promise<void> {
  const { shipments } = await read(buyer);
  const mutation =
    'mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }';
  const input = { shipmentId: shipments[nth].id, status };
  expect((await staff.ask(mutation, { input })).shipmentUpdate.errors).toEqual([]);
}

/** Two units that are paid at the door. */
async function two(method: 'CARD' | 'CASH_ON_DELIVERY' = 'CASH_ON_DELIVERY'): Promise<Buyer> {
  const sku = `DOOR-${randomUUID().slice(0, 8)}`;
  const email = `${sku.toLowerCase()}@example.test`;
  const variantId = await simulator.shop.stock({ name: sku, sku, price: 5_000, stock: 5 });
  const browser = simulator.shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 2 }], email);
  const key = randomUUID();
  const answer = await complete(browser, cart, key, method);
  const buyer: Buyer = {
    ...{ browser, cart, key, answer, sku, variantId, email, orderId: answer.order.id },
    token: answer.orderToken,
    secret: answer.paymentSession?.clientSecret ?? '',
  };
  if (method === 'CARD') {
    await simulator.pay(buyer.secret, GOOD_CARD);
    await at.ask(buyer);
  }
  return buyer;
}

async function mails({ email }: Buyer): Promise<string[]> {
  const text = 'SELECT subject FROM dev_inbox WHERE recipient = $1 ORDER BY subject';
  return (await simulator.shop.sql<{ subject: string }>(text, [email])).map(({ subject }) => subject);
}

describe('a shipment that was to be paid at the door and was refused', () => {
  it('ends its order once it is back, and its goods are not restocked until somebody says that they are good', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await ship(buyer);
    const [early, foreseenEarly] = [await cancel(buyer), await preview(buyer)];
    const onItsWay = await read(buyer);
    await note(buyer, 'RETURNED');
    const [back, foreseen] = [await read(buyer), await preview(buyer)];

    const done = await cancel(buyer);

    expect(codes(early)).toEqual(['ILLEGAL_TRANSITION']);
    expect(foreseenEarly).toBeNull();
    expect(onItsWay.staffActions).toEqual(['MARK_RECEIVED']);
    expect(back.staffActions).toEqual(['MARK_RECEIVED', 'CANCEL']);
    expect(foreseen).toEqual({
      refund: { amount: 0 },
      voided: { amount: buyer.answer.order.total.gross.amount },
      released: 0,
      restocked: 1,
    });
    expect(done).toEqual({ errors: [], order: { status: 'CANCELLED', paymentStatus: 'CANCELLED' } });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
    const after = await read(buyer);
    // No money came, so nothing was invoiced and nothing is to be credited; and nothing can be sent back once more.
    expect(after).toMatchObject({
      staffActions: [],
      actions: [],
      invoices: [],
      refundable: { amount: 0 },
      payments: [{ status: 'CANCELLED' }],
      lines: [{ returnableQuantity: 0 }],
    });
    await simulator.shop.eventually(
      async () => (await mails(buyer)).filter((subject) => subject.includes('cancelled')).length === 1,
    );
  });

  it('stays back once its order is cancelled; only its tracking may still be put right', async () => {
    const buyer = await two();
    await ship(buyer);
    await note(buyer, 'RETURNED');
    const cancelled = await cancel(buyer, { restock: true });
    const { shipments, version } = await read(buyer);
    const update = async (change: object): Promise<Answer> => {
      const mutation =
        'mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { order { version } errors { code path } } }';
      return (await staff.ask(mutation, { input: { shipmentId: shipments[0].id, ...change } }))
        .shipmentUpdate;
    };

    const moved = [await update({ status: 'DELIVERED' }), await update({ status: 'SHIPPED' })];
    const [same, tracked] = [await update({ status: 'RETURNED' }), await update({ trackingNumber: 'AWB-1' })];

    expect(cancelled.errors).toEqual([]);
    expect(moved.map(({ errors }) => errors)).toEqual(
      Array(2).fill([{ code: 'ILLEGAL_TRANSITION', path: ['status'] }]),
    );
    expect([same.errors, same.order.version]).toEqual([[], version]);
    expect(codes(tracked)).toEqual([]);
    expect(await read(buyer)).toMatchObject({ status: 'CANCELLED', shipments: [{ status: 'RETURNED' }] });
  });

  it('is cancelled or out again, not both, when two people are quick', async () => {
    const buyers = await Promise.all(Array.from({ length: 4 }, () => two()));
    for (const buyer of buyers) {
      await ship(buyer);
      await note(buyer, 'RETURNED');
    }
    const shipments = await Promise.all(buyers.map(async (buyer) => (await read(buyer)).shipments[0].id));
    const mutation =
      'mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }';

    await Promise.all(
      buyers.flatMap((buyer, i) => [
        cancel(buyer),
        staff.ask(mutation, { input: { shipmentId: shipments[i], status: 'DELIVERED' } }),
      ]),
    );

    for (const buyer of buyers) {
      const { status, shipments } = await read(buyer);
      expect([
        ['CANCELLED', 'RETURNED'],
        ['FULFILLED', 'DELIVERED'],
        ['COMPLETED', 'DELIVERED'],
      ]).toContainEqual([status, shipments[0].status]);
    }
  });

  it('does not restock what a return found broken, whatever is said of the rest', async () => {
    const buyer = await two();
    await ship(buyer);
    await note(buyer, 'DELIVERED');
    const [line] = (await read(buyer)).lines;
    const step = async (by: GraphqlClient, name: string, type: string, input: object): Promise<Answer> => {
      const text = `mutation($input: ${type}!) { ${name}(input: $input) { return { id version lines { id } } errors { code } } }`;
      const answer = (await by.ask(text, { input: { ...input, idempotencyKey: randomUUID() } }))[name];
      expect(answer.errors).toEqual([]);
      return answer.return;
    };
    const asked = await step(simulator.shop.guest(), 'returnRequest', 'ReturnRequestInput', {
      ...{ orderToken: buyer.token, reason: 'DAMAGED', resolution: 'REFUND' },
      lines: [{ orderLineId: line.id, quantity: 1 }],
    });
    const open = await step(staff, 'returnApprove', 'ReturnDecisionInput', {
      ...{ returnId: asked.id, expectedVersion: 1 },
    });
    await step(staff, 'returnReceive', 'ReturnReceiveInput', {
      ...{ returnId: asked.id, expectedVersion: open.version },
      lines: [{ returnLineId: open.lines[0].id, received: 1, restocked: 0 }],
    });
    await note(buyer, 'RETURNED');

    const foreseen = await preview(buyer);
    const done = await cancel(buyer, { restock: true });

    expect(foreseen.restocked).toBe(1);
    expect(done.errors).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 4, reserved: 0 });
  });

  it('puts its goods back in stock when staff says so, once', async () => {
    const buyer = await two();
    await ship(buyer);
    await note(buyer, 'RETURNED');
    const key = randomUUID();
    const { version } = await read(buyer);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        cancel(buyer, { restock: true, idempotencyKey: key, expectedVersion: version }),
      ),
    );

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 5, reserved: 0 });
    expect((await read(buyer)).events.filter(({ kind }: Answer) => kind === 'CANCELLED')).toHaveLength(1);
  });

  it('ends an order of which the rest never left, and waits for every shipment that is still out', async () => {
    const buyer = await two();
    await ship(buyer, 1);
    await note(buyer, 'RETURNED');
    await ship(buyer, 1);
    const one = await cancel(buyer, { restock: true });
    await note(buyer, 'RETURNED', 1);
    const other = await two();
    await ship(other, 1);
    await note(other, 'RETURNED');

    const [both, rest] = [await cancel(buyer, { restock: true }), await cancel(other, { restock: true })];

    expect(codes(one)).toEqual(['ILLEGAL_TRANSITION']);
    expect([codes(both), codes(rest)]).toEqual([[], []]);
    expect([await at.stockLevel(buyer), await at.stockLevel(other)]).toEqual(
      Array(2).fill({ on_hand: 5, reserved: 0 }),
    );
  });

  it('is not its buyer’s to cancel, and one that was paid after all is refunded instead', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await ship(buyer);
    await note(buyer, 'RETURNED');

    const mine = await cancelMine(buyer);
    await at.staffDoes(staff, 'paymentMarkReceived', buyer);
    const paid = await cancel(buyer);

    expect(codes(mine)).toEqual(['ALREADY_SHIPPED']);
    expect(codes(paid)).toEqual(['ILLEGAL_TRANSITION']);
    expect((await read(buyer)).staffActions).toEqual(['REFUND']);
  });

  it('is cancelled or paid for, not both, when two people are quick', async () => {
    const buyers = await Promise.all(
      Array.from({ length: 4 }, () => at.startCheckout({ method: 'CASH_ON_DELIVERY' })),
    );
    for (const buyer of buyers) {
      await ship(buyer);
      await note(buyer, 'RETURNED');
    }

    await Promise.all(
      buyers.flatMap((buyer) => [
        cancel(buyer, { restock: true }),
        at.staffDoes(staff, 'paymentMarkReceived', buyer),
      ]),
    );

    for (const buyer of buyers) {
      const { status, paymentStatus } = await read(buyer);
      expect([
        ['CANCELLED', 'CANCELLED'],
        ['FULFILLED', 'PAID'],
      ]).toContainEqual([status, paymentStatus]);
    }
  });
});

describe('an order whose money went back at the provider’s dashboard', () => {
  async function refunded(buyer: Buyer): Promise<string> {
    const reference = await simulator.refundAtDashboard(buyer.secret, buyer.answer.order.total.gross.amount);
    await at.until(buyer, ({ status }) => status === 'REFUNDED');
    return reference;
  }

  it('keeps its goods until staff gives them up; then they are in stock again, once', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await refunded(buyer);
    const before = await at.stockLevel(buyer);
    const [seen, foreseen] = [await read(buyer), await preview(buyer)];
    const key = randomUUID();

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => cancel(buyer, { idempotencyKey: key, expectedVersion: seen.version })),
    );
    const again = await cancel(buyer);

    expect(before).toEqual({ on_hand: 2, reserved: 0 });
    expect(seen.staffActions).toEqual(['CANCEL']);
    expect(seen.actions).not.toContain('CANCEL');
    expect(foreseen).toEqual({ refund: { amount: 0 }, voided: { amount: 0 }, released: 0, restocked: 1 });
    expect(answers).toEqual(
      Array(10).fill({ errors: [], order: { status: 'REFUNDED', paymentStatus: 'REFUNDED' } }),
    );
    expect(codes(again)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await read(buyer)).toMatchObject({ staffActions: [], lines: [{ cancelledQuantity: 1 }] });
    expect(await preview(buyer)).toBeNull();
    expect(codes(await cancelMine(buyer))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('does not restock goods that are broken or were handed over already', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await refunded(buyer);

    const done = await cancel(buyer, { restock: false });

    expect(codes(done)).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
    expect((await read(buyer)).staffActions).toEqual([]);
  });

  it('gives up only what never left of an order whose first shipment is on its way', async () => {
    const buyer = await two('CARD');
    await ship(buyer, 1);
    await refunded(buyer);
    const foreseen = await preview(buyer);

    const done = await cancel(buyer);

    expect(codes(done)).toEqual([]);
    expect(foreseen).toMatchObject({ restocked: 1 });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 4, reserved: 0 });
    expect(await read(buyer)).toMatchObject({
      status: 'REFUNDED',
      fulfillmentStatus: 'FULFILLED',
      staffActions: [],
      lines: [{ fulfilledQuantity: 1, cancelledQuantity: 1 }],
    });
  });

  it('can be refunded again when the dashboard’s refund fails afterwards, and no unit comes back twice', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const reference = await refunded(buyer);
    await cancel(buyer);
    await simulator.failRefund(reference);
    await simulator.shop.eventually(async () => (await read(buyer)).refundable.amount > 0);

    const mutation =
      'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code message } } }';
    // A job writes the failure into the order meanwhile: staff then look at it again.
    const given = await simulator.shop.eventually(async () => {
      const { version, lines } = await read(buyer);
      const line = { orderLineId: lines[0].id, quantity: 1, restock: true };
      const input = {
        ...{ orderId: buyer.orderId, expectedVersion: version, lines: [line] },
        idempotencyKey: randomUUID(),
      };
      const answer = (await staff.ask(mutation, { input })).orderRefund;
      return codes(answer).includes('STALE_VERSION') ? null : answer;
    });

    expect(codes(given)).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });
});

it('leaves the ledger balanced', async () => {
  await assertLedgerBalances(simulator.shop);
});
