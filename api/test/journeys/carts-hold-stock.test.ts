import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const CART =
  'cart { version lines { id quantity } } warnings { code availableQuantity } errors { code ... on InsufficientStockError { availableQuantity } }';

let shop: TestShop;
let driver: StockDriver;
beforeAll(async () => {
  shop = await TestShop.open({
    env: { STOCK_HOLD: 'cart', CART_HOLD_MINUTES: '15', ACCESS_TOKEN_MINUTES: '100000' },
  });
  driver = await StockDriver.at(shop);
});
afterAll(() => shop.close());

const add = async (browser: GraphqlClient, variantId: string, quantity: number): Promise<Answer> =>
  (
    await browser.ask(
      `mutation($variantId: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $variantId, quantity: $quantity }) { ${CART} } }`,
      { variantId, quantity },
    )
  ).cartLineAdd;
const setLine = async (browser: GraphqlClient, lineId: string, quantity: number): Promise<Answer> =>
  (
    await browser.ask(
      `mutation($lineId: ID!, $quantity: Int!) { cartLineUpdate(input: { lineId: $lineId, quantity: $quantity }) { ${CART} } }`,
      { lineId, quantity },
    )
  ).cartLineUpdate;
const warnings = async (browser: GraphqlClient): Promise<string[]> =>
  (await browser.ask('{ cart { warnings { code } } }')).cart.warnings.map(({ code }: Answer) => code);

