import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { unitsInStock } from '@vitrine/testing/shop/stock-levels.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ERRORS = 'errors { code message path ... on InsufficientStockError { availableQuantity } }';
const ADD = `mutation($lines: [CartLineInput!]!) { cartLinesAdd(input: { lines: $lines }) { cart { lines { id quantity } warnings { code } } ${ERRORS} } }`;
const SET = `mutation($lines: [CartLineUpdateInput!]!) { cartLinesUpdate(input: { lines: $lines }) { cart { lines { id quantity } warnings { code } } ${ERRORS} } }`;

let shop: TestShop;
const add = async (browser: GraphqlClient, variantId: string, quantity: number): Promise<Answer> =>
  (await browser.ask(ADD, { lines: [{ variantId, quantity }] })).cartLinesAdd;
const set = async (browser: GraphqlClient, lineId: string, quantity: number): Promise<Answer> =>
  (await browser.ask(SET, { lines: [{ lineId, quantity }] })).cartLinesUpdate;
const codeOf = (answer: Promise<Answer>): Promise<string | undefined> =>
  answer.then(
    ({ errors }) => errors[0]?.code,
    (error: unknown) => /RATE_LIMITED/.exec(String(error))?.[0],
  );
const take = (sku: string, units: number): Promise<unknown> =>
  shop.sql(
    `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind)
     SELECT new_id(), s.variant_id, s.location_id, -${units}, 0, 'ADJUST' FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = '${sku}'`,
  );

describe('where carts hold stock, the number of pieces', () => {
  beforeAll(async () => {
    shop = await TestShop.open({ env: { STOCK_HOLD: 'cart' } });
  });
  afterAll(() => shop.close());

  /** The largest quantity that one cart takes: what anybody finds out by halving. */
  async function mostAccepted(variantId: string): Promise<number> {
    const browser = shop.guest();
    const { cart } = await add(browser, variantId, 1);
    let [accepted, refused] = [1, 1000];
    while (refused - accepted > 1) {
      const middle = Math.floor((accepted + refused) / 2);
      const { errors } = await set(browser, cart.lines[0].id, middle);
      if (errors.length === 0) accepted = middle;
      else refused = middle;
    }
    await browser.ask('mutation { cartClear { errors { code } } }');
    return accepted;
  }

  it('cannot be found out by asking for half and half again; up to ten it is said', async () => {
    const [some, more, ten] = [
      await shop.stock({ name: 'Some', sku: 'HELD-313', price: 500, stock: 313 }),
      await shop.stock({ name: 'More', sku: 'HELD-371', price: 500, stock: 371 }),
      await shop.stock({ name: 'Ten', sku: 'HELD-10', price: 500, stock: 10 }),
    ];

    expect(await mostAccepted(some)).toBe(400);
    expect(await mostAccepted(more)).toBe(400);
    expect(await mostAccepted(ten)).toBe(10);
    expect((await add(shop.guest(), ten, 11)).errors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: 10 },
    ]);
    expect((await add(shop.guest(), some, 401)).errors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: null, message: 'Fewer are left than were asked for.' },
    ]);
  });

  it('what is there of a large line is held, and its buyer can buy all of it, to the last piece', async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'HELD-CUP', price: 500, stock: 13 });
    const [browser, other] = [shop.guest(), shop.guest()];
    const cart = await readyCart(browser, [{ variantId: cup, quantity: 15 }], 'fifteen@example.test');

    expect(await unitsInStock(shop, 'HELD-CUP')).toMatchObject({ onHand: 13, reserved: 13 });
    expect((await add(other, cup, 1)).errors).toMatchObject([{ availableQuantity: 0 }]);
    expect((await complete(browser, cart)).errors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: null },
    ]);
    expect(await unitsInStock(shop, 'HELD-CUP')).toMatchObject({ onHand: 13, reserved: 13 });

    await set(browser, cart.lines[0].id, 13);
    const { cart: fits } = await browser.ask('{ cart { version total { gross { amount } } } }');
    expect((await complete(browser, fits)).errors).toEqual([]);
    expect(await unitsInStock(shop, 'HELD-CUP')).toMatchObject({ onHand: 13, reserved: 13 });
    await assertLedgerBalances(shop);
  });

  it('the exact number refuses as soon as buyers may see it', async () => {
    const jug = await shop.stock({ name: 'Jug', sku: 'HELD-JUG', price: 500, stock: 12 });
    const [first, second] = [shop.guest(), shop.guest()];

    expect((await add(first, jug, 3)).errors).toEqual([]);
    expect((await add(second, jug, 10)).errors).toMatchObject([{ availableQuantity: 9 }]);
    expect((await add(second, jug, 9)).errors).toEqual([]);
  });
});

describe('a checkout with a large line', () => {
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
  });
  afterAll(() => shop.close());

  const from = (ip: string): GraphqlClient => shop.guest({ 'x-forwarded-for': ip });

  it('that fails for another line tells that there was enough, and is counted as if it had failed for this one', async () => {
    const lid = await shop.stock({ name: 'Lid', sku: 'ASK-LID', price: 500, stock: 5 });
    const pot = await shop.stock({ name: 'Pot', sku: 'ASK-POT', price: 500, stock: 101 });
    const lines = [
      { variantId: pot, quantity: 20 },
      { variantId: lid, quantity: 5 },
    ];
    const cart = await readyCart(from('203.0.113.150'), lines, 'both@example.test');
    const browser = from('203.0.113.150');
    const own = await readyCart(browser, lines, 'both-too@example.test');
    await take('ASK-LID', 2);

    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 7; i++) codes.push(await codeOf(complete(browser, own)));

    expect(cart.lines).toHaveLength(2);
    expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'INSUFFICIENT_STOCK'));
    expect(codes.slice(5)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  });

  it.each([1, 2, 3, 4, 5])(
    'is counted before the stock is asked: many at one moment learn no more than one after the other (round %i)',
    async (round) => {
      const sku = `ASK-BOWL-${round}`;
      const bowl = await shop.stock({ name: 'Bowl', sku, price: 500, stock: 101 });
      const asking: [GraphqlClient, Answer][] = [];
      for (let i = 0; i < 8; i++) {
        const browser = from(`203.0.113.16${round}`);
        const lines = [{ variantId: bowl, quantity: 110 }];
        asking.push([browser, await readyCart(browser, lines, `many-${round}-${i}@example.test`)]);
      }

      const codes = await Promise.all(asking.map(([browser, cart]) => codeOf(complete(browser, cart))));

      expect(codes.filter((code) => code === 'INSUFFICIENT_STOCK')).toHaveLength(5);
      expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(3);
      expect(await unitsInStock(shop, sku)).toMatchObject({ reserved: 0 });
    },
  );

  it('costs nothing when it becomes an order, or when the stock was not asked', async () => {
    const tray = await shop.stock({ name: 'Tray', sku: 'ASK-TRAY', price: 500, stock: 500 });
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 7; i++) {
      const browser = from('203.0.113.152');
      const cart = await readyCart(browser, [{ variantId: tray, quantity: 12 }], `twelve-${i}@example.test`);
      const agreed = { gross: { amount: 1 } };
      codes.push(await codeOf(complete(browser, { ...cart, total: agreed })));
      codes.push(await codeOf(complete(browser, cart)));
    }

    expect(codes).toEqual(Array.from({ length: 7 }, () => ['PRICE_CHANGED', undefined]).flat());
  });
});
