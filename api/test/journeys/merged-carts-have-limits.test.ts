import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { unitsInStock } from '@vitrine/testing/shop/stock-levels.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

// Where carts hold stock, one of them may hold 30 units here, and all of one network 60 beyond the first 3 of each.
const MOST = 30;
const ADD = `mutation($id: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $id, quantity: $quantity }) {
  cart { lines { id quantity } } errors { code } } }`;
const SET = `mutation($id: ID!, $quantity: Int!) { cartLineUpdate(input: { lineId: $id, quantity: $quantity }) {
  cart { lines { quantity } } errors { code } } }`;
const LOGIN = `mutation($email: EmailAddress!, $password: String!) { login(input: { email: $email, password: $password }) { errors { code } } }`;

let shop: TestShop;
let mug: string;
beforeAll(async () => {
  const env = {
    STOCK_HOLD: 'cart',
    UNPAID_UNITS_PER_BUYER: String(MOST),
    UNPAID_PERCENT_PER_BUYER: '1',
    UNPAID_UNITS_PER_NETWORK: '60',
    UNPAID_PERCENT_PER_NETWORK: '1',
    UNPAID_FREE_UNITS: '3',
  };
  shop = await TestShop.open({ env });
  mug = await shop.stock({ name: 'Mug', sku: 'MERGED-MUG', price: 5000, stock: 400 });
});
afterAll(() => shop.close());

const from = (ip: string): GraphqlClient => shop.guest({ 'x-forwarded-for': ip });
const add = async (browser: GraphqlClient, quantity: number, id = mug): Promise<string[]> =>
  (await browser.ask(ADD, { id, quantity })).cartLineAdd.errors.map(({ code }: Answer) => code);
const held = async (sku = 'MERGED-MUG'): Promise<number> => (await unitsInStock(shop, sku))?.reserved ?? 0;
const signIn = async (browser: GraphqlClient): Promise<void> => {
  const { login } = await browser.ask(LOGIN, { email: 'bob@example.com', password: 'Bob@123' });
  expect(login.errors).toEqual([]);
};

it('a customer who brings one full cart after the other keeps all lines, and holds no more than one cart may', async () => {
  const pieces = async (browser: GraphqlClient): Promise<Answer> =>
    (await browser.ask('{ cart { lines { id quantity } } }')).cart;
  let last = shop.guest({ 'x-vitrine-client': 'storefront' });
  for (let i = 0; i < 3; i++) {
    last = shop.guest({ 'x-vitrine-client': 'storefront' });
    expect(await add(last, MOST)).toEqual([]);
    await signIn(last);
    expect(await held()).toBe(MOST);
  }
  const { lines } = await pieces(last);
  expect(lines.map(({ quantity }: Answer) => quantity)).toEqual([3 * MOST]);

  // Asking for fewer helps nobody to more, and asking for more is refused.
  const { cartLineUpdate } = await last.ask(SET, { id: lines[0].id, quantity: 2 * MOST });
  expect(cartLineUpdate.errors).toEqual([]);
  expect(await held()).toBe(MOST);
  expect(await add(last, 1)).toEqual(['UNPAID_QUANTITY_TOO_LARGE']);
  await last.ask(SET, { id: lines[0].id, quantity: 5 });
  expect(await held()).toBe(5);
  await last.ask('mutation { cartClear { errors { code } } }');
  expect(await held()).toBe(0);
});

it('nor do many networks of one block of addresses hold more than the block may; a cart of three is always held', async () => {
  const plate = await shop.stock({ name: 'Plate', sku: 'MERGED-PLATE', price: 5000, stock: 1000 });
  const greedy = await Promise.all(
    Array.from({ length: 20 }, (_, i) => add(from(`2001:db8:9:${i}::1`), MOST, plate)),
  );

  expect(new Set(greedy.flat())).toEqual(new Set(['UNPAID_QUANTITY_TOO_LARGE']));
  // Four times 60 beyond three units of each cart.
  expect(await held('MERGED-PLATE')).toBeLessThanOrEqual(240 + 20 * 3);
  const crowd = await Promise.all(
    Array.from({ length: 30 }, (_, i) => add(from(`2001:db8:9:${100 + i}::1`), 3, plate)),
  );
  expect(crowd.flat()).toEqual([]);
  await assertLedgerBalances(shop);
});
