import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  openStripePayments,
  openTestPayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;

const CART =
  '{ cart { id version lines { quantity } total { gross { amount } } missingSteps warnings { code } } }';

async function cartOf(browser: GraphqlClient): Promise<Answer | null> {
  return (await browser.ask(CART)).cart;
}

/** A full cart whose buyer looks at it and has not pressed "pay". */
async function looking(
  sku: string,
  stock = 3,
): Promise<{ browser: GraphqlClient; cart: Answer; variantId: string }> {
  const variantId = await simulator.shop.stock({ name: sku, sku, price: 10_000, stock });
  const browser = simulator.shop.guest();
  return {
    browser,
    variantId,
    cart: await readyCart(browser, [{ variantId, quantity: 1 }], `${sku}@example.test`),
  };
}

/** What the owner changes in the shop's settings is known everywhere a moment later. */
async function changed(sql: string, browser: GraphqlClient, isSo: (cart: Answer) => boolean): Promise<void> {
  await simulator.shop.sql(sql);
  await simulator.shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
  await simulator.shop.eventually(async () => {
    const cart = await cartOf(browser);
    return cart && isSo(cart);
  });
}

const hasWarning =
  (code: string) =>
  (cart: Answer): boolean =>
    cart.warnings.some((warning: Answer) => warning.code === code);

describe('the checkout says what has changed since the buyer looked', () => {
  beforeAll(async () => {
    simulator = await openTestPayments();
    at = new BuyerDriver(simulator);
  });
  afterAll(() => simulator.close());

  it('when a thing costs more now', async () => {
    const { browser, cart } = await looking('DEARER');
    await simulator.shop.sql(`UPDATE variant SET price = 12000 WHERE sku = 'DEARER'`);

    const answer = await complete(browser, cart);

    expect(answer.order).toBeNull();
    expect(answer.errors).toMatchObject([
      { code: 'PRICE_CHANGED', currentTotal: { amount: cart.total.gross.amount + 2_000 } },
    ]);
    // The buyer can agree and press again without another question.
    expect(answer.cart.total.gross.amount).toBe(cart.total.gross.amount + 2_000);
    expect(answer.warnings).toEqual([{ code: 'PRICE_CHANGED' }]);
    const agreed = await cartOf(browser);
    expect(await complete(browser, agreed as Answer)).toMatchObject({ errors: [] });
  });

  it('when a thing is no longer sold', async () => {
    const { browser, cart } = await looking('WITHDRAWN');
    await simulator.shop.sql(
      `UPDATE product SET status = 'ARCHIVED' WHERE id = (SELECT product_id FROM variant WHERE sku = 'WITHDRAWN')`,
    );

    const answer = await complete(browser, cart);

    expect(answer.errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: 0 }]);
    expect(answer.warnings).toEqual([{ code: 'VARIANT_UNAVAILABLE' }]);
  });

  it('when the delivery costs more now, and when it is not offered any more', async () => {
    const { browser, cart } = await looking('DELIVERED');
    await changed(priceUp(500), browser, hasWarning('SHIPPING_CHANGED'));
    const dearer = await complete(browser, cart);
    await changed(
      'UPDATE shipping_method SET active = false WHERE id IN (SELECT shipping_method_id FROM cart)',
      browser,
      ({ missingSteps }) => missingSteps.includes('SHIPPING_METHOD'),
    );

    const gone = await complete(browser, cart);

    await simulator.shop.sql('UPDATE shipping_method SET active = true');
    await simulator.shop.sql(priceUp(-500));
    await simulator.shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
    expect(dearer.errors).toMatchObject([
      { code: 'PRICE_CHANGED', currentTotal: { amount: cart.total.gross.amount + 500 } },
    ]);
    expect(dearer.warnings).toEqual([{ code: 'SHIPPING_CHANGED' }]);
    expect(gone.errors).toMatchObject([{ code: 'SHIPPING_METHOD_UNAVAILABLE' }]);
    expect(gone.warnings).toEqual([{ code: 'SHIPPING_CHANGED' }]);
    expect(gone.order).toBeNull();
    await simulator.shop.eventually(async () => (await cartOf(browser))?.missingSteps.length === 0);
  });

  it('and nothing of a refused checkout is held', async () => {
    expect(
      await simulator.shop.sql(
        `SELECT 1 FROM reservation r JOIN shop_order o ON o.id = r.order_id WHERE r.status = 'ACTIVE' AND o.status <> 'PENDING_PAYMENT'`,
      ),
    ).toEqual([]);
    await assertLedgerBalances(simulator.shop);
  });
});

const cases = [
  ['the test provider', openTestPayments],
  ['Stripe', openStripePayments],
] as const;

