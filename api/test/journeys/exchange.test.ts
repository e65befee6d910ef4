import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { GOOD_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import { localId } from '../../src/kernel/ids.js';
import { deadlocksDuring } from '@vitrine/testing/shop/deadlocks.js';
import {
  accepted,
  codes,
  OrderEditingDriver,
  stockLevelOf,
  tokenOf,
} from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let shop: TestShop;
let driver: OrderEditingDriver;
let made = 0;

beforeAll(async () => {
  simulator = await openTestPayments();
  ({ shop } = simulator);
  driver = await OrderEditingDriver.open(shop);
});
afterAll(() => shop.close());

interface Variant {
  readonly sku: string;
  readonly variantId: string;
}

async function variant(price = 30_000, stock = 10): Promise<Variant> {
  const sku = `SWAP-${++made}`;
  return { sku, variantId: await shop.stock({ name: `Thing ${made}`, sku, price, stock }) };
}

const RETURN = `return { id status version exchangeOrder { id number status source total { gross { amount } } discount { amount } }
  value { amount } } order { refundedTotal { amount } } errors { code message }`;

/** A paid and shipped order of one variant, all of which arrived back at the shop and is wanted as another one. */
async function cameBack(
  bought: Variant,
  wanted: Variant,
  quantity = 1,
): Promise<{ order: Answer; back: Answer }> {
  const sent = accepted(
    await driver.send(await driver.drafted([{ variantId: bought.variantId, quantity }])),
  ).order;
  const token = tokenOf(sent.paymentLink);
  accepted(await payWith(shop.guest(), (await driver.session(sent)).clientSecret, GOOD_CARD));
  return sentBack(sent, token, { wanted, quantity });
}

/** Goods of an order that is paid: they went out, were sent back and arrived. */
async function sentBack(
  order: Answer,
  orderToken: string,
  { wanted, quantity = 1 }: { wanted?: Variant; quantity?: number },
): Promise<{ order: Answer; back: Answer }> {
  const shipped = accepted(await driver.ship(await driver.look(order))).order;
  const { shipments } = (
    await driver.browser.ask('query($id: ID!) { order(id: $id) { shipments { id } } }', { id: order.id })
  ).order;
  await staff(
    'shipmentUpdate',
    'ShipmentUpdateInput',
    { shipmentId: shipments[0].id, status: 'DELIVERED' },
    'errors { code }',
  );
  const asked = await shop
    .guest()
    .ask(
      `mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { return { id lines { id } } errors { code message } } }`,
      {
        input: {
          orderToken,
          lines: [
            { orderLineId: shipped.lines[0].id, quantity, exchangeVariantId: wanted?.variantId ?? null },
          ],
          reason: 'DOES_NOT_FIT',
          resolution: wanted ? 'EXCHANGE' : 'REFUND',
          idempotencyKey: randomUUID(),
        },
      },
    );
  const { id, lines } = accepted(asked.returnRequest).return;
  const approved = await staff('returnApprove', 'ReturnDecisionInput', { returnId: id, ...once(1) });
  const received = await staff('returnReceive', 'ReturnReceiveInput', {
    returnId: id,
    ...once(approved.return.version),
    lines: [{ returnLineId: lines[0].id, received: quantity, restocked: quantity }],
  });
  return { order: await driver.look(order), back: received.return };
}

/** The link in the mail of an exchange: its buyer is a guest. */
const linkOf = ({ id }: Answer): string => shop.shop.orders.tokens.sign(localId('ord', id) ?? '');

async function refundableOf({ id }: Answer): Promise<number> {
  const query = 'query($id: ID!) { order(id: $id) { refundable { amount } } }';
  return (await driver.browser.ask(query, { id })).order.refundable.amount;
}

async function refund(back: Answer, amount: number | null = null): Promise<Answer> {
  const mutation = `mutation($input: ReturnRefundInput!) { returnRefund(input: $input) { ${RETURN} } }`;
  const input = { returnId: back.id, ...once(back.version), amount };
  return (await driver.browser.ask(mutation, { input })).returnRefund;
}

const once = (expectedVersion: number): object => ({ expectedVersion, idempotencyKey: randomUUID() });

async function staff(name: string, type: string, input: object, fields = RETURN): Promise<Answer> {
  const mutation = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  return accepted((await driver.browser.ask(mutation, { input }))[name]);
}

/** The time of all links is over. */
async function runOut(): Promise<void> {
  shop.clock.advance(4 * 86_400_000);
  await closeExpired(shop);
  shop.clock.advance(-4 * 86_400_000);
}

/** What the payments of an order gave back. */
async function sentBackBy({ id }: Answer): Promise<number> {
  const text = `SELECT coalesce(sum(r.amount), 0)::int AS sum FROM refund r JOIN payment p ON p.id = r.payment_id
    WHERE p.order_id = $1 AND r.status = 'SUCCEEDED'`;
  return (await shop.sql<{ sum: number }>(text, [localId('ord', id)]))[0]?.sum ?? 0;
}

/** A plain amount of an order's money. */
async function giveBack({ id, version }: Answer, amount: number): Promise<Answer> {
  const mutation =
    'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code message } } }';
  const input = { orderId: id, ...once(version), lines: [], amount };
  return (await driver.browser.ask(mutation, { input })).orderRefund;
}

async function exchange(back: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> {
  const mutation = `mutation($input: ReturnExchangeInput!) { returnExchange(input: $input) { ${RETURN} } }`;
  const input = { returnId: back.id, expectedVersion: back.version, idempotencyKey };
  return (await driver.browser.ask(mutation, { input })).returnExchange;
}

describe('goods that came back for others', () => {
  it('go out again at once when they cost the same, however often staff presses', async () => {
    const [small, large] = [await variant(), await variant()];
    const { order, back } = await cameBack(small, large);
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(back, key)));

    const [first] = answers.map((answer) => accepted(answer).return);
    expect(new Set(answers.map((answer) => answer.return.exchangeOrder.number)).size).toBe(1);
    expect(first).toMatchObject({
      status: 'EXCHANGED',
      exchangeOrder: {
        status: 'PAID',
        source: 'EXCHANGE',
        total: { gross: { amount: 0 } },
        discount: { amount: 30_000 },
      },
    });
    expect(await stockLevelOf(shop, small.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 9, reserved: 0 });
    expect((await driver.look(order)).refundedTotal.amount).toBe(0);
    accepted(await driver.ship(await driver.look(first.exchangeOrder)));
  });

  it('ask for the difference by link when the others are dearer', async () => {
    const [small, large] = [await variant(30_000), await variant(35_000)];
    const { back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({ status: 'PENDING_PAYMENT', total: { gross: { amount: 5_000 } } });
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 1 });
    const { clientSecret } = await driver.session(exchangeOrder);
    accepted(await payWith(shop.guest(), clientSecret, GOOD_CARD));
    expect(await driver.look(exchangeOrder)).toMatchObject({ status: 'PAID', paymentLink: null });
  });

  it('are paid back by themselves when the difference never comes', async () => {
    const [small, large] = [await variant(30_000), await variant(35_000)];
    const { order, back } = await cameBack(small, large);
    const { exchangeOrder } = accepted(await exchange(back)).return;
    const spent = await refundableOf(order);

    await runOut();

    expect((await driver.look(exchangeOrder)).status).toBe('EXPIRED');
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 0 });
    await shop.eventually(async () => (await driver.look(order)).refundedTotal.amount === 30_000);
    expect(await refundableOf(order)).toBe(spent);
    expect(await sentBackBy(order)).toBe(30_000);
  });

  it('stay here when the difference comes too late: it goes back, for the credit may be gone', async () => {
    const [small, large] = [await variant(30_000), await variant(35_000)];
    const { order, back } = await cameBack(small, large);
    const { exchangeOrder } = accepted(await exchange(back)).return;
    const { clientSecret } = await driver.session(exchangeOrder);
    await runOut();
    const credit = await refundableOf(order);
    await simulator.succeedAgainstAllOdds(clientSecret);

    await simulator.call(clientSecret);

    await shop.eventually(async () => (await driver.look(exchangeOrder)).refundedTotal.amount === 5_000);
    expect((await driver.look(exchangeOrder)).status).toBe('EXPIRED');
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect([await refundableOf(order), await refundableOf(exchangeOrder)]).toEqual([credit, 0]);
  });

  it('give back what the others do not use up when they are cheaper', async () => {
    const [small, large] = [await variant(30_000), await variant(12_500)];
    const { order, back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({
      status: 'PAID',
      total: { gross: { amount: 0 } },
      discount: { amount: 12_500 },
    });
    await shop.eventually(async () => (await driver.look(order)).refundedTotal.amount === 17_500);
  });

  it('are not charged a few bani: the shop gives them', async () => {
    const [small, large] = [await variant(30_000), await variant(30_050)];
    const { back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({
      status: 'PAID',
      total: { gross: { amount: 0 } },
      discount: { amount: 30_050 },
    });
  });

  it('wait when the others are not there', async () => {
    const [small, large] = [await variant(), await variant(30_000, 0)];
    const { back } = await cameBack(small, large);

    const refused = await exchange(back);

    expect(codes(refused)).toEqual(['INSUFFICIENT_STOCK']);
    expect(
      (await shop.sql(`SELECT 1 FROM order_return WHERE status = 'EXCHANGED' AND exchange_order_id IS NULL`))
        .length,
    ).toBe(0);
  });
});