describe('where carts hold stock', () => {
  it('what lies in a cart is held for it, more or less of it as the line changes, and not at all when it goes', async () => {
    const mug = await shop.stock({ name: 'Mug', sku: 'CART-MUG', price: 5000, stock: 5 });
    const [ana, ion] = [shop.guest(), shop.guest()];

    const { cart } = await add(ana, mug, 3);
    const tooMany = await add(ion, mug, 3);
    await add(ion, mug, 2);

    expect(tooMany.errors).toEqual([{ code: 'INSUFFICIENT_STOCK', availableQuantity: 2 }]);
    expect(await driver.stockLevels(mug)).toEqual(['main 5/5']);
    expect(await warnings(ana)).toEqual([]);
    const { stockReservations } = await driver.staff.ask(
      'query($id: ID!) { stockReservations(variantId: $id) { nodes { quantity cartId orderNumber } } }',
      { id: mug },
    );
    expect(stockReservations.nodes).toEqual([
      { quantity: 3, cartId: expect.stringMatching(/^cart_/), orderNumber: null },
      { quantity: 2, cartId: expect.stringMatching(/^cart_/), orderNumber: null },
    ]);

    await setLine(ana, cart.lines[0].id, 1);
    expect(await driver.item(mug)).toMatchObject({ onHand: 5, reserved: 3, available: 2 });
    await setLine(ana, cart.lines[0].id, 0);
    expect(await driver.item(mug)).toMatchObject({ onHand: 5, reserved: 2, available: 3 });
  });

  it('the last one lies in one cart, however many reach for it', async () => {
    const lamp = await shop.stock({ name: 'Lamp', sku: 'CART-LAMP', price: 5000, stock: 1 });

    const answers = await Promise.all(Array.from({ length: 20 }, () => add(shop.guest(), lamp, 1)));

    expect(answers.filter(({ cart }) => cart)).toHaveLength(1);
    expect(answers.filter(({ errors }) => errors[0]?.code === 'INSUFFICIENT_STOCK')).toHaveLength(19);
  });

  it('the hold becomes the order, and nobody gets in between', async () => {
    const vase = await shop.stock({ name: 'Vase', sku: 'CART-VASE', price: 5000, stock: 4 });
    const ana = shop.guest();
    const cart = await readyCart(ana, [{ variantId: vase, quantity: 4 }]);
    const thieves = Array.from({ length: 15 }, () => shop.guest());

    const [done, ...tries] = await Promise.all([
      complete(ana, cart),
      ...thieves.map((thief) => add(thief, vase, 1)),
    ]);

    expect(done.errors).toEqual([]);
    expect(tries.filter(({ cart: got }) => got)).toEqual([]);
    const held = await shop.sql(
      `SELECT r.order_id IS NOT NULL AS "forOrder", r.quantity FROM reservation r JOIN variant v ON v.id = r.variant_id WHERE v.sku = 'CART-VASE' AND r.status = 'ACTIVE'`,
    );
    expect(held).toEqual([{ forOrder: true, quantity: 4 }]);
    expect((await driver.lowStockEvents()).filter(({ available }) => available === 0).length).toBeGreaterThan(
      0,
    );
  });

  it('a cart that nobody touches loses its hold, keeps its lines and says what is left', async () => {
    const bowl = await shop.stock({ name: 'Bowl', sku: 'CART-BOWL', price: 5000, stock: 2 });
    const [slow, quick] = [shop.guest(), shop.guest()];
    await readyCart(slow, [{ variantId: bowl, quantity: 2 }]);

    shop.clock.advance(16 * 60_000);
    await driver.run('inventory.expire-holds');
    expect(await driver.item(bowl)).toMatchObject({ reserved: 0 });
    await buy(quick, [{ variantId: bowl, quantity: 1 }]);

    expect(await warnings(slow)).toEqual(['QUANTITY_REDUCED']);
    const { cart } = await slow.ask('{ cart { version total { gross { amount } } lines { id } } }');
    expect((await complete(slow, cart)).errors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: 1 },
    ]);
    await setLine(slow, cart.lines[0].id, 1);
    expect(await warnings(slow)).toEqual([]);
    expect(await driver.item(bowl)).toMatchObject({ onHand: 1, reserved: 1 });
  });

  it('whose hold ran out may ask for fewer while that is still too many, and holds what is there', async () => {
    const tray = await shop.stock({ name: 'Tray', sku: 'CART-TRAY', price: 5000, stock: 5 });
    const [slow, quick] = [shop.guest(), shop.guest()];
    const { cart } = await add(slow, tray, 5);
    shop.clock.advance(16 * 60_000);
    await driver.run('inventory.expire-holds');
    await buy(quick, [{ variantId: tray, quantity: 3 }]);

    expect((await setLine(slow, cart.lines[0].id, 4)).errors).toEqual([]);
    expect(await warnings(slow)).toEqual(['QUANTITY_REDUCED']);
    expect(await driver.item(tray)).toMatchObject({ onHand: 2, reserved: 2 });
    expect((await setLine(slow, cart.lines[0].id, 5)).errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    expect((await setLine(slow, cart.lines[0].id, 2)).errors).toEqual([]);
    expect(await warnings(slow)).toEqual([]);
  });

  it('every change of a cart holds all of it for the full time again', async () => {
    const [jar, lid] = [
      await shop.stock({ name: 'Jar', sku: 'CART-JAR', price: 5000, stock: 1 }),
      await shop.stock({ name: 'Lid', sku: 'CART-LID', price: 5000, stock: 1 }),
    ];
    const ana = shop.guest();
    await add(ana, jar, 1);

    shop.clock.advance(10 * 60_000);
    await add(ana, lid, 1);
    shop.clock.advance(10 * 60_000);
    await driver.run('inventory.expire-holds');

    expect(await driver.item(jar)).toMatchObject({ reserved: 1 });
  });

  it("signing in joins the guest's hold with the customer's own", async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'CART-CUP', price: 5000, stock: 5 });
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    await add(alice, cup, 2);
    const browser = shop.guest({ 'x-vitrine-client': 'storefront' });
    await add(browser, cup, 3);
    expect(await driver.item(cup)).toMatchObject({ reserved: 5 });
    const before = (await driver.lowStockEvents()).length;

    await browser.ask(
      'mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } } }',
    );

    const { cart } = await alice.ask('{ cart { lines { quantity } warnings { code } } }');
    expect(cart).toEqual({ lines: [{ quantity: 5 }], warnings: [] });
    expect(await driver.item(cup)).toMatchObject({ onHand: 5, reserved: 5 });
    expect(await driver.lowStockEvents()).toHaveLength(before);
  });

  it('what can be back-ordered is not held, and raises no warning', async () => {
    const rug = await shop.stock({ name: 'Rug', sku: 'CART-RUG', price: 5000, stock: 1 });
    await driver.allowBackorders(rug, 3);
    const ana = shop.guest();

    const cart = await readyCart(ana, [{ variantId: rug, quantity: 3 }]);

    expect(await warnings(ana)).toEqual([]);
    expect(await driver.item(rug)).toMatchObject({ onHand: 1, reserved: 1, backordered: 0 });
    expect((await complete(ana, cart)).errors).toEqual([]);
    expect(await driver.item(rug)).toMatchObject({ onHand: 1, reserved: 1, backordered: 2 });
  });

  it('and in the end the ledger balances', () => assertLedgerBalances(shop));
});
