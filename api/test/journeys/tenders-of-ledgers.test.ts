import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { voucherModule } from '../support/vouchers.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ modules: [voucherModule], env: { SHOP_LANGUAGE: 'en' } });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const CART =
  'id version total { gross { amount } tax { amount } } due { amount } dueToCourier: due(paymentMethod: CASH_ON_DELIVERY) { amount } missingSteps paymentMethods tenders { ledger name amount { amount } balance { amount } }';
const COMPLETE = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { cart { ${CART} } orderToken
  order { id status paymentStatus } paymentSession { clientSecret amount { amount } } errors { code } } }`;
const ORDER = `query($id: ID!) { order(id: $id) { id version number status paymentStatus staffActions total { gross { amount } tax { amount } }
  due { amount } tenders { name amount { amount } status } payments { status amount { amount } } refundable { amount } refundedTotal { amount }
  acceptableAmount { amount } bankTransfer { amount { amount } } lines { id quantity } invoices { kind total { amount } } } }`;

const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;
/** The order when no job will change it any more. */
async function settled(id: string): Promise<Answer> {
  await workIsDone(shop);
  return read(id);
}
const balanceOf = async (id: string): Promise<number> =>
  Number(
    (await shop.sql<{ balance: string }>('SELECT balance FROM voucher WHERE id = $1', [id]))[0]?.balance,
  );
const movesOf = async (id: string): Promise<string[]> =>
  (
    await shop.sql<{ move: string }>(
      `SELECT kind || ' ' || amount AS move FROM voucher_move WHERE voucher_id = $1 ORDER BY id`,
      [id],
    )
  ).map((row) => row.move);

async function voucher(balance: number): Promise<string> {
  const id = randomUUID();
  await shop.sql('INSERT INTO voucher (id, balance) VALUES ($1, $2)', [id, balance]);
  return id;
}

let made = 0;
/** A guest with a cart of one thing, who pays with these vouchers. */
async function buyer(
  price: number,
  ids: readonly string[],
): Promise<{ browser: GraphqlClient; cart: Answer; variantId: string }> {
  const sku = `TENDER-${++made}`;
  const variantId = await shop.stock({ name: sku, sku, price, stock: 5 });
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 2 }], `tender${made}@example.test`);
  const USE = `mutation($id: String!) { cartVoucherUse(accountId: $id) { cart { id } errors { code } } }`;
  for (const id of ids) expect((await browser.ask(USE, { id })).cartVoucherUse.errors).toEqual([]);
  return { browser, variantId, cart: (await browser.ask(`{ cart { ${CART} } }`)).cart };
}

async function complete(
  { browser, cart }: { browser: GraphqlClient; cart: Answer },
  paymentMethod = 'CARD',
): Promise<Answer> {
  const { due, dueToCourier } = cart;
  const input = {
    idempotencyKey: randomUUID(),
    cartVersion: cart.version,
    expectedTotal: cart.total.gross.amount,
    expectedDue: (paymentMethod === 'CARD' ? due : dueToCourier).amount,
    paymentMethod,
  };
  return (await browser.ask(COMPLETE, { input })).checkoutComplete;
}

async function staffDoes(mutation: string, order: Answer, more: object = {}): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const input = { orderId: order.id, expectedVersion: order.version, idempotencyKey: randomUUID(), ...more };
  const DO = `mutation($input: ${type}!) { ${mutation}(input: $input) { order { id status } errors { code path message } } }`;
  const done = (await staff.ask(DO, { input }))[mutation];
  expect(done.errors).toEqual([]);
  return done;
}

/** Its unpaid orders run out now. */
async function runOut(id: string): Promise<void> {
  const { number } = await read(id);
  await shop.sql(`UPDATE shop_order SET expires_at = now() - interval '1 minute' WHERE number = $1`, [
    number,
  ]);
  await closeExpired(shop);
}

describe('a voucher that pays a part of an order', () => {
  it('changes neither total nor tax, and the card pays what is left', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const total = at.cart.total.gross.amount;
    expect(at.cart.tenders).toEqual([
      { ledger: 'voucher', name: 'Voucher', amount: { amount: 4_000 }, balance: { amount: 4_000 } },
    ]);
    expect(at.cart.due).toEqual({ amount: total - 4_000 });

    const done = await complete(at);

    expect(done.errors).toEqual([]);
    expect(done.paymentSession.amount).toEqual({ amount: total - 4_000 });
    expect(await read(done.order.id)).toMatchObject({
      total: { gross: { amount: total }, tax: at.cart.total.tax },
      due: { amount: total - 4_000 },
      tenders: [{ name: 'Voucher', amount: { amount: 4_000 }, status: 'HELD' }],
      payments: [{ status: 'PENDING', amount: { amount: total - 4_000 } }],
    });
    expect(await balanceOf(id)).toBe(0);

    await payWith(at.browser, done.paymentSession.clientSecret, GOOD_CARD);

    const paid = await shop.eventually(async () => {
      const order = await read(done.order.id);
      return order.invoices.length === 1 && order;
    });
    expect(paid).toMatchObject({
      status: 'PAID',
      tenders: [{ status: 'TAKEN' }],
      refundable: { amount: total },
      invoices: [{ kind: 'INVOICE', total: { amount: total } }],
    });
    await assertLedgerBalances(shop);
  });

  it('goes back after the card when money is refunded, and never more than it paid', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const done = await complete(at);
    await payWith(at.browser, done.paymentSession.clientSecret, GOOD_CARD);
    const due = at.cart.due.amount;
    const paid = await settled(done.order.id);

    await staffDoes('orderRefund', paid, { amount: due + 1_000 });

    expect(await balanceOf(id)).toBe(1_000);
    await staffDoes('orderRefund', await settled(paid.id), { amount: 3_000 });
    const over = await shop.eventually(async () => {
      const order = await read(paid.id);
      return order.status === 'REFUNDED' && order;
    });
    expect(over).toMatchObject({ refundable: { amount: 0 }, refundedTotal: { amount: due + 4_000 } });
    expect(await movesOf(id)).toEqual(['DEBIT -4000', 'REFUND 1000', 'REFUND 3000']);
    await assertLedgerBalances(shop);
  });

  it('is free again when the order runs out unpaid, once, and the cart has it again', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const done = await complete(at);

    await Promise.all([runOut(done.order.id), runOut(done.order.id)]);

    expect(await read(done.order.id)).toMatchObject({ status: 'EXPIRED', tenders: [{ status: 'RELEASED' }] });
    expect(await movesOf(id)).toEqual(['DEBIT -4000', 'RELEASE 4000']);
    const cart = await shop.eventually(async () => (await at.browser.ask(`{ cart { ${CART} } }`)).cart);
    expect(cart).toMatchObject({ due: at.cart.due, tenders: [{ amount: { amount: 4_000 } }] });
    await assertLedgerBalances(shop);
  });

  it('pays again when the money of the order comes after its end, and not when it was spent since', async () => {
    const [kept, spent] = [await voucher(4_000), await voucher(4_000)];
    const late = async (id: string): Promise<Answer> => {
      const done = await complete(await buyer(5_000, [id]), 'BANK_TRANSFER');
      expect((await read(done.order.id)).bankTransfer.amount.amount).toBe(
        (await read(done.order.id)).due.amount,
      );
      await runOut(done.order.id);
      return settled(done.order.id);
    };
    const first = await late(kept);
    const second = await late(spent);
    await shop.sql('UPDATE voucher SET balance = 3999 WHERE id = $1', [spent]);

    await staffDoes('paymentMarkReceived', first);
    const refused = await staff.ask(
      `mutation($input: PaymentMarkReceivedInput!) { paymentMarkReceived(input: $input) { errors { code } } }`,
      { input: { orderId: second.id, expectedVersion: second.version, idempotencyKey: randomUUID() } },
    );

    expect(await read(first.id)).toMatchObject({ status: 'PAID', tenders: [{ status: 'TAKEN' }] });
    expect(await movesOf(kept)).toEqual(['DEBIT -4000', 'RELEASE 4000', 'DEBIT -4000']);
    expect(refused.paymentMarkReceived.errors).toEqual([{ code: 'STOCK_UNAVAILABLE' }]);
    expect(await read(second.id)).toMatchObject({ status: 'EXPIRED', tenders: [{ status: 'RELEASED' }] });
    expect(await balanceOf(spent)).toBe(3_999);
    await assertLedgerBalances(shop);
  });

  it('is held for an order that the courier is paid for, taken with that money, and free again when it is cancelled', async () => {
    const [taken, freed] = [await voucher(4_000), await voucher(4_000)];
    const first = await complete(await buyer(5_000, [taken]), 'CASH_ON_DELIVERY');
    const second = await complete(await buyer(5_000, [freed]), 'CASH_ON_DELIVERY');
    expect(await read(first.order.id)).toMatchObject({ status: 'PLACED', tenders: [{ status: 'HELD' }] });

    await staffDoes('paymentMarkReceived', await settled(first.order.id));
    await staffDoes('orderCancel', await settled(second.order.id), { restock: true });

    expect(await read(first.order.id)).toMatchObject({ status: 'PAID', tenders: [{ status: 'TAKEN' }] });
    expect(await read(second.order.id)).toMatchObject({
      status: 'CANCELLED',
      tenders: [{ status: 'RELEASED' }],
    });
    expect([await balanceOf(taken), await balanceOf(freed)]).toEqual([0, 4_000]);
    await assertLedgerBalances(shop);
  });

  it.each([
    ['with a voucher, for what the courier brought', 4_000],
    ['without one, for all of it', 0],
  ])('is thanked for in a mail %s', async (_what, balance) => {
    const at = await buyer(5_000, balance > 0 ? [await voucher(balance)] : []);
    const { order } = await complete(at, 'CASH_ON_DELIVERY');

    await staffDoes('paymentMarkReceived', await settled(order.id));

    await workIsDone(shop);
    const mails = await shop.sql<{ amount: number }>(
      `SELECT (model -> 'amount' ->> 'amount')::int AS amount FROM email WHERE recipient = $1 AND template = 'payment-received'`,
      [`tender${made}@example.test`],
    );
    expect(mails).toEqual([{ amount: at.cart.total.gross.amount - balance }]);
  });
});

describe('vouchers that leave less than a card payment can be', () => {
  it('give back what is missing, the last one first: the card pays the least that its provider takes', async () => {
    const { cart: plain } = await buyer(5_000, []);
    const total = plain.total.gross.amount;
    const [first, last] = [await voucher(1_000), await voucher(total - 1_030)];
    const at = await buyer(5_000, [last, first]);
    expect(at.cart).toMatchObject({
      ...{ due: { amount: 200 }, dueToCourier: { amount: 30 }, missingSteps: [] },
      tenders: [{ amount: { amount: 1_000 } }, { amount: { amount: total - 1_200 } }],
    });
    expect(at.cart.paymentMethods).toEqual(plain.paymentMethods);

    const done = await complete(at);

    expect(done).toMatchObject({ errors: [], paymentSession: { amount: { amount: 200 } } });
    expect([await balanceOf(first), await balanceOf(last)]).toEqual([0, 170]);
    await payWith(at.browser, done.paymentSession.clientSecret, GOOD_CARD);
    expect(await settled(done.order.id)).toMatchObject({
      ...{ status: 'PAID', due: { amount: 200 }, refundable: { amount: total } },
    });
    // Once: the account was debited by what it paid.
    expect(await movesOf(last)).toEqual([`DEBIT -${total - 1_200}`]);
    await assertLedgerBalances(shop);
  });

  it('pay all they can where the courier collects the rest, and who saw the rest of a card is asked again', async () => {
    const { cart: plain } = await buyer(5_000, []);
    const id = await voucher(plain.total.gross.amount - 30);
    const at = await buyer(5_000, [id]);

    const ofCard = { ...at, cart: { ...at.cart, dueToCourier: at.cart.due } };
    expect((await complete(ofCard, 'CASH_ON_DELIVERY')).errors).toEqual([{ code: 'PRICE_CHANGED' }]);
    const done = await complete(at, 'CASH_ON_DELIVERY');

    expect(await read(done.order.id)).toMatchObject({ status: 'PLACED', due: { amount: 30 } });
    expect(await balanceOf(id)).toBe(0);
    await assertLedgerBalances(shop);
  });
});

describe('an order that the courier is paid for, with a voucher', () => {
  it('is paid when it is changed to what the voucher pays: nothing is collected, and the rest goes back to the voucher', async () => {
    const { cart: plain } = await buyer(5_000, []);
    const half = plain.total.gross.amount - 5_000;
    const [exact, more] = [await voucher(half), await voucher(half + 700)];
    for (const [id, refund] of [
      [exact, 0],
      [more, 700],
    ] as const) {
      const at = await buyer(5_000, [id]);
      const { order } = await complete(at, 'CASH_ON_DELIVERY');
      const lines = [{ variantId: at.variantId, quantity: 1 }];
      const PREVIEW = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } settlement refund { amount } } }`;
      const { orderEditPreview: preview } = await staff.ask(PREVIEW, {
        input: { orderId: order.id, lines },
      });
      expect(preview).toEqual({
        totalAfter: { amount: half },
        settlement: refund > 0 ? 'REFUND' : 'NONE',
        refund: { amount: refund },
      });

      await staffDoes('orderEdit', await settled(order.id), { lines, expectedTotal: half });

      const changed = await settled(order.id);
      expect(changed).toMatchObject({
        ...{ status: 'PAID', paymentStatus: 'PAID', total: { gross: { amount: half } }, due: { amount: 0 } },
        ...{
          tenders: [{ status: 'TAKEN' }],
          payments: [{ status: 'CANCELLED' }],
          refundedTotal: { amount: 0 },
        },
        ...{ refundable: { amount: half }, invoices: [{ kind: 'INVOICE', total: { amount: half } }] },
      });
      expect(changed.staffActions).not.toContain('MARK_RECEIVED');
      expect(await balanceOf(id)).toBe(refund);
    }
    await assertLedgerBalances(shop);
  });

  it('of which a shipment was refused: nothing was collected for the other, and the voucher has back what that did not cost', async () => {
    const { cart: plain } = await buyer(5_000, []);
    const total = plain.total.gross.amount;
    const id = await voucher(total - 1_000);
    const at = await buyer(5_000, [id]);
    const { order } = await complete(at, 'CASH_ON_DELIVERY');
    const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { shipment { id } errors { code } } }`;
    const NOTE = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }`;
    for (const status of ['DELIVERED', 'RETURNED']) {
      const { version, lines } = await settled(order.id);
      const input = {
        ...{ orderId: order.id, expectedVersion: version },
        lines: [{ orderLineId: lines[0].id, quantity: 1 }],
      };
      const { shipment } = (await staff.ask(SHIP, { input })).shipmentCreate;
      const noted = await staff.ask(NOTE, { input: { shipmentId: shipment.id, status } });
      expect(noted.shipmentUpdate.errors).toEqual([]);
    }

    await staffDoes('paymentMarkReceived', await settled(order.id), { amount: 0, restock: true });

    expect(await balanceOf(id)).toBe(4_000);
    expect(await settled(order.id)).toMatchObject({
      ...{ status: 'COMPLETED', refundedTotal: { amount: 5_000 }, refundable: { amount: total - 5_000 } },
      tenders: [{ status: 'TAKEN' }],
    });
    await assertLedgerBalances(shop);
  });
});