describe('goods that came for others and come back too', () => {
  it('are exchanged once more at their price of the day, and nobody is asked to pay twice', async () => {
    const [small, large, huge] = [await variant(), await variant(), await variant()];
    const { order, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const again = await sentBack(second, linkOf(second), { wanted: huge });

    const { exchangeOrder: third } = accepted(await exchange(again.back)).return;

    expect(again.back.value.amount).toBe(30_000);
    expect(third).toMatchObject({
      status: 'PAID',
      source: 'EXCHANGE',
      total: { gross: { amount: 0 } },
      discount: { amount: 30_000 },
    });
    expect(await stockLevelOf(shop, huge.sku)).toEqual({ onHand: 9, reserved: 0 });
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect([await refundableOf(second), await refundableOf(third)]).toEqual([0, 30_000]);
    expect((await driver.look(order)).refundedTotal.amount).toBe(0);
  });

  it('are paid back with the money of the first order, once, after any number of exchanges', async () => {
    const [small, large, huge] = [await variant(), await variant(), await variant()];
    const { order, back } = await cameBack(small, large);
    const delivery = await refundableOf(order);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const again = await sentBack(second, linkOf(second), { wanted: huge });
    const third = accepted(await exchange(again.back)).return.exchangeOrder;
    const last = await sentBack(third, linkOf(third), {});

    const paidBack = accepted(await refund(last.back)).return;

    expect(paidBack.status).toBe('REFUNDED');
    await shop.eventually(async () => (await driver.look(order)).refundedTotal.amount === 30_000);
    expect([await refundableOf(order), await refundableOf(second), await refundableOf(third)]).toEqual([
      delivery - 30_000,
      0,
      0,
    ]);
    expect(codes(await driver.cancel(await driver.look(third)))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('bring back what was paid for them beside the credit, first from their own payment', async () => {
    const [small, large] = [await variant(30_000), await variant(35_000)];
    const { order, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    accepted(await payWith(shop.guest(), (await driver.session(second)).clientSecret, GOOD_CARD));
    const again = await sentBack(second, linkOf(second), {});

    accepted(await refund(again.back));

    await shop.eventually(async () => (await driver.look(second)).refundedTotal.amount === 5_000);
    await shop.eventually(async () => (await driver.look(order)).refundedTotal.amount === 30_000);
  });

  it('bring back no more than came in, also when the shop gave the last few bani', async () => {
    const [small, large] = [await variant(30_000), await variant(30_050)];
    const { order, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const again = await sentBack(second, linkOf(second), {});

    const tooMuch = await refund(again.back, 30_001);
    accepted(await refund(again.back));

    expect(codes(tooMuch)).toEqual(['REFUND_TOO_LARGE']);
    await shop.eventually(async () => (await driver.look(order)).refundedTotal.amount === 30_000);
  });

  it('bring nothing back that the first order has not got any more', async () => {
    const [small, large] = [await variant(), await variant()];
    const { order, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const again = await sentBack(second, linkOf(second), {});
    // Somebody gave the money back at the provider's dashboard meanwhile.
    await shop.sql(
      `INSERT INTO refund (id, payment_id, amount, reason, status, provider_reference, key, origin)
       SELECT new_id(), id, captured_amount - 10000, 'at the provider', 'SUCCEEDED', 're_' || id, 're:' || id, 'PROVIDER'
       FROM payment WHERE order_id = $1 AND status = 'CAPTURED'`,
      [localId('ord', order.id)],
    );

    const refused = await refund(again.back);

    expect(codes(refused)).toEqual(['REFUND_TOO_LARGE']);
    expect(await refundableOf(second)).toBe(10_000);
    await shop.sql(`UPDATE refund SET status = 'CANCELLED' WHERE key = 're:' || payment_id`);
    accepted(await refund(again.back));
  });
});

describe('goods for which others expired, and then a difference came that was never asked for', () => {
  /** An exchange for goods that cost 50.00 more; its credit went back when it expired, and so much came in late. */
  async function cameLate(
    received: number,
    end: (order: Answer) => Promise<void> = runOut,
  ): Promise<{ first: Answer; second: Answer; left: number; clientSecret: string }> {
    const [small, large] = [await variant(10_000), await variant(15_000)];
    const { order: first, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const { clientSecret } = await driver.session(second);
    await end(second);
    await shop.eventually(async () => (await sentBackBy(first)) === 10_000);
    const left = await refundableOf(first);
    await shop.sql(
      `UPDATE test_provider_intent SET status = 'succeeded', received = $2, amount = greatest(amount, $2) WHERE client_secret = $1`,
      [clientSecret, received],
    );
    await simulator.call(clientSecret);
    await shop.eventually(async () => (await toldOf(second)).length > 0);
    // What went back is noted at the first order as well, which counts a new version.
    await workIsDone(shop);
    return { first, second, left, clientSecret };
  }
  const toldOf = ({ id }: Answer): Promise<unknown[]> =>
    shop.sql(
      `SELECT payload ->> 'reason' AS reason FROM outbox WHERE kind = 'payment.mismatch' AND aggregate_id = $1`,
      [localId('ord', id)],
    );

  it.each([4_000, 5_001, 12_345, 90_000])(
    'of %i: the credit stays gone, and exactly what came in can go back',
    async (received) => {
      const { first, second, left } = await cameLate(received);

      const late = await driver.look(second);
      expect(late.status).toBe('EXPIRED');
      expect(await toldOf(second)).toEqual([{ reason: 'amount' }]);
      expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, received]);
      expect(codes(await giveBack(late, received + 1))).toEqual(['REFUND_TOO_LARGE']);
      expect(codes(await driver.cancel(late))).toEqual(['ILLEGAL_TRANSITION']);
      accepted(await giveBack(late, received));
      await shop.eventually(async () => (await sentBackBy(second)) === received);
      expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, 0]);
      expect(await sentBackBy(first)).toBe(10_000);
      // What was never in the exchange is not lost either.
      accepted(await giveBack(await driver.look(first), left));
      await shop.eventually(async () => (await sentBackBy(first)) === 10_000 + left);
      await assertLedgerBalances(shop);
    },
  );

  it('twice, by a message that is repeated: nothing more happens', async () => {
    const { first, second, left, clientSecret } = await cameLate(4_000);

    await simulator.call(clientSecret);
    await simulator.call(clientSecret);

    expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, 4_000]);
    expect(await toldOf(second)).toHaveLength(1);
    await assertLedgerBalances(shop);
  });

  it('after staff cancelled them: the same', async () => {
    const { first, second, left } = await cameLate(4_000, async (order) => {
      accepted(await driver.cancel(await driver.look(order)));
    });

    const late = await driver.look(second);
    expect(late.status).toBe('CANCELLED');
    expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, 4_000]);
    accepted(await giveBack(late, 4_000));
    await shop.eventually(async () => (await sentBackBy(second)) === 4_000);
    expect(await sentBackBy(first)).toBe(10_000);
    await assertLedgerBalances(shop);
  });

  it('or as much as was asked for, and the bank decides about it: the credit stays gone as well', async () => {
    const [small, large] = [await variant(10_000), await variant(15_000)];
    const { order: first, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    const { clientSecret } = await driver.session(second);
    await runOut();
    await shop.eventually(async () => (await sentBackBy(first)) === 10_000);
    const left = await refundableOf(first);
    await simulator.succeedAgainstAllOdds(clientSecret);
    const noted = (wanted: string) =>
      shop.eventually(async () =>
        (await driver.look(second)).events.some(({ kind }: Answer) => kind === wanted),
      );
    const dispute = await simulator.openDispute(clientSecret);
    await noted('DISPUTED');

    await simulator.call(clientSecret);

    await shop.eventually(async () => (await toldOf(second)).length > 0);
    expect((await driver.look(second)).status).toBe('EXPIRED');
    await simulator.decideDispute(dispute, 'WON');
    await noted('DISPUTE_CLOSED');
    expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, 5_000]);
    accepted(await giveBack(await driver.look(second), 5_000));
    await shop.eventually(async () => (await sentBackBy(second)) === 5_000);
    await assertLedgerBalances(shop);
  });
});

