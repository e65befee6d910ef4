import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

it('a customer whose access cookie ran out is told to renew, and gets no second cart as a guest', async () => {
  const variantId = await shop.stock({ name: 'Renewed', sku: 'RENEWED', price: 1000, stock: 5 });
  const add = `mutation { cartLineAdd(input: { variantId: "${variantId}", quantity: 1 }) { cart { id } errors { code } } }`;
  const signedIn = await shop.customer('alice@example.com', 'Alice@123');
  const own = (await signedIn.ask(add)).cartLineAdd.cart.id;
  const cartsBefore = await shop.sql('SELECT id FROM cart');
  const refresh = /vitrine_refresh=[^;]+/.exec(signedIn.cookieHeader())?.[0] ?? '';
  const late = shop.guest({ cookie: refresh });

  const refused = await late.send(add);

  expect(refused.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(await shop.sql('SELECT id FROM cart')).toEqual(cartsBefore);
  expect(await late.ask('{ me { id } }')).toEqual({ me: null });
  const renewed = await signedIn.ask(
    'mutation { __typename tokenRefresh(input: {}) { user { email } errors { code } } }',
  );
  expect(renewed.tokenRefresh).toEqual({ user: { email: 'alice@example.com' }, errors: [] });
  expect((await signedIn.ask(add)).cartLineAdd.cart.id).toBe(own);
});

it('a browser whose session is over loses the cookie when it tries to renew, and is a guest from then on', async () => {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'vitrine_refresh=spent' },
    body: JSON.stringify({ query: 'mutation { tokenRefresh(input: {}) { errors { code } } }' }),
  });

  expect(answer.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^vitrine_refresh=;.*1970/));
});
