import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, localId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  intentOf,
  openStripePayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';

/*
 * Money came in for an order, but not as much as was agreed: a part was captured at the provider's dashboard, or too
 * much. The order waits for a person, who accepts what came in.
 */

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openStripePayments();
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
});
afterAll(() => simulator.close());

const ORDER = `query($id: ID!) { order(id: $id) { id number version status paymentStatus staffActions placedAt acceptableAmount { amount }
  discount { amount } subtotal { gross { amount } } shipping { gross { amount } tax { amount } } total { gross { amount } net { amount } tax { amount } }
  refundedTotal { amount } refundable { amount } taxLines { ratePercent tax { amount } }
  lines { id quantity discount { amount } total { gross { amount } } }
  payments { amount { amount } capturedAmount { amount } refunds { amount { amount } status } }
  invoices { kind total { amount } }
  events { kind actorKind actorName data { fromStatus toStatus amount { amount } agreedAmount { amount } } } } }`;
const ACCEPT = `mutation($input: PaymentAcceptInput!) { paymentAccept(input: $input) { order { status version } errors { code path } } }`;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { refund { amount { amount } } errors { code } } }`;
const CANCEL = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } errors { code } } }`;

/** An order that is not paid yet, with the secret of its payment and the SKU of each line. */
interface Bought {
  readonly id: string;
  readonly secret: string;
  readonly email: string;
  readonly skus: readonly string[];
}

let made = 0;

/** An order of these goods (price, quantity) that is not paid yet. */
async function ordered(goods: readonly (readonly [number, number])[], stock = 10): Promise<Bought> {
  const email = `another-${++made}@example.test`;
  const skus = goods.map((_, i) => `ANOTHER-${made}-${i}`);
  const lines: { variantId: string; quantity: number }[] = [];
  for (const [i, [price, quantity]] of goods.entries()) {
    const sku = skus[i] ?? '';
    lines.push({ variantId: await simulator.shop.stock({ name: sku, sku, price, stock }), quantity });
  }
  const browser = simulator.shop.guest();
  const done = await complete(browser, await readyCart(browser, lines, email));
  return { id: done.order.id, secret: done.paymentSession.clientSecret, email, skus };
}

/** The provider took so much more (or less) than agreed, and says so. */
async function captured(bought: Bought, difference: number): Promise<Answer> {
  await simulator.pay(bought.secret, GOOD_CARD);
  const intent = simulator.stripe?.intents.get(intentOf(bought.secret));
  if (intent) intent.amount_received += difference;
  await simulator.call(bought.secret);
  return simulator.shop.eventually(async () => {
    const order = await read(bought);
    return order.status === 'REVIEW' && order;
  });
}

/** An order in review over the given difference. */
async function inReview(
  difference: number,
  goods: readonly (readonly [number, number])[] = [[10_000, 1]],
  stock = 10,
): Promise<{ bought: Bought; order: Answer }> {
  const bought = await ordered(goods, stock);
  return { bought, order: await captured(bought, difference) };
}

const read = async ({ id }: Answer | Bought): Promise<Answer> => (await staff.ask(ORDER, { id })).order;

const inputFor = (order: Answer, more: object = {}) => ({
  orderId: order.id,
  expectedVersion: order.version,
  expectedAmount: order.acceptableAmount?.amount ?? order.total.gross.amount,
  idempotencyKey: randomUUID(),
  ...more,
});
const accept = async (order: Answer, more: object = {}): Promise<Answer> =>
  (await staff.ask(ACCEPT, { input: inputFor(order, more) })).paymentAccept;
const accepted = async (order: Answer): Promise<Answer> => {
  expect((await accept(order)).errors).toEqual([]);
  return read(order);
};
const refund = async (order: Answer, more: object): Promise<Answer> =>
  (
    await staff.ask(REFUND, {
      input: {
        orderId: order.id,
        expectedVersion: order.version,
        idempotencyKey: randomUUID(),
        ...more,
      },
    })
  ).orderRefund;
const cancel = async (order: Answer): Promise<Answer> =>
  (
    await staff.ask(CANCEL, {
      input: { orderId: order.id, expectedVersion: order.version, idempotencyKey: randomUUID() },
    })
  ).orderCancel;
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code as string);

/** The documents of the order once there are so many. */
const documents = (order: Answer, count: number): Promise<Answer> =>
  simulator.shop.eventually(async () => {
    const { invoices } = await read(order);
    return (
      invoices.length === count && invoices.map(({ kind, total }: Answer) => [kind, total.amount as number])
    );
  });