describe('goods sent out for others that are changed to cheaper ones', () => {
  /** An exchange of goods of 60.00 for goods of the same price, with what the first order could give back before. */
  async function exchanged(price = 6_000): Promise<{ first: Answer; second: Answer; sent: Variant }> {
    const [bought, sent] = [await variant(price), await variant(price)];
    const { order, back } = await cameBack(bought, sent);
    return { first: order, second: accepted(await exchange(back)).return.exchangeOrder, sent };
  }

  it('give the rest back from the first order, once, as the preview says', async () => {
    const { first, second } = await exchanged();
    const cheaper = await variant(4_000);
    const before = await refundableOf(first);
    const requested = [{ variantId: cheaper.variantId, quantity: 1 }];
    const foreseen = await driver.editPreview(second, requested);
    const key = randomUUID();
    const seen = await driver.look(second);

    const change = { expectedTotal: 0, idempotencyKey: key };
    const answers = await Promise.all([1, 2, 3].map(() => driver.editFor(seen, requested, change)));

    expect(foreseen).toMatchObject({
      settlement: 'REFUND',
      difference: { amount: 0 },
      totalAfter: { amount: 0 },
      refund: { amount: 2_000 },
    });
    for (const answer of answers) expect(accepted(answer).edit.status).toBe('APPLIED');
    await shop.eventually(async () => (await driver.look(first)).refundedTotal.amount === 2_000);
    expect([await refundableOf(first), await refundableOf(second)]).toEqual([before, 4_000]);
    expect((await driver.look(second)).discount.amount).toBe(4_000);
  });

  it('leave no credit behind for what is added later', async () => {
    const { first, second } = await exchanged();
    const [cheaper, more] = [await variant(4_000), await variant(6_000)];
    const requested = [{ variantId: cheaper.variantId, quantity: 1 }];
    accepted(await driver.edit(await driver.look(second), requested));
    await shop.eventually(async () => (await driver.look(first)).refundedTotal.amount === 2_000);

    const foreseen = await driver.editPreview(second, [
      ...requested,
      { variantId: more.variantId, quantity: 1 },
    ]);

    // 60.00 came in; 20.00 of it went back, so 100.00 of goods cost 60.00 more.
    expect(foreseen).toMatchObject({
      settlement: 'PAY',
      difference: { amount: 6_000 },
      refund: { amount: 0 },
    });
  });

  it('give back what was paid beside the credit first, and then the rest of the credit', async () => {
    const [bought, dearer, cheaper] = [await variant(6_000), await variant(8_000), await variant(4_000)];
    const { order: first, back } = await cameBack(bought, dearer);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    accepted(await payWith(shop.guest(), (await driver.session(second)).clientSecret, GOOD_CARD));
    const requested = [{ variantId: cheaper.variantId, quantity: 1 }];
    const foreseen = await driver.editPreview(second, requested);

    accepted(await driver.edit(await driver.look(second), requested));

    expect(foreseen).toMatchObject({ settlement: 'REFUND', refund: { amount: 4_000 } });
    // The price of the changed order counts, so what it gave back of a higher one is no refund of it.
    await shop.eventually(async () => (await sentBackBy(second)) === 2_000);
    await shop.eventually(async () => (await driver.look(first)).refundedTotal.amount === 2_000);
  });

  it('stay as they are when the first order has not got the rest any more', async () => {
    const { first, second } = await exchanged();
    const cheaper = await variant(4_000);
    await shop.sql(
      `INSERT INTO refund (id, payment_id, amount, reason, status, provider_reference, key, origin)
       SELECT new_id(), id, captured_amount - 4500, 'at the provider', 'SUCCEEDED', 're_' || id, 're:' || id, 'PROVIDER'
       FROM payment WHERE order_id = $1 AND status = 'CAPTURED'`,
      [localId('ord', first.id)],
    );
    const requested = [{ variantId: cheaper.variantId, quantity: 1 }];

    const refused = await driver.editFor(await driver.look(second), requested, { expectedTotal: 0 });

    expect(codes(refused)).toEqual(['REFUND_TOO_LARGE']);
    expect((await driver.look(second)).discount.amount).toBe(6_000);
    expect(await stockLevelOf(shop, cheaper.sku)).toEqual({ onHand: 10, reserved: 0 });
    await shop.sql(`UPDATE refund SET status = 'CANCELLED' WHERE key = 're:' || payment_id`);
  });

  it('are changed beside refunds of both orders without one waiting for the other for ever', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => exchanged()));
    const cheaper = await variant(4_000, 20);
    const requested = [{ variantId: cheaper.variantId, quantity: 1 }];
    const tried = await Promise.all(
      made.map(async ({ first, second }) => ({
        first: await driver.look(first),
        second: await driver.look(second),
      })),
    );

    const deadlocks = await deadlocksDuring(shop, () =>
      Promise.all(
        tried.flatMap(({ first, second }) => [
          driver.editFor(second, requested, { expectedTotal: 0 }),
          giveBack(first, 100),
          giveBack(second, 100),
        ]),
      ),
    );

    expect(deadlocks).toBe(0);
  });
});

