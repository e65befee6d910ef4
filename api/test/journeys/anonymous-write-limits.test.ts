import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ADD = `mutation($lines: [CartLineInput!]!) { cartLinesAdd(input: { lines: $lines }) { cart { id } errors { code } } }`;

let shop: TestShop;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false, env: { CART_LINES_PER_MINUTE_PER_NETWORK: '100' } });
  mug = await shop.stock({ name: 'Mug', sku: 'LINES-MUG', price: 5000, stock: 900 });
});
afterAll(() => shop.close());

const from = (ip: string): GraphqlClient => shop.guest({ 'x-forwarded-for': ip });
const codes = ({ errors }: Answer): string[] =>
  (errors ?? []).map(({ extensions }: Answer) => extensions.code);
const add = (browser: GraphqlClient, lines: number): Promise<Answer> =>
  browser.send(ADD, {
    lines: Array.from({ length: lines }, () => ({ variantId: mug, quantity: 1 })),
  }) as Promise<Answer>;

it('each line of a long list counts, so that one network changes so many lines in a minute and no more', async () => {
  const browser = from('203.0.113.1');

  await shop.clock.whileStopped(async () => {
    expect(codes(await add(browser, 50))).toEqual([]);
    expect(codes(await add(browser, 50))).toEqual([]);
    expect(codes(await add(browser, 1))).toEqual(['RATE_LIMITED']);
    expect(codes(await add(from('203.0.113.2'), 50))).toEqual([]);
  });
  shop.clock.advance(60_000);
  expect(codes(await add(browser, 1))).toEqual([]);
});

it('whoever holds the link of an order cancels it once, and is told to wait after sixty tries', async () => {
  const browser = shop.guest();
  const { orderToken } = await complete(browser, await readyCart(browser, [{ variantId: mug, quantity: 1 }]));
  const cancel = (): Promise<Answer> =>
    browser.send(
      'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { errors { code } } }',
      { input: { orderToken, idempotencyKey: randomUUID() } },
    ) as Promise<Answer>;

  const answers: Answer[] = [];
  for (let i = 0; i < 61; i++) answers.push(await cancel());

  expect(answers.slice(0, 60).flatMap(codes)).toEqual([]);
  expect(codes(answers.slice(-1)[0] ?? {})).toEqual(['RATE_LIMITED']);
});