describe('a card payment of another amount than the vouchers left', () => {
  it('is accepted as it is: the price is what came in and what the voucher pays', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const done = await complete(at);
    const TAKES_A_TENTH_LESS = '4000 0000 0000 9235';
    await payWith(at.browser, done.paymentSession.clientSecret, TAKES_A_TENTH_LESS);
    const waiting = await settled(done.order.id);
    const came = waiting.acceptableAmount.amount;
    expect(waiting).toMatchObject({ status: 'REVIEW', tenders: [{ status: 'HELD' }] });
    expect(waiting.staffActions).toContain('ACCEPT_PAYMENT');
    expect(came).toBeLessThan(at.cart.due.amount);

    await staffDoes('paymentAccept', waiting, { expectedAmount: came });

    expect(await settled(done.order.id)).toMatchObject({
      ...{ status: 'PAID', total: { gross: { amount: came + 4_000 } }, due: { amount: came } },
      ...{ tenders: [{ status: 'TAKEN' }], refundable: { amount: came + 4_000 } },
      invoices: [{ kind: 'INVOICE', total: { amount: came + 4_000 } }],
    });
    expect(await movesOf(id)).toEqual(['DEBIT -4000']);
    await assertLedgerBalances(shop);
  });
});

describe('a card payment of more than the vouchers left', () => {
  it('is accepted: the price and the part of the voucher stay, and the surplus goes back to the card alone', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const done = await complete(at);
    const { clientSecret } = done.paymentSession;
    const total = at.cart.total.gross.amount;
    // Somebody takes more at the dashboard of the provider.
    await shop.sql(`CREATE FUNCTION take_more() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.received := NEW.received + 2500; RETURN NEW; END $$`);
    await shop.sql(`CREATE TRIGGER takes_more BEFORE UPDATE ON test_provider_intent FOR EACH ROW
      WHEN (OLD.received = 0 AND NEW.received > 0) EXECUTE FUNCTION take_more()`);
    await payWith(at.browser, clientSecret, GOOD_CARD);
    await shop.sql('DROP TRIGGER takes_more ON test_provider_intent');
    const waiting = await settled(done.order.id);
    const came = at.cart.due.amount + 2_500;
    expect(waiting).toMatchObject({ status: 'REVIEW', acceptableAmount: { amount: came } });

    await staffDoes('paymentAccept', waiting, { expectedAmount: came });

    expect(await settled(done.order.id)).toMatchObject({
      ...{ status: 'PAID', total: { gross: { amount: total } }, due: at.cart.due },
      ...{ tenders: [{ amount: { amount: 4_000 }, status: 'TAKEN' }], refundedTotal: { amount: 0 } },
      ...{ refundable: { amount: total }, invoices: [{ kind: 'INVOICE', total: { amount: total } }] },
    });
    expect(await movesOf(id)).toEqual(['DEBIT -4000']);
    const back = await shop.sql<{ amount: string }>(
      `SELECT r.amount FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.provider = 'TEST' AND p.order_id = (SELECT id FROM shop_order WHERE number = $1)`,
      [waiting.number],
    );
    expect(back.map(({ amount }) => Number(amount))).toEqual([2_500]);
    await assertLedgerBalances(shop);
  });
});