async function stockOf(sku: string): Promise<unknown> {
  const [row] = await simulator.shop.sql(
    'SELECT on_hand, reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
    [sku],
  );
  return row;
}

const mailsTo = async ({ email }: Bought, template: string): Promise<number> =>
  (await simulator.shop.sql('SELECT 1 FROM email WHERE recipient = $1 AND template = $2', [email, template]))
    .length;

const balanced = (): Promise<void> => assertLedgerBalances(simulator.shop, simulator.stripe);

describe('less came in than was agreed', () => {
  it('and staff accepts it: the order costs what came in, is placed once, and the invoice says the same', async () => {
    const { bought, order } = await inReview(-1_000, [
      [3_333, 3],
      [1_001, 1],
    ]);
    const agreed = order.total.gross.amount as number;
    expect(order.staffActions).toContain('ACCEPT_PAYMENT');
    expect(order.acceptableAmount.amount).toBe(agreed - 1_000);

    const after = await accepted(order);

    expect(after).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', acceptableAmount: null },
      discount: { amount: 1_000 },
      total: { gross: { amount: agreed - 1_000 } },
      shipping: order.shipping,
      payments: [{ amount: { amount: agreed }, capturedAmount: { amount: agreed - 1_000 }, refunds: [] }],
    });
    // 10% of 9,999 and 1,001, by the largest remainder.
    expect(after.lines.map(({ discount }: Answer) => discount.amount)).toEqual([909, 91]);
    expect(after.staffActions).not.toContain('ACCEPT_PAYMENT');
    expect(await documents(order, 1)).toEqual([['INVOICE', agreed - 1_000]]);
    expect(await stockOf(bought.skus[0] ?? '')).toEqual({ on_hand: 7, reserved: 0 });
    await balanced();
    expect(await mailsTo(bought, 'order-confirmation')).toBe(1);
  });

  it('and the timeline says who accepted which amount instead of which', async () => {
    const { order } = await inReview(-100);
    const agreed = order.total.gross.amount as number;

    const { events } = await accepted(order);

    expect(events.filter(({ kind }: Answer) => kind === 'PAYMENT_ACCEPTED')).toEqual([
      {
        ...{ kind: 'PAYMENT_ACCEPTED', actorKind: 'STAFF', actorName: expect.any(String) as string },
        data: {
          ...{ fromStatus: 'REVIEW', toStatus: 'PAID' },
          ...{ amount: { amount: agreed - 100 }, agreedAmount: { amount: agreed } },
        },
      },
    ]);
  });

  it('and less than the delivery: the goods are free, and the delivery costs what came in', async () => {
    const bought = await ordered([[10_000, 1]]);
    const before = await read(bought);
    const delivery = before.shipping.gross.amount as number;
    const order = await captured(bought, -10_000 - delivery + 500);

    const after = await accepted(order);

    expect(after).toMatchObject({
      discount: { amount: 10_000 },
      subtotal: { gross: { amount: 0 } },
      shipping: { gross: { amount: 500 } },
      total: { gross: { amount: 500 } },
    });
    expect(await documents(order, 1)).toEqual([['INVOICE', 500]]);
    await balanced();
  });

  it('and a line that is given back later gives what was paid for it, to the last unit', async () => {
    const { order } = await inReview(-1_000, [
      [3_333, 3],
      [1_001, 1],
    ]);
    const { lines } = await accepted(order);
    const paid = lines[0].total.gross.amount as number;
    const units = [{ orderLineId: lines[0].id, quantity: 1 }];

    const given: number[] = [];
    for (let i = 0; i < 3; i++) {
      const one = await refund(await read(order), { lines: units });
      expect(one.errors).toEqual([]);
      given.push(one.refund.amount.amount as number);
      await documents(order, 2 + i);
    }

    expect(paid).toBe(9_999 - 909);
    expect(given).toEqual([Math.floor(paid / 3), Math.floor(paid / 3), paid - 2 * Math.floor(paid / 3)]);
    const rest = await read(order);
    expect(rest.refundable.amount).toBe(rest.total.gross.amount - paid);
    await balanced();
  });

  it('and all of it is given back later: nothing of the money is left, nor of the invoice', async () => {
    const { order } = await inReview(-777);
    const placed = await accepted(order);

    expect(codes(await cancel(placed))).toEqual([]);

    const total = placed.total.gross.amount as number;
    expect(await documents(order, 2)).toEqual([
      ['INVOICE', total],
      ['CREDIT_NOTE', total],
    ]);
    await balanced();
    expect(await read(order)).toMatchObject({ status: 'CANCELLED', paymentStatus: 'REFUNDED' });
  });

  it('after the order had expired: its goods are taken from the stock again', async () => {
    const bought = await ordered([[10_000, 2]]);
    await simulator.shop.sql(
      `UPDATE shop_order SET expires_at = now() - interval '1 second' WHERE email = $1`,
      [bought.email],
    );
    await simulator.pay(bought.secret, GOOD_CARD);
    const intent = simulator.stripe?.intents.get(intentOf(bought.secret));
    Object.assign(intent ?? {}, { status: 'requires_payment_method', amount_received: 0 });
    await closeExpired(simulator.shop);
    expect((await read(bought)).status).toBe('EXPIRED');
    Object.assign(intent ?? {}, { status: 'succeeded', amount_received: 5_000 });
    await simulator.call(bought.secret);
    const order = await simulator.shop.eventually(async () => {
      const found = await read(bought);
      return found.status === 'REVIEW' && found;
    });

    const after = await accepted(order);

    expect(after).toMatchObject({ status: 'PAID', total: { gross: { amount: 5_000 } } });
    expect(await stockOf(bought.skus[0] ?? '')).toEqual({ on_hand: 8, reserved: 0 });
    await balanced();
  });
});