describe('goods that came back for others which will not go out', () => {
  const cancel = async (order: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> => {
    const mutation =
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } errors { code } } }';
    const input = { orderId: order.id, expectedVersion: order.version, idempotencyKey };
    return (await driver.browser.ask(mutation, { input })).orderCancel;
  };
  const foreseen = async ({ id }: Answer): Promise<Answer> =>
    (
      await driver.browser.ask('query($id: ID!) { orderCancelPreview(orderId: $id) { refund { amount } } }', {
        id,
      })
    ).orderCancelPreview;
  const refundsOf = async ({ id }: Answer): Promise<Answer[]> => {
    const fields = 'amount { amount } status reason lines { quantity amount { amount } restocked }';
    const query = `query($id: ID!) { order(id: $id) { refunds { ${fields} } } }`;
    return (await driver.browser.ask(query, { id })).order.refunds;
  };
  async function exchanged(bought = 30_000, sent = 30_000) {
    const [small, large] = [await variant(bought), await variant(sent)];
    const { order, back } = await cameBack(small, large);
    const second = accepted(await exchange(back)).return.exchangeOrder;
    return { first: order, second, small, large };
  }
  const dispute = async ({ id }: Answer, status: string): Promise<void> => {
    await shop.sql(
      `INSERT INTO dispute (id, payment_id, provider_reference, amount, currency, reason, status)
       SELECT new_id(), id, 'dp_' || id, amount, currency, 'general', $2 FROM payment WHERE order_id = $1 AND status = 'CAPTURED'
       ON CONFLICT (provider_reference, payment_id) DO UPDATE SET status = $2`,
      [localId('ord', id), status],
    );
  };

  it('are paid back by the order that brought them, once, when staff cancels: as the preview says', async () => {
    const { first, second, small, large } = await exchanged();
    const left = await refundableOf(first);
    const [said, seen, key] = [await foreseen(second), await driver.look(second), randomUUID()];

    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(seen, key)));

    expect(said.refund.amount).toBe(30_000);
    expect(answers).toEqual(Array(10).fill({ order: { status: 'CANCELLED' }, errors: [] }));
    await shop.eventually(async () => (await driver.look(first)).refundedTotal.amount === 30_000);
    expect(await refundsOf(first)).toEqual([
      {
        amount: { amount: 30_000 },
        status: 'SUCCEEDED',
        reason: 'exchange came to nothing',
        lines: [{ quantity: 1, amount: { amount: 30_000 }, restocked: 0 }],
      },
    ]);
    expect([await refundableOf(first), await refundableOf(second)]).toEqual([left, 0]);
    expect(await stockLevelOf(shop, small.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockLevelOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('are paid back when their buyer cancels, with what they paid beside the credit', async () => {
    const { first, second } = await exchanged(30_000, 35_000);
    accepted(await payWith(shop.guest(), (await driver.session(second)).clientSecret, GOOD_CARD));
    const mutation =
      'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { errors { code } } }';
    const input = { orderToken: linkOf(second), idempotencyKey: randomUUID() };

    const answer = (await shop.guest().ask(mutation, { input })).orderCancelByCustomer;

    expect(answer.errors).toEqual([]);
    await shop.eventually(async () => (await sentBackBy(second)) === 5_000);
    await shop.eventually(async () => (await sentBackBy(first)) === 30_000);
  });

  it('are paid back when staff cancels before the difference was paid', async () => {
    const { first, second } = await exchanged(30_000, 35_000);

    const answer = await cancel(await driver.look(second));

    expect(answer).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
    await shop.eventually(async () => (await sentBackBy(first)) === 30_000);
    expect(await sentBackBy(second)).toBe(0);
  });

  it('bring back only what did not go back when they were exchanged for cheaper ones', async () => {
    const { first, second } = await exchanged(30_000, 12_500);
    const left = await refundableOf(first);

    accepted(await cancel(await driver.look(second)));

    await shop.eventually(async () => (await sentBackBy(first)) === 30_000);
    expect(await refundableOf(first)).toBe(left);
  });

  it('bring back no more than a plain refund of the exchange has left of the credit', async () => {
    const { first, second } = await exchanged();
    accepted(await giveBack(await driver.look(second), 4_000));

    accepted(await cancel(await driver.look(second)));

    await shop.eventually(async () => (await sentBackBy(first)) === 30_000);
  });

  it('are paid back by the first payment of all when the others were others already', async () => {
    const { first, second } = await exchanged();
    const again = await sentBack(second, linkOf(second), { wanted: await variant() });
    const third = accepted(await exchange(again.back)).return.exchangeOrder;

    accepted(await cancel(await driver.look(third)));

    await shop.eventually(async () => (await sentBackBy(first)) === 30_000);
    expect([await refundableOf(second), await refundableOf(third)]).toEqual([0, 0]);
  });

  it('wait for the bank while it decides about their money: nobody cancels, and the owner is told when the time is over', async () => {
    const [placed, unpaid] = [await exchanged(), await exchanged(30_000, 35_000)];
    await dispute(placed.first, 'UNDER_REVIEW');
    await dispute(unpaid.first, 'UNDER_REVIEW');

    const refused = await cancel(await driver.look(placed.second));
    await runOut();

    expect(codes(refused)).toEqual(['PAYMENT_DISPUTED']);
    expect((await driver.look(placed.second)).status).toBe('PAID');
    expect((await driver.look(unpaid.second)).status).toBe('EXPIRED');
    const events = await shop.sql(
      `SELECT payload ->> 'reason' AS reason FROM outbox WHERE kind = 'payment.mismatch' AND aggregate_id = $1`,
      [localId('ord', unpaid.first.id)],
    );
    expect(events).toEqual([{ reason: 'disputed' }]);
    await dispute(placed.first, 'WON');
    await dispute(unpaid.first, 'WON');
    expect(await refundableOf(unpaid.first)).toBeGreaterThanOrEqual(30_000);
    accepted(await giveBack(await driver.look(unpaid.first), 30_000));
    accepted(await cancel(await driver.look(placed.second)));
    await shop.eventually(async () => (await sentBackBy(placed.first)) === 30_000);
  });

  it('are paid back beside refunds of both orders without one waiting for the other for ever, and never twice', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => exchanged()));
    const seen = await Promise.all(
      made.map(async ({ first, second }) => ({
        first: await driver.look(first),
        second: await driver.look(second),
      })),
    );

    const deadlocks = await deadlocksDuring(shop, () =>
      Promise.all(
        seen.flatMap(({ first, second }) => [
          cancel(second),
          giveBack(first, 100),
          giveBack(second, 100),
          driver.ship(second),
        ]),
      ),
    );

    expect(deadlocks).toBe(0);
    // A plain refund of the exchange comes out of the credit; one of the first order comes beside it.
    for (const { first, second } of made) {
      const isCancelled = (await driver.look(second)).status === 'CANCELLED';
      const fits = isCancelled ? [30_000, 30_100] : [0, 100, 200];
      await shop.eventually(async () => fits.includes(await sentBackBy(first)));
    }
  });
});

it('leaves the ledger balanced', async () => {
  await assertLedgerBalances(shop);
});