describe('a card payment of another amount that came when the voucher was free again', () => {
  it('is accepted only while the voucher can pay its part once more', async () => {
    const id = await voucher(4_000);
    const at = await buyer(5_000, [id]);
    const done = await complete(at);
    await payWith(at.browser, done.paymentSession.clientSecret, '4000 0000 0000 9235');
    const { number } = await settled(done.order.id);
    // As where the order had run out before: its voucher was given back then, and spent since.
    await shop.sql(
      `UPDATE payment SET status = 'CANCELLED' WHERE purpose = 'TENDER' AND order_id = (SELECT id FROM shop_order WHERE number = $1)`,
      [number],
    );
    await shop.sql('UPDATE voucher SET balance = 3999 WHERE id = $1', [id]);
    const waiting = await settled(done.order.id);
    const input = {
      ...{ orderId: waiting.id, expectedVersion: waiting.version, idempotencyKey: randomUUID() },
      expectedAmount: waiting.acceptableAmount.amount,
    };
    const ACCEPT = `mutation($input: PaymentAcceptInput!) { paymentAccept(input: $input) { errors { code } } }`;

    expect((await staff.ask(ACCEPT, { input })).paymentAccept.errors).toEqual([
      { code: 'STOCK_UNAVAILABLE' },
    ]);
    expect(await settled(waiting.id)).toMatchObject({ status: 'REVIEW', tenders: [{ status: 'RELEASED' }] });
    expect(await balanceOf(id)).toBe(3_999);

    await shop.sql('UPDATE voucher SET balance = 4000 WHERE id = $1', [id]);
    await staffDoes('paymentAccept', await settled(waiting.id), { expectedAmount: input.expectedAmount });

    expect(await settled(waiting.id)).toMatchObject({ status: 'PAID', tenders: [{ status: 'TAKEN' }] });
    expect(await balanceOf(id)).toBe(0);
    await assertLedgerBalances(shop);
  });
});