describe('more came in than was agreed', () => {
  it('and staff accepts it: the surplus goes back, and the order and its invoice are as agreed', async () => {
    const { bought, order } = await inReview(2_500);
    const agreed = order.total.gross.amount as number;
    expect(order.acceptableAmount.amount).toBe(agreed + 2_500);

    const after = await accepted(order);

    expect(after).toMatchObject({
      ...{ status: 'PAID', discount: { amount: 0 }, total: order.total },
      payments: [{ capturedAmount: { amount: agreed + 2_500 }, refunds: [{ amount: { amount: 2_500 } }] }],
    });
    expect(await documents(order, 1)).toEqual([['INVOICE', agreed]]);
    await balanced();
    const settled = await read(order);
    expect(settled).toMatchObject({
      ...{ paymentStatus: 'PAID', refundedTotal: { amount: 0 }, refundable: { amount: agreed } },
      ...{ invoices: [{ kind: 'INVOICE' }], payments: [{ refunds: [{ status: 'SUCCEEDED' }] }] },
    });
    expect(await mailsTo(bought, 'order-confirmation')).toBe(1);
  });

  it('and the refund of the surplus fails: the books say so, and staff sends it once more', async () => {
    const { bought, order } = await inReview(2_500);
    const agreed = order.total.gross.amount as number;
    await accepted(order);
    const [sent = ''] = await simulator.shop.eventually(async () => {
      const all = await simulator.refundsOf(bought.secret);
      return all.length === 1 && all;
    });
    await balanced();
    await simulator.failRefund(sent);
    const failed = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.refundable.amount === agreed + 2_500 && found;
    });
    await balanced();

    expect(codes(await refund(failed, { amount: 2_500 }))).toEqual([]);

    await balanced();
    expect(await read(order)).toMatchObject({
      ...{ paymentStatus: 'PAID', refundedTotal: { amount: 0 }, refundable: { amount: agreed } },
      invoices: [{ kind: 'INVOICE', total: { amount: agreed } }],
    });
  });
});

it('a unit goes back while the surplus waits: its credit note says what the unit was worth', async () => {
  const { bought, order } = await inReview(2_500, [[10_000, 2]]);
  const agreed = order.total.gross.amount as number;
  await accepted(order);
  const [sent = ''] = await simulator.shop.eventually(async () => {
    const all = await simulator.refundsOf(bought.secret);
    return all.length === 1 && all;
  });
  await balanced();
  await simulator.failRefund(sent);
  const failed = await simulator.shop.eventually(async () => {
    const found = await read(order);
    return found.refundable.amount === agreed + 2_500 && found;
  });

  const units = [{ orderLineId: failed.lines[0].id, quantity: 1 }];
  expect((await refund(failed, { lines: units })).errors).toEqual([]);

  const all = [
    ['INVOICE', agreed],
    ['CREDIT_NOTE', 10_000],
  ];
  expect(await documents(order, 2)).toEqual(all);
  await balanced();
  expect(codes(await refund(await read(order), { amount: 2_500 }))).toEqual([]);
  await balanced();
  expect(await documents(order, 2)).toEqual(all);
});

