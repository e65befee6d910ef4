import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

const ADD = 'mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { errors { code } } }';
const LOGIN = `mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } warnings { code lineId } } }`;
const CART = '{ cart { lines { id quantity variant { sku } } } }';

async function add(browser: GraphqlClient, variantId: string, quantity: number): Promise<void> {
  const { cartLineAdd } = await browser.ask(ADD, { input: { variantId, quantity } });
  expect(cartLineAdd.errors).toEqual([]);
}

it('tells a customer who signs in which line holds fewer than both carts did, and is silent about the others', async () => {
  const vase = await shop.stock({ name: 'Vase', sku: 'SEVEN-LEFT', price: 5000, stock: 7 });
  const bowl = await shop.stock({ name: 'Bowl', sku: 'PLENTY', price: 5000, stock: 90 });
  const alice = await shop.customer('alice@example.com', 'Alice@123');
  await add(alice, vase, 5);
  await add(alice, bowl, 5);
  const guest = shop.guest();
  await add(guest, vase, 4);
  await add(guest, bowl, 4);

  const { login } = await guest.ask(LOGIN);
  const { cart } = await guest.ask(CART);

  const line = (sku: string): Answer => cart.lines.find(({ variant }: Answer) => variant.sku === sku);
  expect([line('SEVEN-LEFT').quantity, line('PLENTY').quantity]).toEqual([7, 9]);
  expect(login).toEqual({
    errors: [],
    warnings: [{ code: 'CART_MERGE_REDUCED', lineId: line('SEVEN-LEFT').id }],
  });
});
