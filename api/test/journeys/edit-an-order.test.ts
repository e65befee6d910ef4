import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import {
  accepted,
  codes,
  OrderEditingDriver,
  stockLevelOf,
  type Requested,
} from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import {
  openStripePayments,
  openTestPayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let driver: OrderEditingDriver;
let made = 0;

/** The shop of the tests that follow, with its own ledger. */
async function openShop(open: typeof openTestPayments): Promise<void> {
  simulator = await open({ env: { PAYMENT_METHODS: 'card,cash_on_delivery' } });
  driver = await OrderEditingDriver.open(simulator.shop);
}

beforeAll(() => openShop(openTestPayments));
afterAll(() => simulator.close());

interface Variant {
  readonly sku: string;
  readonly variantId: string;
}

async function variant(price = 30_000, stock = 10): Promise<Variant> {
  const sku = `EDIT-${++made}`;
  return { sku, variantId: await simulator.shop.stock({ name: `Thing ${made}`, sku, price, stock }) };
}

const of = ({ variantId }: Variant, quantity: number): Requested => ({ variantId, quantity });

/** An order that is paid by card: by the link that its buyer was sent. */
async function paidOrder(lines: readonly Requested[], more: Record<string, unknown> = {}): Promise<Answer> {
  const sent = accepted(await driver.send(await driver.drafted(lines, more))).order;
  await pay(sent);
  return driver.look(sent);
}

/** An order of the storefront that is paid to the courier. */
async function codOrder(lines: Requested[]): Promise<Answer> {
  const browser = simulator.shop.guest();
  const cart = await readyCart(browser, lines, 'at-the-door@example.test');
  return driver.look(accepted(await complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY')).order);
}

async function pay(order: Answer): Promise<void> {
  const { clientSecret } = await driver.session(order);
  await simulator.pay(clientSecret, GOOD_CARD);
  await simulator.call(clientSecret);
  await simulator.shop.eventually(async () => (await driver.look(order)).paymentLink === null);
}

/** What came in for an order and what went, or is going, back. */
async function moneyOf({ number }: Answer): Promise<{ captured: number; returned: number }> {
  const text = `SELECT coalesce(sum(p.captured_amount), 0)::int AS captured, coalesce(sum((SELECT sum(amount) FROM refund r
      WHERE r.payment_id = p.id AND r.status NOT IN ('FAILED', 'CANCELLED'))), 0)::int AS returned
    FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.number = $1`;
  return (await simulator.shop.sql<{ captured: number; returned: number }>(text, [number]))[0] as never;
}

/** The three days in which the difference can be paid are over, and the minute's round comes by. */
async function letEditRunOut(order: Answer): Promise<void> {
  await simulator.shop.sql(
    `UPDATE order_edit SET expires_at = now() - interval '1 second' WHERE order_id = (SELECT id FROM shop_order WHERE number = $1)`,
    [order.number],
  );
  await expireDue();
}

const expireDue = (): Promise<void> =>
  simulator.shop.shop.jobs.find(({ job }) => job.queue === 'orderEditing.drop-edits')?.run({}) ??
  Promise.reject(new Error());

const kinds = (order: Answer): string[] => order.events.map(({ kind }: Answer) => kind);

describe('an order that becomes cheaper', () => {
  it('is changed at once: the goods go back in stock and the difference to the buyer', async () => {
    const [mug, pot] = [await variant(), await variant(20_000)];
    const order = await paidOrder([of(mug, 3), of(pot, 1)]);

    const preview = await driver.editPreview(order, [of(mug, 1)]);
    const { order: after, edit } = accepted(await driver.edit(order, [of(mug, 1)]));

    expect(preview).toMatchObject({ settlement: 'REFUND', totalBefore: order.total.gross });
    expect(
      preview.lines.map((line: Answer) => [line.variant.sku, line.quantityBefore, line.quantityAfter]),
    ).toEqual([
      [mug.sku, 3, 1],
      [pot.sku, 1, 0],
    ]);
    expect(edit).toMatchObject({ status: 'APPLIED', difference: preview.difference });
    expect(after).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', pendingPayment: null });
    expect(after.total.gross).toEqual(preview.totalAfter);
    expect(after.lines).toHaveLength(1);
    expect(kinds(after)).toContain('EDITED');
    const { captured, returned } = await moneyOf(order);
    expect(captured - returned).toBe(after.total.gross.amount);
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 9, reserved: 0 });
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('need not restock what was taken off broken', async () => {
    const mug = await variant();
    const order = await paidOrder([of(mug, 3)]);

    accepted(await driver.edit(order, [of(mug, 2)], { restock: false }));

    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 7, reserved: 0 });
  });

  it('swaps one thing for another of the same price without a word about money', async () => {
    const [mug, pot] = [await variant(), await variant()];
    const order = await paidOrder([of(mug, 1)]);

    const { order: after, edit } = accepted(await driver.edit(order, [of(pot, 1)]));

    expect(edit).toMatchObject({ status: 'APPLIED', difference: { amount: 0 } });
    expect(after.total).toEqual(order.total);
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 9, reserved: 0 });
    expect(await moneyOf(order)).toEqual({ captured: order.total.gross.amount, returned: 0 });
  });

  it('keeps the price of the day for what stays, and takes today’s for what is new', async () => {
    const [mug, pot] = [await variant(30_000), await variant(1_000)];
    const order = await paidOrder([of(mug, 2)]);
    await simulator.shop.sql('UPDATE variant SET price = 99999 WHERE sku = $1', [mug.sku]);
    await simulator.shop.sql('UPDATE variant SET price = 1500 WHERE sku = $1', [pot.sku]);

    const preview = await driver.editPreview(order, [of(mug, 1), of(pot, 1)]);

    expect(preview.lines.map(({ total }: Answer) => total.gross.amount)).toEqual([30_000, 1_500]);
  });

  it('takes its share of the discount with the piece that is taken off, and leaves the other lines alone', async () => {
    const [mug, pot] = [await variant(30_000), await variant(10_001)];
    const order = await paidOrder([of(mug, 2), of(pot, 1)], { discount: 7_001 });
    const [mugs, pots] = order.lines.map(({ total }: Answer) => total.gross.amount);

    const { order: after } = accepted(await driver.edit(order, [of(mug, 1), of(pot, 1)]));

    const half = Math.floor(mugs / 2);
    expect(after.lines.map(({ total }: Answer) => total.gross.amount)).toEqual([mugs - half, pots]);
    expect(after.discount.amount).toBe(40_001 - (mugs - half) - pots);
    const { captured, returned } = await moneyOf(order);
    expect([captured - returned, returned]).toEqual([after.total.gross.amount, half]);
  });

  it('brings back what was paid for the line that is taken off, and not a ban of the others', async () => {
    const [a, b, c] = [await variant(10_000), await variant(20_000), await variant(3_333)];
    const order = await paidOrder([of(a, 1), of(b, 1), of(c, 2)], { discount: 3_000 });

    const { order: after } = accepted(await driver.edit(order, [of(a, 1), of(c, 2)]));

    expect(order.total.gross.amount).toBe(33_666);
    expect(after.lines.map(({ total }: Answer) => total.gross.amount)).toEqual([9_182, 6_120]);
    expect(await moneyOf(order)).toEqual({ captured: 33_666, returned: 18_364 });
  });

  it('leaves the delivery free that was granted, when the goods become fewer', async () => {
    const mug = await variant(20_000);
    const order = await paidOrder([of(mug, 2)]);

    const preview = await driver.editPreview(order, [of(mug, 1)]);

    expect((await driver.cheapestMethod([of(mug, 1)])).price).toBeGreaterThan(0);
    expect(preview.shipping.gross.amount).toBe(0);
    expect(preview.totalAfter.amount).toBe(20_000);
  });

  it('is changed though another of its lines was paid back already: that one keeps what it cost', async () => {
    const [mug, pot] = [await variant(30_000), await variant(10_000)];
    const order = await paidOrder([of(mug, 2), of(pot, 1)], { discount: 7_000 });
    const mutation = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`;
    const line = order.lines.find(({ sku }: Answer) => sku === pot.sku);
    const lines = [{ orderLineId: line.id, quantity: 1 }];
    const input = { orderId: order.id, expectedVersion: order.version, lines, idempotencyKey: randomUUID() };
    accepted((await driver.browser.ask(mutation, { input })).orderRefund);
    const paidBack = await simulator.shop.eventually(async () => {
      const now = await driver.look(order);
      return now.refundedTotal.amount > 0 && now;
    });

    const { order: after } = accepted(await driver.edit(paidBack, [of(mug, 1), of(pot, 1)]));

    const [mugs, pots] = order.lines.map(({ total }: Answer) => total.gross.amount);
    expect(after.lines.map(({ total }: Answer) => total.gross.amount)).toEqual([mugs / 2, pots]);
    expect((await moneyOf(order)).returned).toBe(pots + mugs / 2);
  });

  it('pays the courier another amount when it is paid on delivery', async () => {
    const mug = await variant();
    const order = await codOrder([of(mug, 2)]);

    const dearer = accepted(await driver.edit(order, [of(mug, 3)]));
    const cheaper = accepted(await driver.edit(dearer.order, [of(mug, 1)]));

    expect([dearer.edit.status, cheaper.edit.status]).toEqual(['APPLIED', 'APPLIED']);
    const open = await simulator.shop.sql(
      `SELECT p.amount::int AS amount FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.number = $1 AND p.status = 'PENDING'`,
      [order.number],
    );
    expect(open).toEqual([{ amount: cheaper.order.total.gross.amount }]);
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 9, reserved: 0 });
  });
});

describe('an order that becomes dearer', () => {
  it('stays as it is until the buyer has paid the difference', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 1)]);

    const { order: waiting, edit } = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)]));

    expect(edit).toMatchObject({ status: 'AWAITING_PAYMENT', decidedAt: null });
    expect(waiting).toMatchObject({ status: 'PAID', total: order.total, pendingPayment: edit.difference });
    expect(waiting.paymentLink).toMatch(/\/checkout\/pay\//);
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 2 });
    expect((await driver.session(waiting)).amount).toEqual(edit.difference);

    await pay(waiting);

    const after = await driver.look(order);
    expect(after).toMatchObject({
      status: 'PAID',
      paymentStatus: 'PAID',
      pendingPayment: null,
      paymentLink: null,
    });
    expect(after.total.gross.amount).toBe(order.total.gross.amount + edit.difference.amount);
    expect(after.lines.map(({ sku }: Answer) => sku)).toEqual([mug.sku, pot.sku]);
    expect(after.edits).toMatchObject([{ status: 'APPLIED' }]);
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 8, reserved: 0 });
    expect(await moneyOf(order)).toEqual({ captured: after.total.gross.amount, returned: 0 });
  });

  it('is left alone when the difference is not paid in time, and money that comes later goes back', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 1)]);
    const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;
    const { clientSecret } = await driver.session(waiting);

    await letEditRunOut(order);

    const after = await driver.look(order);
    expect(after).toMatchObject({ total: order.total, pendingPayment: null, edits: [{ status: 'EXPIRED' }] });
    expect(kinds(after)).toContain('EDIT_DROPPED');
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });

    await simulator.succeedAgainstAllOdds(clientSecret);
    await simulator.call(clientSecret);
    await simulator.shop.eventually(async () => (await moneyOf(order)).returned > 0);
    expect(await driver.look(order)).toMatchObject({
      status: 'PAID',
      total: order.total,
      edits: [{ status: 'EXPIRED' }],
    });
    const { captured, returned } = await moneyOf(order);
    expect(captured - returned).toBe(order.total.gross.amount);
  });

  it.each(['before its time is over', 'after it'])(
    'is left alone when another difference than agreed is paid %s: staff is told, and can give exactly that back',
    async (when) => {
      const [mug, pot] = [await variant(), await variant(5_000)];
      const order = await paidOrder([of(mug, 1)]);
      const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;
      const { clientSecret } = await driver.session(waiting);
      if (when === 'after it') await letEditRunOut(order);
      await simulator.shop.sql(
        `UPDATE test_provider_intent SET status = 'succeeded', received = 4000 WHERE client_secret = $1`,
        [clientSecret],
      );
      for (let i = 0; i < 2; i++) await simulator.call(clientSecret);

      await simulator.shop.eventually(async () => (await moneyOf(order)).captured > order.total.gross.amount);
      // What was read before has the version of before.
      const after = await driver.look(order);

      expect(after).toMatchObject({ status: 'PAID', total: order.total, pendingPayment: null });
      expect(after.edits[0].status).toBe(when === 'after it' ? 'EXPIRED' : 'CANCELLED');
      expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
      const told = await simulator.shop.sql(
        `SELECT payload ->> 'reason' AS reason FROM outbox WHERE kind = 'payment.mismatch' AND aggregate_id = (SELECT id FROM shop_order WHERE number = $1)`,
        [order.number],
      );
      expect(told).toEqual([{ reason: 'amount' }]);
      const mutation =
        'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }';
      const input = {
        ...{ orderId: order.id, expectedVersion: after.version, idempotencyKey: randomUUID() },
        ...{ lines: [], amount: 4_000 },
      };
      accepted((await driver.browser.ask(mutation, { input })).orderRefund);
      await simulator.shop.eventually(async () => (await moneyOf(order)).returned === 4_000);
      await assertLedgerBalances(simulator.shop);
      accepted(await driver.edit(await driver.look(order), [of(mug, 1), of(pot, 1)]));
    },
  );

  it('may wait for goods that are still to come, and lets go of them first', async () => {
    const [mug, pot] = [await variant(), await variant(5_000, 1)];
    await simulator.shop.sql(`UPDATE variant SET stock_policy = 'CONTINUE' WHERE sku = $1`, [pot.sku]);
    const backordered = async (order: Answer): Promise<unknown> =>
      (
        await simulator.shop.sql<{ status: string; quantity: number }>(
          `SELECT b.status, sum(b.quantity)::int AS quantity FROM backorder b JOIN shop_order o ON o.id = b.order_id
           WHERE o.number = $1 GROUP BY b.status ORDER BY b.status`,
          [order.number],
        )
      ).map(({ status, quantity }) => `${status} ${quantity}`);
    const order = await paidOrder([of(mug, 2)]);
    expect((await driver.preview([of(pot, 1)])).lines[0].availableQuantity).toBeNull();

    const waiting = accepted(await driver.edit(order, [of(mug, 2), of(pot, 4)])).order;
    expect(await backordered(order)).toEqual(['HELD 3']);
    await assertLedgerBalances(simulator.shop);
    await pay(waiting);
    expect(await backordered(order)).toEqual(['OWED 3']);
    accepted(await driver.edit(await driver.look(order), [of(mug, 2), of(pot, 2)]));

    expect(await backordered(order)).toEqual(['OWED 1', 'RELEASED 2']);
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 0, reserved: 0 });
    await assertLedgerBalances(simulator.shop);
  });

  it('can be taken back by staff, once, and proposed differently', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 1)]);
    const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;
    expect(codes(await driver.editFor(waiting, [of(mug, 2)], { expectedTotal: 1 }))).toEqual([
      'ORDER_EDIT_PENDING',
    ]);
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 50 }, () => driver.takeBack(waiting, key)));

    expect(new Set(answers.map((answer) => accepted(answer).edit.status))).toEqual(new Set(['CANCELLED']));
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
    const free = await driver.look(order);
    expect(codes(await driver.takeBack(free))).toEqual(['NOT_FOUND']);
    expect(accepted(await driver.edit(free, [of(mug, 1), of(pot, 1)])).edit.status).toBe('AWAITING_PAYMENT');
  });

  it('is given up with its order', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 1)]);
    const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;

    accepted(await driver.cancel(waiting));

    await simulator.shop.eventually(async () => (await driver.look(order)).edits[0].status === 'CANCELLED');
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect((await driver.look(order)).paymentLink).toBeNull();
  });

  it('is refused when what is added is not there, or costs too little to be charged', async () => {
    const [mug, pot, pin] = [await variant(), await variant(5_000, 1), await variant(10)];
    const order = await paidOrder([of(mug, 2)]);

    expect(codes(await driver.edit(order, [of(mug, 2), of(pot, 2)]))).toEqual(['INSUFFICIENT_STOCK']);
    const little = [of(mug, 2), of(pin, 1)];
    const expectedTotal = order.total.gross.amount + 10;
    expect(codes(await driver.editFor(order, little, { expectedTotal }))).toEqual(['AMOUNT_TOO_SMALL']);
    // Staff are told before they try.
    await expect(driver.editPreview(order, little)).rejects.toThrow('AMOUNT_TOO_SMALL');
    expect(await driver.look(order)).toMatchObject({ version: order.version, edits: [] });
  });
});

describe('what may not be changed', () => {
  it('is a line that was shipped, while the others may', async () => {
    const [mug, pot] = [await variant(), await variant()];
    const order = await paidOrder([of(mug, 1), of(pot, 2)]);
    const line = order.lines.find(({ sku }: Answer) => sku === mug.sku);
    const shipped = accepted(await driver.ship(order, [{ orderLineId: line.id, quantity: 1 }])).order;

    const refused = await driver.editFor(shipped, [of(pot, 2)], { expectedTotal: 0 });
    const rest = accepted(await driver.edit(shipped, [of(mug, 1)]));

    expect(codes(refused)).toEqual(['LINE_NOT_EDITABLE']);
    expect(rest.order.status).toBe('FULFILLED');
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('is an order that is not placed, or that would not change', async () => {
    const mug = await variant();
    const draft = await driver.drafted([of(mug, 1)]);
    const order = await paidOrder([of(mug, 1)]);

    expect(codes(await driver.editFor(draft, [of(mug, 2)], { expectedTotal: 0 }))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(codes(await driver.editFor(order, [of(mug, 1)], { expectedTotal: 0 }))).toEqual(['INVALID_INPUT']);
    expect(codes(await driver.editFor(order, [], { expectedTotal: 0 }))).toContain('INVALID_INPUT');
    expect(codes(await driver.editFor(order, [of(mug, 2)], { expectedTotal: 1 }))).toEqual(['PRICE_CHANGED']);
  });
});

describe('many members of staff', () => {
  it('makes one change of fifty presses, and refuses another one with the same key', async () => {
    const mug = await variant();
    const order = await paidOrder([of(mug, 3)]);
    const [key, lines] = [randomUUID(), [of(mug, 2)]];
    const expectedTotal = (await driver.editPreview(order, lines)).totalAfter.amount;

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => driver.editFor(order, lines, { expectedTotal, idempotencyKey: key })),
    );

    expect(new Set(answers.map((answer) => accepted(answer).edit.id)).size).toBe(1);
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 8, reserved: 0 });
    const other = await driver.editFor(order, [of(mug, 1)], { expectedTotal, idempotencyKey: key });
    expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('lets one of two members of staff change an order', async () => {
    const mug = await variant();
    const order = await paidOrder([of(mug, 3)]);
    const colleague = await OrderEditingDriver.open(simulator.shop);

    const answers = await Promise.all([
      driver.edit(order, [of(mug, 2)]),
      colleague.edit(order, [of(mug, 1)]),
    ]);

    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(['STALE_VERSION']);
  });

  it('changes orders side by side that swap the same two things for each other', async () => {
    const [mug, pot] = [await variant(), await variant()];
    const orders: Answer[] = [];
    for (let i = 0; i < 10; i++) orders.push(await codOrder([of(i % 2 ? mug : pot, 1)]));

    const swaps = await Promise.all(orders.map((order, i) => driver.edit(order, [of(i % 2 ? pot : mug, 1)])));

    expect(swaps.flatMap(codes)).toEqual([]);
    expect(await stockLevelOf(simulator.shop, mug.sku)).toEqual({ onHand: 5, reserved: 0 });
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('lets either the shipment or the change go first, never both', async () => {
    for (let round = 0; round < 4; round++) {
      const mug = await variant();
      const order = await paidOrder([of(mug, 3)]);
      const expectedTotal = (await driver.editPreview(order, [of(mug, 1)])).totalAfter.amount;

      const [edited, shipped] = await Promise.all([
        driver.editFor(order, [of(mug, 1)], { expectedTotal }),
        driver.ship(order),
      ]);

      expect([...codes(edited), ...codes(shipped)]).toEqual(['STALE_VERSION']);
    }
  });

  it('keeps the money or the change when the difference is paid as its time runs out', async () => {
    for (let round = 0; round < 6; round++) {
      const [mug, pot] = [await variant(), await variant(5_000)];
      const order = await paidOrder([of(mug, 1)]);
      const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;
      const { clientSecret } = await driver.session(waiting);

      await Promise.all([
        letEditRunOut(order),
        payWith(simulator.shop.guest(), clientSecret, GOOD_CARD),
        simulator.call(clientSecret),
      ]);

      await simulator.shop.eventually(async () => (await driver.look(order)).pendingPayment === null);
      const after = await driver.look(order);
      const { captured, returned } = await moneyOf(order);
      expect(captured - returned).toBe(after.total.gross.amount);
      expect(['APPLIED', 'EXPIRED']).toContain(after.edits[0].status);
      expect((await stockLevelOf(simulator.shop, pot.sku)).reserved).toBe(0);
    }
  });

  it('sends the money back when the order left while the buyer was paying for its change', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 1)]);
    const waiting = accepted(await driver.edit(order, [of(mug, 1), of(pot, 2)])).order;
    const { clientSecret } = await driver.session(waiting);
    accepted(await driver.ship(waiting));

    await simulator.pay(clientSecret, GOOD_CARD);
    await simulator.call(clientSecret);

    await simulator.shop.eventually(async () => (await moneyOf(order)).returned > 0);
    expect(await driver.look(order)).toMatchObject({ status: 'FULFILLED', total: order.total });
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
  });
});

it('leaves the ledger balanced', () => balance());

/** Lets go of what still waits for its payment, then audits. */
async function balance(): Promise<void> {
  await simulator.shop.sql(
    `UPDATE order_edit SET expires_at = now() - interval '1 second' WHERE status = 'AWAITING_PAYMENT'`,
  );
  await expireDue();
  await assertLedgerBalances(simulator.shop, simulator.stripe);
}

describe('at a real payment provider', () => {
  beforeAll(async () => {
    await simulator.close();
    await openShop(openStripePayments);
  });

  it('settles changes both ways, and gives up what was not paid', async () => {
    const [mug, pot] = [await variant(), await variant(5_000)];
    const order = await paidOrder([of(mug, 2)]);

    const dearer = accepted(await driver.edit(order, [of(mug, 2), of(pot, 1)])).order;
    await pay(dearer);
    const changed = await driver.look(order);
    const cheaper = accepted(await driver.edit(changed, [of(mug, 1)])).order;
    accepted(await driver.edit(cheaper, [of(mug, 1), of(pot, 3)]));
    await letEditRunOut(order);

    const after = await driver.look(order);
    expect(after.edits.map(({ status }: Answer) => status)).toEqual(['APPLIED', 'APPLIED', 'EXPIRED']);
    const { captured, returned } = await moneyOf(order);
    expect(captured).toBe(changed.total.gross.amount);
    expect(captured - returned).toBe(after.total.gross.amount);
    expect(await stockLevelOf(simulator.shop, pot.sku)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('leaves its ledger and ours in agreement', () => balance());
});