const sumOfRefunds = ({ payments }: Answer): number =>
  payments
    .flatMap(({ refunds }: Answer) => refunds)
    .filter(({ status }: Answer) => status === 'SUCCEEDED')
    .reduce((sum: number, { amount }: Answer) => sum + (amount.amount as number), 0);

/** The order once so much is left of its money. */
const left = (order: Answer, amount: number): Promise<Answer> =>
  simulator.shop.eventually(async () => {
    const found = await read(order);
    const isBooked = found.payments.every(({ refunds }: Answer) =>
      refunds.every(({ status }: Answer) => status !== 'REQUESTED' && status !== 'PENDING'),
    );
    // The job that notes it at the order counts a new version, unless only a surplus went back.
    const missing = Math.max(0, found.total.gross.amount - amount);
    const isNoted = found.refundedTotal.amount === Math.min(sumOfRefunds(found), missing);
    return isBooked && isNoted && found.acceptableAmount?.amount === amount && found;
  });

describe('a part of what came in went back before', () => {
  it('the surplus, at the dashboard: what is left is the price that was agreed', async () => {
    const { bought, order } = await inReview(2_500);
    const agreed = order.total.gross.amount as number;
    await simulator.refundAtDashboard(bought.secret, 2_500);

    const after = await accepted(await left(order, agreed));

    expect(after).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', discount: { amount: 0 }, total: order.total },
      ...{ refundedTotal: { amount: 0 }, refundable: { amount: agreed } },
      payments: [{ refunds: [{ amount: { amount: 2_500 } }] }],
    });
    expect(await documents(order, 1)).toEqual([['INVOICE', agreed]]);
    await balanced();
  });

  it('too much of it, by staff: the rest is the price, and each line gives back what was paid for it', async () => {
    const { order } = await inReview(2_500, [
      [3_333, 3],
      [1_001, 1],
    ]);
    const agreed = order.total.gross.amount as number;
    expect(codes(await refund(order, { amount: 3_500 }))).toEqual([]);

    const after = await accepted(await left(order, agreed - 1_000));

    expect(after).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', discount: { amount: 1_000 } },
      ...{ refundedTotal: { amount: 0 }, refundable: { amount: agreed - 1_000 } },
    });
    expect(await documents(order, 1)).toEqual([['INVOICE', agreed - 1_000]]);
    await balanced();
    const paid = after.lines[0].total.gross.amount as number;
    const one = await refund(after, { lines: [{ orderLineId: after.lines[0].id, quantity: 3 }] });
    expect(one).toMatchObject({ errors: [], refund: { amount: { amount: paid } } });
    await documents(order, 2);
    await balanced();
    expect(codes(await cancel(await read(order)))).toEqual([]);
    const all = await documents(order, 3);
    expect(all).toEqual([
      ['INVOICE', agreed - 1_000],
      ['CREDIT_NOTE', paid],
      ['CREDIT_NOTE', agreed - 1_000 - paid],
    ]);
    await balanced();
    expect(await read(order)).toMatchObject({ paymentStatus: 'REFUNDED', refundable: { amount: 0 } });
  });

  it('most of it: the rest is the price, though more went back than that', async () => {
    const { bought, order } = await inReview(-1_000);
    const rest = 1_500;
    await simulator.refundAtDashboard(bought.secret, (order.acceptableAmount.amount as number) - rest);

    const after = await accepted(await left(order, rest));

    expect(after).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', total: { gross: { amount: rest } } },
      ...{ refundedTotal: { amount: 0 }, refundable: { amount: rest } },
    });
    expect(await documents(order, 1)).toEqual([['INVOICE', rest]]);
    await balanced();
  });

  it('and it comes back after the rest was accepted: staff can send it once more', async () => {
    const { bought, order } = await inReview(-1_000);
    const paid = order.acceptableAmount.amount as number;
    expect(codes(await refund(order, { amount: 400 }))).toEqual([]);
    await accepted(await left(order, paid - 400));
    await balanced();
    const [sent = ''] = await simulator.refundsOf(bought.secret);

    await simulator.failRefund(sent);
    const failed = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.refundable.amount === paid && found;
    });
    await balanced();
    expect(failed).toMatchObject({ paymentStatus: 'PAID', total: { gross: { amount: paid - 400 } } });
    expect(codes(await refund(failed, { amount: 400 }))).toEqual([]);
    await balanced();

    expect(await read(order)).toMatchObject({
      ...{ paymentStatus: 'PAID', refundedTotal: { amount: 0 }, refundable: { amount: paid - 400 } },
      invoices: [{ kind: 'INVOICE', total: { amount: paid - 400 } }],
    });
  });

  it('and that had failed, all is accepted; should it go back after all, it is a refund of the price', async () => {
    const { bought, order } = await inReview(-1_000, [
      [3_333, 3],
      [1_001, 1],
    ]);
    const paid = order.acceptableAmount.amount as number;
    const delivery = order.shipping.gross.amount as number;
    expect(codes(await refund(order, { shipping: delivery }))).toEqual([]);
    await left(order, paid - delivery);
    const [sent = ''] = await simulator.refundsOf(bought.secret);
    await simulator.failRefund(sent);
    await accepted(await left(order, paid));
    await balanced();

    await simulator.reviveRefund(sent);
    const after = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.refundedTotal.amount === delivery && found;
    });
    expect(after).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundable: { amount: paid - delivery },
    });
    // The delivery is given back once.
    expect(codes(await refund(after, { shipping: delivery }))).toEqual(['INVALID_INPUT']);
    expect(await documents(order, 2)).toEqual([
      ['INVOICE', paid],
      ['CREDIT_NOTE', delivery],
    ]);
    await balanced();
    expect(codes(await cancel(after))).toEqual([]);
    expect(await documents(order, 3)).toEqual([
      ['INVOICE', paid],
      ['CREDIT_NOTE', delivery],
      ['CREDIT_NOTE', paid - delivery],
    ]);
    await balanced();
  });

  it('all of it: nothing is left to be accepted', async () => {
    const { bought, order } = await inReview(-1_000);
    await simulator.refundAtDashboard(bought.secret, order.acceptableAmount.amount as number);

    const after = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.paymentStatus === 'REFUNDED' && found;
    });

    expect(after).toMatchObject({ status: 'REVIEW', acceptableAmount: null });
    expect(after.staffActions).not.toContain('ACCEPT_PAYMENT');
    expect(codes(await cancel(after))).toEqual([]);
    await balanced();
  });
});

