import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PAYLOAD = `cart { lines { id quantity } warnings { code availableQuantity } }
  errors { code path ... on InsufficientStockError { availableQuantity } }`;

const add = async (browser: GraphqlClient, variantId: string, quantity: number) =>
  (
    await browser.ask(`mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { ${PAYLOAD} } }`, {
      input: { variantId, quantity },
    })
  ).cartLineAdd;
const set = async (browser: GraphqlClient, lineId: string, quantity: number) =>
  (
    await browser.ask(
      `mutation($input: CartLineUpdateInput!) { cartLineUpdate(input: $input) { ${PAYLOAD} } }`,
      { input: { lineId, quantity } },
    )
  ).cartLineUpdate;

describe('a cart that asks for more than is left', () => {
  let shop: TestShop;
  let mug: string;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
    mug = await shop.stock({ name: 'Mug', sku: 'FEWER-MUG', price: 5000, stock: 10 });
  });
  afterAll(() => shop.close());

  it('lets the buyer ask for fewer while that is still too many, and never for more', async () => {
    const browser = shop.guest();
    const { cart } = await add(browser, mug, 10);
    const [line] = cart.lines;
    await shop.sql(
      `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind)
       SELECT new_id(), s.variant_id, s.location_id, -5, 0, 'ADJUST' FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = 'FEWER-MUG'`,
    );

    expect(await set(browser, line.id, 9)).toMatchObject({
      errors: [],
      cart: { lines: [{ quantity: 9 }], warnings: [{ code: 'QUANTITY_REDUCED', availableQuantity: 5 }] },
    });
    expect((await set(browser, line.id, 10)).errors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: 5 },
    ]);
    expect(await set(browser, line.id, 5)).toMatchObject({ errors: [], cart: { warnings: [] } });
    expect((await set(browser, line.id, 0)).cart.lines).toEqual([]);
  });
});

describe('a line of the cart', () => {
  let shop: TestShop;
  let mug: string;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
    mug = await shop.stock({ name: 'Mug', sku: 'MANY-MUG', price: 5000, stock: 2000 });
  });
  afterAll(() => shop.close());

  it('says so when it would hold more than 999 pieces, and stays as it was', async () => {
    const browser = shop.guest();
    await add(browser, mug, 990);

    expect((await add(browser, mug, 20)).errors).toMatchObject([
      { code: 'QUANTITY_LIMIT', path: ['quantity'] },
    ]);
    const { cart, errors } = await add(browser, mug, 9);
    expect(errors).toEqual([]);
    expect(cart.lines).toMatchObject([{ quantity: 999 }]);
  });
});
