import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  openStripePayments,
  openTestPayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let driver: OrderEditingDriver;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openTestPayments({ env: { PAYMENT_METHODS: 'card,cash_on_delivery' } });
  driver = await OrderEditingDriver.open(simulator.shop);
  staff = driver.browser;
});
afterAll(() => simulator.close());

const ORDER = `id version status paymentStatus staffActions refundable { amount } refundedTotal { amount } total { gross { amount } }
  lines { id quantity refundedQuantity cancelledQuantity } refunds { status amount { amount } } payments { amount { amount } refunds { status amount { amount } } }`;
const read = async (id: string): Promise<Answer> =>
  (await staff.ask(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id })).order;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { refund { id lines { restocked } } errors { code } } }`;
const TAX =
  'query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { amount { amount } tax { amount } } }';
/** As staff does it: who sees that something has changed meanwhile looks again. */
async function refund(id: string, requested: object): Promise<Answer> {
  for (;;) {
    const { version } = await read(id);
    const input = { orderId: id, expectedVersion: version, idempotencyKey: randomUUID(), ...requested };
    const { orderRefund } = await staff.ask(REFUND, { input });
    if (orderRefund.errors[0]?.code !== 'STALE_VERSION') return orderRefund as Answer;
  }
}
const until = (id: string, test: (order: Answer) => boolean): Promise<Answer> =>
  simulator.shop.eventually(async () => {
    const order = await read(id);
    return test(order) && order;
  });

let made = 0;
async function bought(
  quantity: number,
  method: 'CARD' | 'CASH_ON_DELIVERY' = 'CARD',
): Promise<{ id: string; line: string; secret: string; variantId: string; sku: string }> {
  const sku = `ODDS-${++made}`;
  const variantId = await simulator.shop.stock({ name: sku, sku, price: 10_000, stock: 10 });
  const browser = simulator.shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity }], `odds${made}@example.test`);
  const done = accepted(await complete(browser, cart, randomUUID(), method));
  const secret = (done.paymentSession?.clientSecret ?? '') as string;
  if (method === 'CARD') await payWith(browser, secret, GOOD_CARD);
  const { id } = done.order;
  return { id, line: (await read(id)).lines[0].id, secret, variantId, sku };
}

const unitsInStock = async (sku: string): Promise<number> =>
  (
    await simulator.shop.sql<{ left: number }>(
      'SELECT sum(s.on_hand)::int AS left FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0]?.left ?? 0;

describe('a refund', () => {
  it('that fails days later may be given again; the goods are restocked once, and are not shipped', async () => {
    const { id, line, secret, sku } = await bought(2);
    const one = { lines: [{ orderLineId: line, quantity: 1 }] };
    await refund(id, one);
    await until(id, ({ refundedTotal }) => refundedTotal.amount === 10_000);

    await simulator.failRefund((await simulator.refundsOf(secret))[0] ?? '');
    const failed = await until(id, ({ refundedTotal }) => refundedTotal.amount === 0);
    const again = await refund(id, one);
    const after = await until(id, ({ refundedTotal }) => refundedTotal.amount === 10_000);

    expect(failed).toMatchObject({
      refundable: failed.total.gross,
      lines: [{ refundedQuantity: 0, cancelledQuantity: 1 }],
      staffActions: expect.arrayContaining(['REFUND']) as unknown,
    });
    expect(again.errors).toEqual([]);
    expect(after.refunds.map(({ status }: Answer) => status)).toEqual(['FAILED', 'SUCCEEDED']);
    expect(after.refundable.amount).toBe(after.total.gross.amount - 10_000);
    expect(after.lines).toMatchObject([{ refundedQuantity: 1, cancelledQuantity: 1 }]);
    expect(await unitsInStock(sku)).toBe(9);
  });

  it('of an order that was paid twice over goes back from the newest payment to the oldest', async () => {
    const { id, variantId } = await bought(1);
    const first = (await read(id)).total.gross.amount as number;
    const edited = accepted(await driver.edit(await driver.look({ id }), [{ variantId, quantity: 2 }]));
    const { clientSecret } = await driver.session(edited.order);
    await simulator.pay(clientSecret, GOOD_CARD);
    await simulator.call(clientSecret);
    const paid = await until(id, ({ refundable }) => refundable.amount === first + 10_000);

    const done = await refund(id, { amount: 12_500 });
    const after = await until(id, ({ refundedTotal }) => refundedTotal.amount === 12_500);

    expect(paid.payments.map(({ amount }: Answer) => amount.amount)).toEqual([first, 10_000]);
    expect(done.errors).toEqual([]);
    expect(after.refunds).toMatchObject([{ amount: { amount: 12_500 }, status: 'SUCCEEDED' }]);
    expect(
      after.payments.map(({ refunds }: Answer) => refunds.map(({ amount }: Answer) => amount.amount)),
    ).toEqual([[2_500], [10_000]]);
  });

  it('of which the part of one payment failed counts with the rest, money and tax', async () => {
    const { id, variantId } = await bought(1);
    const first = await read(id);
    const edited = accepted(await driver.edit(await driver.look({ id }), [{ variantId, quantity: 2 }]));
    const { clientSecret } = await driver.session(edited.order);
    await simulator.pay(clientSecret, GOOD_CARD);
    await simulator.call(clientSecret);
    const whole = first.total.gross.amount + 10_000;
    await until(id, ({ refundable }) => refundable.amount === whole);
    const preview = async (amount: number): Promise<Answer> =>
      (await staff.ask(TAX, { input: { orderId: id, amount } })).orderRefundPreview;
    const all = await preview(whole);
    await refund(id, { amount: whole });
    await until(id, ({ refundedTotal }) => refundedTotal.amount === whole);

    await simulator.failRefund((await simulator.refundsOf(clientSecret))[0] ?? '');
    await until(id, ({ refundable }) => refundable.amount === 10_000);
    const rest = await preview(10_000);
    const again = await refund(id, { amount: 10_000 });
    const after = await until(id, ({ refundedTotal }) => refundedTotal.amount === whole);

    // At one tax rate the failed part has its part of the tax, and not nothing because the decision had all of it.
    expect(rest.tax.amount).toBe(Math.round((all.tax.amount * 10_000) / whole));
    expect(again.errors).toEqual([]);
    expect(after).toMatchObject({ status: 'REFUNDED', refundable: { amount: 0 } });
  });

  it('of cash counts at once, by the word of staff, and not before the cash is here', async () => {
    const { id, line } = await bought(2, 'CASH_ON_DELIVERY');
    const one = { lines: [{ orderLineId: line, quantity: 1 }] };
    const early = await refund(id, one);
    const { version } = await read(id);
    await staff.ask(
      `mutation($input: PaymentMarkReceivedInput!) { paymentMarkReceived(input: $input) { errors { code } } }`,
      { input: { orderId: id, expectedVersion: version, idempotencyKey: randomUUID() } },
    );

    const done = await refund(id, one);

    expect(early.errors).toMatchObject([{ code: 'REFUND_TOO_LARGE' }]);
    expect(done.errors).toEqual([]);
    expect((await read(id)).refunds).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(await until(id, ({ refundedTotal }) => refundedTotal.amount === 10_000)).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
    });
  });

  it('waits for the bank while the buyer disputes', async () => {
    const { id, secret } = await bought(1);
    const dispute = await simulator.openDispute(secret);
    await until(id, ({ staffActions }) => !staffActions.includes('REFUND'));

    const refused = await refund(id, { amount: 100 });
    await simulator.decideDispute(dispute, 'WON');
    await until(id, ({ staffActions }) => staffActions.includes('REFUND'));
    const done = await refund(id, { amount: 100 });

    expect(refused.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
    expect(done.errors).toEqual([]);
    await until(id, ({ refundedTotal }) => refundedTotal.amount === 100);
  });

  it('of units that were sold before they were there lets go of those first', async () => {
    const { id, line, sku, variantId } = await bought(1);
    await refund(id, { lines: [{ orderLineId: line, quantity: 1 }] });
    await simulator.shop.sql(
      `UPDATE variant SET stock_policy = 'CONTINUE', backorder_limit = 5 WHERE sku = $1`,
      [sku],
    );
    const browser = simulator.shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 12 }], 'odds-waits@example.test');
    const order = accepted(await complete(browser, cart));
    await payWith(browser, order.paymentSession.clientSecret, GOOD_CARD);
    const { lines } = await read(order.order.id);

    const done = await refund(order.order.id, { lines: [{ orderLineId: lines[0].id, quantity: 3 }] });

    expect(done).toMatchObject({ errors: [], refund: { lines: [{ restocked: 1 }] } });
    expect(await unitsInStock(sku)).toBe(1);
    expect(
      await simulator.shop.sql(
        `SELECT status FROM backorder WHERE status = 'OWED' AND variant_id = (SELECT id FROM variant WHERE sku = $1)`,
        [sku],
      ),
    ).toEqual([]);
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop);
  });
});

it('that Stripe made is not made again, however late the shop comes back to ask', async () => {
  // Nothing runs by itself here: the shop stands still when it is told to.
  const shut = await openStripePayments({ worker: false });
  const { shop, stripe } = shut;
  try {
    const at = new BuyerDriver(shut);
    const buyer = await at.paid(GOOD_CARD);
    const input = {
      orderId: buyer.orderId,
      expectedVersion: await at.version(buyer),
      amount: 1_000,
      idempotencyKey: randomUUID(),
    };
    await (await shop.staff()).ask(REFUND, { input });
    const [due] = await shop.sql<{ id: string }>('SELECT id FROM refund');
    stripe?.failNext('refund', 'answer-lost', 9);
    const sending = shop.shop.jobs
      .find(({ job }) => job.queue === 'payments.settle-refund')
      ?.run({ refundId: due?.id });
    await expect(sending).rejects.toThrow('Stripe');

    // A day later Stripe has forgotten the key, and there is money left to be sent once more.
    await shop.sql(
      `UPDATE refund SET created_at = now() - interval '25 hours', updated_at = now() - interval '25 hours'`,
    );
    stripe?.recover();
    stripe?.forgetKeys();
    await shop.shop.payments.reconciler.run('0 seconds');

    expect(await shut.refundsOf(buyer.secret)).toHaveLength(1);
    expect(await shop.sql('SELECT status, provider_reference FROM refund')).toEqual([
      { status: 'SUCCEEDED', provider_reference: (await shut.refundsOf(buyer.secret))[0] },
    ]);
  } finally {
    await shut.close();
  }
});