it.each([
  ['one ban of it', -11_989, 1],
  ['a hundred thousand times as much', 1_000_000_000, 11_990],
])('came in %s: the order costs what is kept', async (_what, difference, price) => {
  const bought = await ordered([[10_000, 1]]);
  expect((await read(bought)).total.gross.amount).toBe(11_990);
  const order = await captured(bought, difference);

  const after = await accepted(order);

  expect(after).toMatchObject({ status: 'PAID', total: { gross: { amount: price } } });
  expect(await documents(order, 1)).toEqual([['INVOICE', price]]);
  await balanced();
  expect((await read(order)).refundable.amount).toBe(price);
});

it('all of it came in, late, and the shop won the dispute about it: the order is placed as agreed', async () => {
  const buyer = await at.startCheckout({ stock: 1 });
  await at.runOut(buyer);
  const other = simulator.shop.guest();
  const lines = [{ variantId: buyer.variantId, quantity: 1 }];
  const quicker = await complete(other, await readyCart(other, lines, `quicker-${buyer.email}`));
  await simulator.succeedAgainstAllOdds(buyer.secret);
  const dispute = await simulator.openDispute(buyer.secret);
  await at.until(buyer, ({ events }) => events.some(({ kind }: Answer) => kind === 'DISPUTED'));
  await simulator.call(buyer.secret);
  await at.until(buyer, ({ status }) => status === 'REVIEW');
  await simulator.decideDispute(dispute, 'WON');
  // A job notes the decision at the order, which counts a new version.
  await at.until(buyer, ({ events }) => events.some(({ kind }: Answer) => kind === 'DISPUTE_CLOSED'));
  const won = await simulator.shop.eventually(async () => {
    const found = await read({ id: buyer.orderId } as Answer);
    return found.staffActions.includes('ACCEPT_PAYMENT') && found;
  });
  expect(codes(await accept(won))).toEqual(['STOCK_UNAVAILABLE']);
  await cancel(await read(quicker.order));

  const after = await accepted(await read(won));

  expect(after).toMatchObject({ status: 'PAID', total: won.total, discount: { amount: 0 } });
  expect(await documents(won, 1)).toEqual([['INVOICE', won.total.gross.amount]]);
  await balanced();
});

