import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const IBAN = 'RO66BACX0000001234567890';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

async function change(group: 'Payments' | 'Holds', input: object): Promise<Answer[]> {
  const name = `${group.toLowerCase()}SettingsUpdate`;
  const text = `mutation($input: ${group}SettingsUpdateInput!) { ${name}(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input }))[name].errors;
}

async function cartOf(browser = shop.guest()): Promise<{ browser: GraphqlClient; cart: Answer }> {
  return { browser, cart: await readyCart(browser, [{ variantId, quantity: 1 }]) };
}

const ALL = ['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'];
const offered = async (browser: GraphqlClient): Promise<string[]> =>
  (await browser.ask('{ cart { paymentMethods } }')).cart.paymentMethods;

/** For how long the stock of the order is held from now on. */
async function heldFor(number: string): Promise<number> {
  const [row] = await shop.sql<{ until: Date }>(
    `SELECT expires_at AS until FROM shop_order WHERE number = $1`,
    [number],
  );
  return (row?.until.getTime() ?? 0) - shop.clock.now().getTime();
}

describe('the ways to pay', () => {
  it('that staff takes back are gone from carts at once and refused, while a placed order keeps its own', async () => {
    const [early, late] = [await cartOf(), await cartOf()];
    const placed = await complete(early.browser, early.cart, undefined, 'BANK_TRANSFER');

    expect(await change('Payments', { methods: ['CASH_ON_DELIVERY', 'CARD'] })).toEqual([]);
    expect(await offered(late.browser)).toEqual(['CARD', 'CASH_ON_DELIVERY']);
    const refused = await complete(late.browser, late.cart, undefined, 'BANK_TRANSFER');

    expect(refused.errors).toMatchObject([{ code: 'PAYMENT_METHOD_NOT_OFFERED' }]);
    const kept = await shop.sql(`SELECT payment_method FROM shop_order WHERE number = $1`, [
      placed.order.number,
    ]);
    expect(kept).toEqual([{ payment_method: 'BANK_TRANSFER' }]);
    expect(await change('Payments', { methods: ALL })).toEqual([]);
    expect(await offered(late.browser)).toEqual(ALL);
  });

  it('need an account for bank transfer, with an IBAN that can be right, and at least one is left', async () => {
    expect(await change('Payments', { transferIban: null })).toEqual([
      { code: 'BANK_ACCOUNT_MISSING', path: ['transferIban'] },
    ]);
    expect(await change('Payments', { transferHolder: null })).toEqual([
      { code: 'BANK_ACCOUNT_MISSING', path: ['transferHolder'] },
    ]);
    expect(await change('Payments', { transferIban: 'RO48AAAA1B31007593840000' })).toEqual([
      { code: 'INVALID_INPUT', path: ['transferIban'] },
    ]);
    expect(await change('Payments', { methods: [] })).toEqual([{ code: 'INVALID_INPUT', path: ['methods'] }]);
  });

  it('show whoever still has to transfer the account as it is now', async () => {
    const { browser, cart } = await cartOf();
    const { order } = await complete(browser, cart, undefined, 'BANK_TRANSFER');
    await change('Payments', {
      transferHolder: 'Lut Nou SRL',
      transferIban: 'ro66 bacx 0000 0012 3456 7890',
    });

    const shown = await staff.ask('query($id: ID!) { order(id: $id) { bankTransfer { holder iban } } }', {
      id: order.id,
    });
    expect(shown.order.bankTransfer).toEqual({ holder: 'Lut Nou SRL', iban: IBAN });
  });

  it('changed in the middle of many checkouts let each through or refuse it, and none that began after', async () => {
    for (let round = 0; round < 5; round++) {
      const carts = await Promise.all(Array.from({ length: 6 }, () => cartOf()));
      const pressed = carts.map(({ browser, cart }) =>
        complete(browser, cart, undefined, 'CASH_ON_DELIVERY'),
      );
      const changed = change('Payments', { methods: ['CARD'] });
      const answers = await Promise.all(pressed);
      expect(await changed).toEqual([]);

      for (const { order, errors } of answers)
        expect(order ? 'placed' : errors[0].code).toMatch(/^(placed|PAYMENT_METHOD_NOT_OFFERED)$/);
      const { browser, cart } = await cartOf();
      const after = await complete(browser, cart, undefined, 'CASH_ON_DELIVERY');
      expect(after.errors).toMatchObject([{ code: 'PAYMENT_METHOD_NOT_OFFERED' }]);
      await change('Payments', { methods: ALL });
    }
  });
});

describe('the time for which stock is held', () => {
  it('is that of the settings from the next order on, and an order that was begun keeps its own', async () => {
    const first = await cartOf();
    const before = await complete(first.browser, first.cart);
    await change('Holds', { checkoutMinutes: 45, transferDays: 3 });

    const [card, transfer] = [await cartOf(), await cartOf()];
    const after = await complete(card.browser, card.cart);
    const waiting = await complete(transfer.browser, transfer.cart, undefined, 'BANK_TRANSFER');

    expect(await heldFor(before.order.number)).toBeLessThanOrEqual(30 * MINUTE);
    expect(await heldFor(after.order.number)).toBeGreaterThan(43 * MINUTE);
    expect(await heldFor(waiting.order.number)).toBeGreaterThan(2.9 * DAY);
    expect(await heldFor(waiting.order.number)).toBeLessThanOrEqual(3 * DAY);
  });

  it('is that of the settings for carts that hold stock, from their next change on', async () => {
    const other = await shop.beside({ env: { STOCK_HOLD: 'cart' } });
    try {
      await change('Holds', { cartMinutes: 90 });
      const sku = await shop.stock({ name: 'Vază', sku: 'VAZA', price: 9_000, stock: 5 });
      await readyCart(other.guest(), [{ variantId: sku, quantity: 1 }]);
      const [row] = await shop.sql<{ until: Date }>(
        `SELECT max(expires_at) AS until FROM reservation WHERE cart_id IS NOT NULL`,
      );
      const minutes = ((row?.until.getTime() ?? 0) - other.clock.now().getTime()) / MINUTE;
      expect(minutes).toBeGreaterThan(85);
      expect(minutes).toBeLessThanOrEqual(90);
    } finally {
      await other.close();
    }
  });

  it('refuses no time at all, and longer than a week for a checkout', async () => {
    expect(await change('Holds', { checkoutMinutes: 0 })).toEqual([
      { code: 'INVALID_INPUT', path: ['checkoutMinutes'] },
    ]);
    expect(await change('Holds', { checkoutMinutes: 20_000 })).toEqual([
      { code: 'INVALID_INPUT', path: ['checkoutMinutes'] },
    ]);
    expect(await change('Holds', { transferDays: 61 })).toEqual([
      { code: 'INVALID_INPUT', path: ['transferDays'] },
    ]);
  });
});
