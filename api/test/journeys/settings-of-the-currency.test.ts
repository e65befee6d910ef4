import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BRASOV, buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 4_990, stock: 5_000 });
});
afterAll(() => shop.close());
// As the shop was before its first order, which nobody but its operator can make it again.
beforeEach(async () => {
  await forgetOrders();
  expect(await changeTo('RON')).toEqual([]);
});

/** In a transaction, which is tried again where a job is at one of the orders at that moment and each waits for the other. */
const forgetOrders = (): Promise<unknown> =>
  shop.shop.database.transaction((tx) => tx.client.query('TRUNCATE shop_order CASCADE'));

async function changeTo(currency: string): Promise<Answer[]> {
  const text = `mutation($input: RegionalSettingsUpdateInput!) { regionalSettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input: { currency } })).regionalSettingsUpdate.errors;
}
const LOCKED = [{ code: 'CURRENCY_LOCKED', path: ['currency'] }];

const regional = async (): Promise<Answer> =>
  (await staff.ask('{ settings { regional { currency isCurrencyLocked } } }')).settings.regional;

/** The currencies of all that has a price, by table. */
async function currencies(): Promise<Record<string, string[]>> {
  const tables = ['product', 'variant', 'shipping_rate', 'region', 'cart', 'shop_order'];
  const rows = await shop.sql<{ place: string; currency: string }>(
    tables.map((table) => `SELECT DISTINCT '${table}' AS place, currency FROM ${table}`).join(' UNION ALL '),
  );
  return Object.fromEntries(
    tables.map((table) => [
      table,
      rows.filter(({ place }) => place === table).map(({ currency }) => currency),
    ]),
  );
}

describe('before the first order', () => {
  it('changed in one process, every price of the other keeps its number and has the new currency', async () => {
    const other = await shop.beside();
    try {
      const buyer = other.guest();
      await readyCart(buyer, [{ variantId, quantity: 2 }]);
      const prices = `{ shop { currency freeShippingFrom { currency } }
        cart { total { gross { amount currency } } shippingMethods { price { gross { currency } } } }
        products(first: 1, filter: { priceMin: 1 }) { nodes { priceRange { min { amount currency } } } priceBounds { min { currency } } } }`;
      const inLei = await buyer.ask(prices);

      expect(await changeTo('EUR')).toEqual([]);

      const inEuros = await buyer.ask(prices);
      expect(JSON.stringify(inLei)).not.toContain('EUR');
      expect(inEuros).toEqual(JSON.parse(JSON.stringify(inLei).replaceAll('RON', 'EUR')));
      expect((await other.guest().ask('{ shop { currency } }')).shop.currency).toBe('EUR');
    } finally {
      await other.close();
    }
  });

  it('asks a buyer again who agreed to the same number of another currency', async () => {
    const buyer = shop.guest();
    const cart = await readyCart(buyer, [{ variantId, quantity: 1 }]);

    await changeTo('EUR');

    const refused = await complete(buyer, cart);
    expect(refused.order).toBeNull();
    expect(refused.errors).toMatchObject([{ code: 'STALE_VERSION' }]);
    const again = await complete(buyer, { ...cart, version: refused.cart.version });
    expect(again.errors).toEqual([]);
    expect((await currencies())['shop_order']).toEqual(['EUR']);
  });

  it('keeps the currency where prices could not keep their numbers, and takes none that does not exist', async () => {
    expect(await changeTo('JPY')).toEqual(LOCKED);
    expect(await changeTo('KWD')).toEqual(LOCKED);
    expect(await changeTo('ABC')).toEqual([{ code: 'INVALID_INPUT', path: ['currency'] }]);
    expect(await regional()).toEqual({ currency: 'RON', isCurrencyLocked: false });
  });

  it('begins in the currency of the environment, where a shop without prices may take any', async () => {
    const japanese = await TestShop.open({ env: { SHOP_CURRENCY: 'EUR' } });
    try {
      await japanese.sql('DELETE FROM shipping_rate');
      const owner = await japanese.staff();
      const text = `mutation { regionalSettingsUpdate(input: { currency: "JPY" }) { settings { regional { currency } } errors { code } } }`;
      const { settings, errors } = (await owner.ask(text)).regionalSettingsUpdate;
      expect(errors).toEqual([]);
      expect(settings.regional.currency).toBe('JPY');
    } finally {
      await japanese.close();
    }
  });
});

describe('with an order', () => {
  it('stays, whether a buyer placed it or staff only drew it up', async () => {
    await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    expect(await changeTo('EUR')).toEqual(LOCKED);
    expect(await regional()).toEqual({ currency: 'RON', isCurrencyLocked: true });

    await forgetOrders();
    const driver = await OrderEditingDriver.open(shop);
    await driver.drafted([{ variantId, quantity: 1 }]);
    expect(await changeTo('EUR')).toEqual(LOCKED);
    expect([...new Set(Object.values(await currencies()).flat())]).toEqual(['RON']);
  });

  it('leaves other settings of the group to be changed', async () => {
    await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const text = `mutation { regionalSettingsUpdate(input: { currency: "RON", timeZone: "Europe/Paris" }) { errors { code } } }`;
    expect((await staff.ask(text)).regionalSettingsUpdate.errors).toEqual([]);
  });
});

/**
 * Begins a cart while the currency may change. No delivery is chosen in it: an answer of that moment may offer none, because
 * the cart is priced as of before and the prices of deliveries are those of after, which are never mixed.
 */
async function beginCart(browser: GraphqlClient): Promise<void> {
  const add = `mutation($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 1 }) { errors { code } } }`;
  expect((await browser.ask(add, { id: variantId })).cartLineAdd.errors).toEqual([]);
  const send = `mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { errors { code } } }`;
  expect((await browser.ask(send, { address: BRASOV })).cartAddressesUpdate.errors).toEqual([]);
}

it('is one, of every price and every order, however the first orders, new goods and the change meet', async () => {
  const other = await shop.beside();
  const drivers = await OrderEditingDriver.open(shop);
  const outcomes = new Set<string>();
  try {
    for (let round = 0; round < 12; round++) {
      await forgetOrders();
      await changeTo('RON');
      const buyers = await Promise.all(
        [shop, other, other].map(async (process) => {
          const browser = process.guest();
          return { browser, cart: await readyCart(browser, [{ variantId, quantity: 1 }]) };
        }),
      );
      const create = `mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { id } errors { code } } }`;
      const goods = {
        translations: [{ locale: 'RO', name: `Bol ${round}` }],
        variants: [{ sku: `BOL-${round}`, price: 1_000, stock: 1 }],
      };

      const later = (most: number): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, Math.random() * most));
      const [changed] = await Promise.all([
        later(20).then(() => changeTo('EUR')),
        ...buyers.map(({ browser, cart }) => later(60).then(() => complete(browser, cart))),
        later(60).then(() => drivers.drafted([{ variantId, quantity: 1 }])),
        later(30).then(() => staff.ask(create, { input: goods })),
        ...[shop, other].map((process) => later(30).then(() => beginCart(process.guest()))),
      ]);

      const { currency } = await regional();
      outcomes.add(currency);
      expect(changed.length === 0 ? 'EUR' : 'RON').toBe(currency);
      const all = await currencies();
      for (const [table, found] of Object.entries(all)) expect([table, found]).toEqual([table, [currency]]);
    }
    expect(outcomes.size).toBeGreaterThan(0);
  } finally {
    await other.close();
  }
});
