import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let driver: StockDriver;
beforeAll(async () => {
  shop = await TestShop.open({ env: { LOW_STOCK_THRESHOLD: '5' } });
  driver = await StockDriver.at(shop);
});
afterAll(() => shop.close());

it('says once that a variant runs low, however many buyers take it below the threshold together', async () => {
  const mug = await shop.stock({ name: 'Mug', sku: 'LOW-MUG', price: 5000, stock: 12 });
  const guests = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const browser = shop.guest();
      return { browser, cart: await readyCart(browser, [{ variantId: mug, quantity: 1 }]) };
    }),
  );

  await Promise.all(guests.map(({ browser, cart }) => complete(browser, cart)));

  expect(await driver.lowStockEvents()).toEqual([{ available: 5, threshold: 5 }]);
  expect(await driver.item(mug)).toMatchObject({ available: 0, isLow: true, lowStockThreshold: 5 });
});

it('says it again after stock came in and runs low anew, by the threshold of the variant itself', async () => {
  const jar = await shop.stock({ name: 'Jar', sku: 'LOW-JAR', price: 5000, stock: 3 });
  const before = (await driver.lowStockEvents()).length;
  await driver.staff.ask(
    'mutation($id: ID!) { productVariantUpdate(input: { variantId: $id, lowStockThreshold: 1 }) { errors { code } } }',
    { id: jar },
  );
  const sellTwo = async (): Promise<void> => {
    const browser = shop.guest();
    await complete(browser, await readyCart(browser, [{ variantId: jar, quantity: 2 }]));
  };

  await sellTwo();
  await driver.receive(jar, await driver.main(), 2);
  await sellTwo();

  expect((await driver.lowStockEvents()).slice(before)).toEqual([
    { available: 1, threshold: 1 },
    { available: 1, threshold: 1 },
  ]);
});

it("labels a variant by the shop's own threshold", async () => {
  await shop.stock({ name: 'Pot', sku: 'LOW-POT', price: 5000, stock: 5 });

  const { product } = await shop
    .guest()
    .ask('{ product(slug: "low-pot") { availability variants { availability } } }');

  expect(product).toEqual({ availability: 'LOW_STOCK', variants: [{ availability: 'LOW_STOCK' }] });
});

it('and in the end the ledger balances', () => assertLedgerBalances(shop));