describe('nothing is accepted, and nothing changes', () => {
  it('when the goods were sold meanwhile', async () => {
    const { bought, order } = await inReview(-1_000, [[10_000, 2]], 2);
    const [variant] = await simulator.shop.sql<{ id: string }>('SELECT id FROM variant WHERE sku = $1', [
      bought.skus[0],
    ]);
    await simulator.shop.sql(
      `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind)
       SELECT new_id(), variant_id, location_id, -1, 0, 'ADJUST' FROM stock_level WHERE variant_id = $1`,
      [variant?.id],
    );

    expect(codes(await accept(order))).toEqual(['STOCK_UNAVAILABLE']);

    expect(await read(order)).toEqual(order);
    expect(await stockOf(bought.skus[0] ?? '')).toEqual({ on_hand: 1, reserved: 0 });
    await balanced();
  });

  it('by another amount than came in, or from an older page', async () => {
    const { order } = await inReview(-1_000);
    const paid = order.acceptableAmount.amount as number;

    expect(codes(await accept(order, { expectedAmount: paid + 1 }))).toEqual(['PAYMENT_CHANGED']);
    expect(codes(await accept(order, { expectedVersion: order.version - 1 }))).toEqual(['STALE_VERSION']);

    expect(await read(order)).toEqual(order);
  });

  it('of an order that is not in review: paid as agreed, cancelled, or accepted before', async () => {
    const bought = await ordered([[10_000, 1]]);
    const unpaid = await read(bought);
    expect(codes(await accept(unpaid))).toEqual(['ILLEGAL_TRANSITION']);
    expect(unpaid).toMatchObject({ acceptableAmount: null });

    const { order } = await inReview(-1_000);
    const placed = await accepted(order);
    expect(codes(await accept(placed))).toEqual(['ILLEGAL_TRANSITION']);

    const { order: other } = await inReview(-1_000);
    await cancel(other);
    expect(codes(await accept(await read(other)))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('while the bank decides; once the shop has won, the order can be placed', async () => {
    const { bought, order } = await inReview(-1_000);
    const dispute = await simulator.openDispute(bought.secret);
    const disputed = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.acceptableAmount === null && found.version > order.version && found;
    });
    expect(disputed.staffActions).not.toContain('ACCEPT_PAYMENT');
    const expectedAmount = order.acceptableAmount.amount as number;
    expect(codes(await accept(disputed, { expectedAmount }))).toEqual(['PAYMENT_DISPUTED']);

    await simulator.decideDispute(dispute, 'WON');
    const won = await simulator.shop.eventually(async () => {
      const found = await read(order);
      return found.staffActions.includes('ACCEPT_PAYMENT') && found.version > disputed.version && found;
    });

    expect(await accepted(won)).toMatchObject({
      status: 'PAID',
      total: { gross: { amount: expectedAmount } },
    });
    await balanced();
  });

  it('by what was there before a part of it went back', async () => {
    const { bought, order } = await inReview(-1_000);
    const expectedAmount = order.acceptableAmount.amount as number;
    await simulator.refundAtDashboard(bought.secret, 300);
    const after = await left(order, expectedAmount - 300);

    expect(codes(await accept(after, { expectedAmount }))).toEqual(['PAYMENT_CHANGED']);

    expect((await read(order)).status).toBe('REVIEW');
    expect(codes(await cancel(await read(order)))).toEqual([]);
    await balanced();
  });

  it.each([
    [
      'an exchange, whose credit is money of another order',
      `UPDATE shop_order SET source = 'EXCHANGE' WHERE id = $1`,
    ],
    ['an order of which something was cancelled', 'UPDATE order_line SET cancelled = 1 WHERE order_id = $1'],
    [
      'an order whose buyer was forgotten',
      `UPDATE shop_order SET email = 'removed@removed.invalid' WHERE id = $1`,
    ],
    [
      'an order of which something was shipped',
      `UPDATE shop_order SET fulfillment_status = 'PARTIALLY_FULFILLED' WHERE id = $1`,
    ],
  ])('of %s', async (_what, statement) => {
    const { bought, order } = await inReview(-1_000);
    const id = localId('ord', order.id);
    await simulator.shop.sql(statement, [id]);

    const after = await read(order);

    expect(after.staffActions).not.toContain('ACCEPT_PAYMENT');
    expect(after.acceptableAmount).toBeNull();
    const expectedAmount = order.acceptableAmount.amount as number;
    expect(codes(await accept(after, { expectedAmount }))).toEqual(['ILLEGAL_TRANSITION']);
    // As it was, for the books.
    await simulator.shop.sql('UPDATE order_line SET cancelled = 0 WHERE order_id = $1', [id]);
    await simulator.shop.sql(
      `UPDATE shop_order SET source = 'STOREFRONT', fulfillment_status = 'UNFULFILLED', email = $2 WHERE id = $1`,
      [id, bought.email],
    );
  });

  it('by support or a buyer', async () => {
    const { order } = await inReview(-1_000);
    const alice = await simulator.shop.customer('alice@example.com', 'Alice@123');

    const answers = await Promise.all(
      [alice, simulator.shop.guest()].map((who) => who.send(ACCEPT, { input: inputFor(order) })),
    );

    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'FORBIDDEN',
      'UNAUTHENTICATED',
    ]);
    expect((await read(order)).status).toBe('REVIEW');
  });
});

