import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ROUNDS = 20;

let shop: TestShop;
let staff: GraphqlClient;
let driver: StockDriver;
beforeAll(async () => {
  shop = await TestShop.open({ env: { LOW_STOCK_THRESHOLD: '2' } });
  staff = await shop.staff();
  driver = await StockDriver.at(shop);
});
afterAll(() => shop.close());

async function change(lowStockThreshold: number): Promise<Answer[]> {
  const text = `mutation($input: StockSettingsUpdateInput!) { stockSettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input: { lowStockThreshold } })).stockSettingsUpdate.errors;
}

/** The label of a product in lists. */
async function labelled(slug: string, availability: string): Promise<void> {
  await shop.eventually(async () => {
    const { products } = await shop.guest().ask('{ products(first: 100) { nodes { slug availability } } }');
    return products.nodes.find((each: Answer) => each.slug === slug)?.availability === availability;
  });
}

async function onPageAt(at: TestShop, slug: string): Promise<string> {
  const { product } = await at
    .guest()
    .ask('query($slug: String!) { product(slug: $slug) { variants { availability } } }', {
      slug,
    });
  return product.variants[0].availability;
}

it('five mugs are enough until the shopkeeper says that five are few: then every process and list says so', async () => {
  const mug = await shop.stock({ name: 'Few Mug', sku: 'FEW-MUG', price: 5000, stock: 5 });
  const other = await shop.beside();
  try {
    expect((await staff.ask('{ settings { stock { lowStockThreshold } } }')).settings.stock).toEqual({
      lowStockThreshold: 2,
    });
    expect(await driver.item(mug)).toMatchObject({ isLow: false, lowStockThreshold: 2 });
    await labelled('few-mug', 'IN_STOCK');
    expect(await onPageAt(other, 'few-mug')).toBe('IN_STOCK');

    expect(await change(5)).toEqual([]);

    expect(await driver.item(mug)).toMatchObject({ isLow: true, lowStockThreshold: 5 });
    expect(await onPageAt(shop, 'few-mug')).toBe('LOW_STOCK');
    expect(await onPageAt(other, 'few-mug')).toBe('LOW_STOCK');
    await labelled('few-mug', 'LOW_STOCK');

    expect(await change(2)).toEqual([]);
    await labelled('few-mug', 'IN_STOCK');
  } finally {
    await other.close();
  }
});

it('a variant that has a number of its own keeps it', async () => {
  const jar = await shop.stock({ name: 'Own Jar', sku: 'OWN-JAR', price: 5000, stock: 4 });
  await staff.ask(
    'mutation($id: ID!) { productVariantUpdate(input: { variantId: $id, lowStockThreshold: 1 }) { errors { code } } }',
    { id: jar },
  );

  await change(10);

  expect(await driver.item(jar)).toMatchObject({ isLow: false, lowStockThreshold: 1 });
  expect(await onPageAt(shop, 'own-jar')).toBe('IN_STOCK');
  await change(2);
});

it('what is no number of units is refused', async () => {
  for (const units of [-1, 100_001])
    expect(await change(units)).toEqual([{ code: 'INVALID_INPUT', path: ['lowStockThreshold'] }]);
});

it('sales while the number changes leave no product with a label of the old one', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const sku = `SOLD-MEANWHILE-${round}`;
    const variantId = await shop.stock({ name: sku, sku, price: 5000, stock: 10 });
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 6 }]);

    // Four are left: enough by the number 2, few by the number 6.
    const [, errors] = await Promise.all([complete(browser, cart), change(6)]);

    expect(errors).toEqual([]);
    await labelled(sku.toLowerCase(), 'LOW_STOCK');
    await change(2);
  }
});

it('a change waits for the sale that has read the number before, whose label then follows the new one', async () => {
  const variantId = await shop.stock({ name: 'Late Sale', sku: 'LATE-SALE', price: 5000, stock: 10 });
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 6 }]);
  const waits = (query: string): Promise<boolean> =>
    shop.eventually(
      async () =>
        (
          await shop.sql(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
            [query],
          )
        ).length > 0,
    );

  const blocker = await shop.shop.database.pool.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query(
      `SELECT FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = 'LATE-SALE' FOR UPDATE OF s`,
    );
    const sale = complete(browser, cart);
    await waits('%stock_level%FOR UPDATE%');
    const changed = change(6);
    await waits('LOCK TABLE stock_level%');
    await blocker.query('COMMIT');
    await sale;
    expect(await changed).toEqual([]);
  } finally {
    blocker.release();
  }

  await labelled('late-sale', 'LOW_STOCK');
  await change(2);
});

it('a shop that is started again keeps the number of its staff', async () => {
  await change(4);
  const pot = await shop.stock({ name: 'Kept Pot', sku: 'KEPT-POT', price: 5000, stock: 4 });
  const again = await shop.beside({ env: { LOW_STOCK_THRESHOLD: '1' } });
  try {
    expect(await driver.item(pot)).toMatchObject({ isLow: true, lowStockThreshold: 4 });
    expect(await onPageAt(again, 'kept-pot')).toBe('LOW_STOCK');
  } finally {
    await again.close();
  }
});