describe('vouchers that pay a whole order', () => {
  it('ask for no money on delivery, and no document says that somebody collected it', async () => {
    const at = await buyer(5_000, [await voucher(90_000)]);

    const done = await complete(at, 'CASH_ON_DELIVERY');

    const paid = await settled(done.order.id);
    expect(paid).toMatchObject({ status: 'PAID', due: { amount: 0 }, payments: [] });
    expect(paid.staffActions).not.toContain('MARK_RECEIVED');
    const [invoice] = await shop.sql<{ method: string | null }>(
      `SELECT content ->> 'paymentMethod' AS method FROM invoice WHERE order_id = (SELECT id FROM shop_order WHERE number = $1)`,
      [paid.number],
    );
    expect(invoice?.method).toBeNull();
    await assertLedgerBalances(shop);
  });

  it('place it at once without a payment, the smaller first, and cancelling gives all back', async () => {
    const [small, large] = [await voucher(1_000), await voucher(90_000)];
    const at = await buyer(5_000, [large, small]);
    const total = at.cart.total.gross.amount;
    expect(at.cart.due).toEqual({ amount: 0 });

    const done = await complete(at);

    expect(done).toMatchObject({
      errors: [],
      paymentSession: null,
      order: { status: 'PAID', paymentStatus: 'PAID' },
    });
    const paid = await shop.eventually(async () => {
      const order = await read(done.order.id);
      return order.invoices.length === 1 && order;
    });
    expect(paid).toMatchObject({
      payments: [],
      tenders: [
        { amount: { amount: 1_000 }, status: 'TAKEN' },
        { amount: { amount: total - 1_000 }, status: 'TAKEN' },
      ],
    });

    await staffDoes('orderCancel', await settled(paid.id), { restock: true });

    await shop.eventually(async () => (await read(paid.id)).refundedTotal.amount === total);
    expect([await balanceOf(small), await balanceOf(large)]).toEqual([1_000, 90_000]);
    await assertLedgerBalances(shop);
  });

  it('are spent once by two buyers who press at the same moment: the other is told that more is due', async () => {
    const id = await voucher(90_000);
    const pressed = await Promise.all(Array.from({ length: 8 }, () => buyer(35_000, [id])));

    const answers = await Promise.all(pressed.map((at) => complete(at)));

    expect(answers.filter(({ order }) => order)).toHaveLength(1);
    for (const { order, errors, cart } of answers) {
      if (order) continue;
      expect(errors).toEqual([{ code: 'PRICE_CHANGED' }]);
      expect(cart.due.amount).toBeGreaterThan(0);
    }
    expect(await balanceOf(id)).toBeGreaterThanOrEqual(0);
    await assertLedgerBalances(shop);
  });
});

describe('a shop whose buyers pay with no account', () => {
  it('sends no statement to a ledger', async () => {
    const at = await buyer(5_000, []);

    const sent = await countStatements(() => complete(at));

    expect(sent.texts.filter((text) => /voucher|purpose = .TENDER/.test(text))).toEqual([]);
  });
});