describe('at once', () => {
  it('a repeat with the same key accepts once', async () => {
    const { order } = await inReview(-1_000);
    const idempotencyKey = randomUUID();

    const answers = await Promise.all([1, 2, 3].map(() => accept(order, { idempotencyKey })));

    expect(answers.flatMap(codes)).toEqual([]);
    const { version, discount } = await read(order);
    expect({ version, discount }).toEqual({ version: order.version + 1, discount: { amount: 1_000 } });
  });

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'two people accept, and one of them decides (round %i)',
    async (round) => {
      const { bought, order } = await inReview(round % 2 === 0 ? -1_000 : 1_000);

      const answers = await Promise.all([accept(order), accept(order)]);

      expect(answers.flatMap(codes)).toEqual(['STALE_VERSION']);
      expect((await read(order)).status).toBe('PAID');
      expect(await stockOf(bought.skus[0] ?? '')).toEqual({ on_hand: 9, reserved: 0 });
    },
  );

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'one accepts, one cancels, one refunds, and the provider gives some back: one decision holds (round %i)',
    async (round) => {
      const { bought, order } = await inReview(round % 2 === 0 ? -1_000 : 1_000);

      const answers = await Promise.all([
        accept(order),
        cancel(order),
        refund(order, { amount: 200 }),
        simulator.refundAtDashboard(bought.secret, 100).then(() => ({ errors: [] })),
      ]);

      const refused = answers.flatMap(codes);
      expect(refused.filter((code) => code === 'STALE_VERSION').length).toBeGreaterThanOrEqual(2);
      const { status } = await read(order);
      expect(['PAID', 'CANCELLED', 'REVIEW']).toContain(status);
      const left = status === 'PAID' ? 9 : 10;
      expect(await stockOf(bought.skus[0] ?? '')).toEqual({ on_hand: left, reserved: 0 });
    },
  );

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'one accepts, and another buyer checks out the last piece: one of them gets it (round %i)',
    async () => {
      const bought = await ordered([[10_000, 1]], 1);
      const order = await captured(bought, -1_000);
      const browser = simulator.shop.guest();
      const [variant] = await simulator.shop.sql<{ id: string }>('SELECT id FROM variant WHERE sku = $1', [
        bought.skus[0],
      ]);
      const lines = [{ variantId: globalId('vari', variant?.id ?? ''), quantity: 1 }];
      const cart = await readyCart(browser, lines, `last-${bought.email}`);

      const [answer, checkout] = await Promise.all([accept(order), complete(browser, cart)]);

      const refused = [...codes(answer), ...codes(checkout)];
      expect([['STOCK_UNAVAILABLE'], ['INSUFFICIENT_STOCK']]).toContainEqual(refused);
      const isAccepted = codes(answer).length === 0;
      expect((await read(order)).status).toBe(isAccepted ? 'PAID' : 'REVIEW');
      expect(await stockOf(bought.skus[0] ?? '')).toEqual(
        isAccepted ? { on_hand: 0, reserved: 0 } : { on_hand: 1, reserved: 1 },
      );
    },
  );

  it('and the books balance afterwards', balanced);
});
