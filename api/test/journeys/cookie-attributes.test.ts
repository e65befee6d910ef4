import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa',
  // Spelled as people type them; browsers know both as https://shop.example and https://api.shop.example.
  STOREFRONT_URL: 'HTTPS://Shop.Example./',
  API_PUBLIC_URL: 'Https://API.shop.example:443',
  PAYMENT_PROVIDER: 'test',
  STAGING: 'true',
};
const PERSON = 'email: "eva@shop.test", password: "a long one for Eva"';
const SIGN_UP = `mutation { signUp(input: { ${PERSON}, firstName: "Eva", lastName: "Pop" }) { user { email } errors { code } } }`;
const LOGIN = `mutation { login(input: { ${PERSON} }) { user { email } errors { code } } }`;
const LOGOUT = 'mutation { logout { ok } }';
const ME = '{ me { email } }';

let shop: TestShop;
let mug: string;
const add = () =>
  `mutation { cartLineAdd(input: { variantId: "${mug}", quantity: 1 }) { cart { id } errors { code } } }`;

/** What the answer's Set-Cookie headers say, whole. */
async function cookiesSet(query: string, headers: Record<string, string> = {}): Promise<string[]> {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  expect(((await answer.json()) as { errors?: unknown }).errors).toBeUndefined();
  return answer.headers.getSetCookie();
}
const pairs = (cookies: string[]) => cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ');

describe('in production over https', () => {
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false, env: PRODUCTION });
    mug = await shop.stock({ name: 'Mug', sku: 'HOST-MUG', price: 100, stock: 9 });
  });
  afterAll(() => shop.close());

  it('every cookie is one that no other host can set, of the shop and of the back office', async () => {
    const set = [
      ...(await cookiesSet(add())),
      ...(await cookiesSet(SIGN_UP)),
      ...(await cookiesSet(LOGIN, { 'x-vitrine-client': 'admin' })),
      ...(await cookiesSet(LOGOUT)),
    ];

    expect(new Set(set.map((cookie) => cookie.split('=')[0]))).toEqual(
      new Set(
        ['cart', 'access', 'refresh', 'admin_access', 'admin_refresh'].map(
          (name) => `__Host-vitrine_${name}`,
        ),
      ),
    );
    for (const cookie of set) {
      // What browsers ask of the prefix, and what keeps scripts and foreign forms away.
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).toMatch(/; Secure(;|$)/);
      expect(cookie).toMatch(/; HttpOnly(;|$)/);
      expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
      expect(cookie).not.toMatch(/domain/i);
    }
  });

  it('they sign in by request and by socket, and find the cart', async () => {
    const browser = pairs(await cookiesSet(LOGIN));
    expect((await shop.guest({ cookie: browser }).ask(ME)).me).toEqual({ email: 'eva@shop.test' });

    const socket = liveClient(shop.url, { cookie: browser, origin: 'https://shop.example' });
    const heard = socket.listen('subscription { orderPlaced { number } }');
    await shop.eventually(async () => heard.errors.length > 0);
    // Known, and no staff.
    expect(heard.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    await socket.close();

    const guest = pairs(await cookiesSet(add()));
    expect((await shop.guest({ cookie: guest }).ask('{ cart { totalQuantity } }')).cart).toEqual({
      totalQuantity: 1,
    });
  });

  it('a cookie without the prefix, which another subdomain could have set, counts for nothing', async () => {
    const planted = (cookies: string[]) => pairs(cookies).replaceAll('__Host-', '');
    const [session, cart] = [planted(await cookiesSet(LOGIN)), planted(await cookiesSet(add()))];

    expect((await shop.guest({ cookie: session }).ask(ME)).me).toBeNull();
    expect((await shop.guest({ cookie: cart }).ask('{ cart { id } }')).cart).toBeNull();
    const renewed = await shop
      .guest({ cookie: session })
      .ask('mutation { tokenRefresh(input: {}) { errors { code } } }');
    expect(renewed.tokenRefresh.errors).toEqual([{ code: 'INVALID_TOKEN' }]);
    const socket = liveClient(shop.url, { cookie: session, origin: 'https://shop.example' });
    const heard = socket.listen('subscription { orderPlaced { number } }');
    await shop.eventually(async () => heard.errors.length > 0);
    expect(heard.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    await socket.close();
  });

  it('signing out takes them away', async () => {
    const browser = pairs(await cookiesSet(LOGIN));

    const gone = await cookiesSet(LOGOUT, { cookie: browser });

    expect(gone.map((cookie) => cookie.split(';')[0])).toEqual(
      expect.arrayContaining(['__Host-vitrine_access=', '__Host-vitrine_refresh=']),
    );
    for (const cookie of gone) expect(cookie).toContain('Expires=Thu, 01 Jan 1970');
    expect((await shop.guest({ cookie: browser }).ask(ME)).me).toBeNull();
  });
});

describe('on this machine over http, where browsers refuse the prefix', () => {
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
    mug = await shop.stock({ name: 'Mug', sku: 'HOST-MUG', price: 100, stock: 9 });
  });
  afterAll(() => shop.close());

  it('the names are plain', async () => {
    expect(pairs(await cookiesSet(add()))).toMatch(/^vitrine_cart=/);
  });
});