describe.each(cases)('a cart whose order came to nothing, at %s', (_name, open) => {
  let staff: GraphqlClient;
  beforeAll(async () => {
    simulator = await open();
    at = new BuyerDriver(simulator);
    staff = await simulator.shop.staff();
  });
  afterAll(() => simulator.close());

  const untilReopened = ({ browser }: Buyer): Promise<Answer> =>
    simulator.shop.eventually(() => cartOf(browser));

  it('is the buyer’s again when the order expires, and can be bought', async () => {
    const buyer = await at.startCheckout();
    const frozen = await cartOf(buyer.browser);
    await at.runOut(buyer);

    const cart = await untilReopened(buyer);
    const again = await complete(buyer.browser, cart);

    expect(frozen).toBeNull();
    expect(cart.lines).toEqual([{ quantity: 1 }]);
    expect(again).toMatchObject({ errors: [], order: { status: 'PENDING_PAYMENT' } });
    expect(again.order.id).not.toBe(buyer.orderId);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 1 });
  });

  it('is the buyer’s again when staff cancels before it was paid, and stays bought when a placed order is cancelled', async () => {
    const [unpaid, paid] = [await at.startCheckout(), await at.paid(GOOD_CARD)];
    await at.staffDoes(staff, 'orderCancel', paid);
    await at.staffDoes(staff, 'orderCancel', unpaid);

    await untilReopened(unpaid);

    expect(await cartOf(paid.browser)).toBeNull();
  });

  it('is not bought twice when the money comes late all the same', async () => {
    const buyer = await at.startCheckout();
    await at.runOut(buyer);
    await untilReopened(buyer);
    await simulator.succeedAgainstAllOdds(buyer.secret);

    await simulator.call(buyer.secret);

    await at.until(buyer, ({ status }) => status === 'PAID');
    expect(await cartOf(buyer.browser)).toBeNull();
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('keeps the second order, and sends the late money of the first back', async () => {
    const buyer = await at.startCheckout();
    await at.runOut(buyer);
    const again = await complete(buyer.browser, await untilReopened(buyer), randomUUID(), 'CASH_ON_DELIVERY');
    await simulator.succeedAgainstAllOdds(buyer.secret);

    await simulator.call(buyer.secret);

    const first = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(first.status).toBe('EXPIRED');
    expect(again.order.status).toBe('PLACED');
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('decides once when the late money and a second press on "pay" come at the same moment', async () => {
    const race = await Promise.all(Array.from({ length: 4 }, () => at.startCheckout()));
    for (const buyer of race) await at.runOut(buyer);
    const carts = await Promise.all(race.map(untilReopened));
    for (const buyer of race) await simulator.succeedAgainstAllOdds(buyer.secret);

    await Promise.all(
      race.flatMap((buyer, i) => [
        simulator.call(buyer.secret),
        complete(buyer.browser, carts[i] ?? {}, randomUUID(), 'CASH_ON_DELIVERY'),
      ]),
    );

    for (const buyer of race) {
      await at.until(buyer, ({ status, paymentStatus }) => status === 'PAID' || paymentStatus === 'REFUNDED');
      expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
    }
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop, simulator.stripe);
  });
});

describe.each([
  ['JPY', 4_200, 49, 'AMOUNT_TOO_SMALL'],
  ['ISK', 4_200, null, null],
  ['KWD', 12_340, 12_345, 'AMOUNT_NOT_PAYABLE'],
] as const)('a shop that sells for %s', (currency, good, bad, userError) => {
  beforeAll(async () => {
    simulator = await openStripePayments({ env: { SHOP_CURRENCY: currency } });
    at = new BuyerDriver(simulator);
    await simulator.shop.sql(`UPDATE shipping_rate SET currency = $1, args = '{"price": 0}'`, [currency]);
    await simulator.shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
  });
  afterAll(() => simulator.close());

  /** What TestShop prices in lei costs the same number of this currency's units. */
  async function press(price: number): Promise<{ answer: Answer; variantId: string }> {
    const sku = `${currency}-${price}`;
    const variantId = await simulator.shop.stock({ name: sku, sku, price, stock: 1 });
    await simulator.shop.sql('UPDATE variant SET currency = $1 WHERE sku = $2', [currency, sku]);
    const browser = simulator.shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }], `${sku}@example.test`);
    return { answer: await complete(browser, cart), variantId };
  }

  it('charges exactly the total, in the units that Stripe wants', async () => {
    const { answer } = await press(good);

    const intent = [...(simulator.stripe?.intents.values() ?? [])].at(-1);
    const { paymentSession } = answer;
    await simulator.pay(paymentSession.clientSecret, GOOD_CARD);
    await simulator.call(paymentSession.clientSecret);

    expect(paymentSession.amount.amount).toBe(good);
    expect(intent?.amount).toBe(currency === 'ISK' ? good * 100 : good);
    await simulator.shop.eventually(
      async () =>
        (
          await simulator.shop.sql(`SELECT 1 FROM shop_order WHERE status = 'PAID' AND total_gross = $1`, [
            good,
          ])
        ).length === 1,
    );
  });

  if (bad !== null && userError)
    it('refuses what Stripe cannot take before anything is held', async () => {
      const before = simulator.stripe?.requests.length;

      const { answer } = await press(bad);

      expect(answer).toMatchObject({ order: null, errors: [{ code: userError }] });
      expect(simulator.stripe?.requests.length).toBe(before);
      expect(await simulator.shop.sql(`SELECT 1 FROM reservation WHERE status = 'ACTIVE'`)).toEqual([]);
    });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop, simulator.stripe);
  });
});

/** What every delivery costs at a flat price, changed behind the back of the shop. */
function priceUp(by: number): string {
  return `UPDATE shipping_rate SET args = jsonb_set(args, '{price}', to_jsonb((args ->> 'price')::bigint + ${by}))`;
}
