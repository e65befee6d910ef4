import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { unitsInStock } from '@vitrine/testing/shop/stock-levels.js';
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

describe('the number of pieces in stock', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
  });
  afterAll(() => shop.close());

  /** The largest quantity that a fresh cart takes: what anybody finds out by halving. */
  async function mostAccepted(variantId: string): Promise<number> {
    let [accepted, refused] = [0, 1000];
    while (refused - accepted > 1) {
      const middle = Math.floor((accepted + refused) / 2);
      const { errors } = await add(shop.guest(), variantId, middle);
      if (errors.length === 0) accepted = middle;
      else refused = middle;
    }
    return accepted;
  }

  it('cannot be found out by asking for half and half again', async () => {
    const [some, more, ten] = [
      await shop.stock({ name: 'Some', sku: 'ROUGH-313', price: 500, stock: 313 }),
      await shop.stock({ name: 'More', sku: 'ROUGH-371', price: 500, stock: 371 }),
      await shop.stock({ name: 'Ten', sku: 'ROUGH-10', price: 500, stock: 10 }),
    ];

    expect(await mostAccepted(some)).toBe(400);
    expect(await mostAccepted(more)).toBe(400);
    expect(await mostAccepted(ten)).toBe(10);
  });

  it('nor by what is said of the cart afterwards, nor by bringing two carts together', async () => {
    const jar = await shop.stock({ name: 'Jar', sku: 'ROUGH-JAR', price: 500, stock: 313 });
    const browser = shop.guest({ 'x-vitrine-client': 'storefront' });
    const { cart } = await add(browser, jar, 390);
    const { cart: read } = await browser.ask('{ cart { missingSteps warnings { code } } }');
    const own = await shop.customer('bob@example.com', 'Bob@123');
    await add(own, jar, 390);
    const login =
      'mutation { login(input: { email: "bob@example.com", password: "Bob@123" }) { errors { code } } }';

    await browser.ask(login);
    const { cart: merged } = await own.ask('{ cart { lines { quantity } } }');

    expect(cart.warnings).toEqual([]);
    expect(read.warnings).toEqual([]);
    expect(read.missingSteps).not.toContain('STOCK');
    expect(merged.lines).toEqual([{ quantity: 400 }]);
  });

  it('and no piece is sold that is not there: the checkout refuses what the cart took', async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'ROUGH-CUP', price: 500, stock: 13 });
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId: cup, quantity: 15 }], 'fifteen@example.test');

    const answer = await complete(browser, cart);

    expect(answer).toMatchObject({
      order: null,
      errors: [{ code: 'INSUFFICIENT_STOCK', availableQuantity: null }],
    });
    expect(await unitsInStock(shop, 'ROUGH-CUP')).toMatchObject({ reserved: 0 });
    expect((await set(browser, cart.lines[0].id, 13)).errors).toEqual([]);
  });

  it('nor by completing checkouts again and again; ordinary orders of the network are placed meanwhile', async () => {
    const pot = await shop.stock({ name: 'Pot', sku: 'ROUGH-POT', price: 500, stock: 101 });
    const from = (): GraphqlClient => shop.guest({ 'x-forwarded-for': '203.0.113.140' });
    const many = from();
    const cart = await readyCart(many, [{ variantId: pot, quantity: 115 }], 'many@example.test');
    const codes: string[] = [];
    for (let i = 0; i < 7; i++)
      codes.push(
        await complete(many, cart).then(
          ({ errors }) => errors[0].code,
          (error: unknown) => /RATE_LIMITED/.exec(String(error))?.[0],
        ),
      );

    const few = from();
    const order = await complete(few, await readyCart(few, [{ variantId: pot, quantity: 10 }], 'few@x.test'));

    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'INSUFFICIENT_STOCK'),
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    expect(order.errors).toEqual([]);
  });
});
