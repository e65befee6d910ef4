import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa',
  STOREFRONT_URL: 'https://shop.example',
  API_PUBLIC_URL: 'https://api.shop.example',
  PAYMENT_PROVIDER: 'test',
  STAGING: 'true',
};

const statusOf = async (shop: TestShop, path: string): Promise<number> =>
  (await fetch(`${shop.url}${path}`, { redirect: 'manual' })).status;

describe('the doors of a shop', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
  });
  afterAll(() => shop.close());

  it.each([
    ['/health', 200],
    ['/ready', 200],
    ['/graphiql', 200],
    ['/graphiql/graphiql.js', 200],
    ['/dev/inbox', 200],
    ['/nothing-here', 404],
    ['/media/nothing.webp', 404],
    ['/media/../package.json', 404],
  ])('answer %s with %i', async (path, status) => {
    expect(await statusOf(shop, path)).toBe(status);
  });
});

describe('while a shop is tried out', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false });
  });
  afterAll(() => shop.close());

  it('the passwords that everybody knows open it at this machine only', async () => {
    const login = `mutation { login(input: { email: "admin@example.com", password: "Admin@123" }) { user { role } errors { code } } }`;
    // A proxy on this machine, such as a tunnel, says who is really asking.
    const fromAfar = shop.guest({ 'x-forwarded-for': '203.0.113.7' });

    expect((await shop.guest().ask(login)).login).toEqual({ user: { role: 'ADMIN' }, errors: [] });
    expect((await fromAfar.ask(login)).login).toEqual({
      user: null,
      errors: [{ code: 'INVALID_CREDENTIALS' }],
    });
  });
});

describe('in production', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await TestShop.open({ worker: false, env: PRODUCTION });
  });
  afterAll(() => shop.close());

  it.each(['/graphiql', '/dev/inbox', '/dev/inbox.json'])('%s is not there', async (path) => {
    expect(await statusOf(shop, path)).toBe(404);
  });

  it('nobody gets in with a password that everybody knows', async () => {
    await expect(shop.staff()).rejects.toThrow('INVALID_CREDENTIALS');
    await expect(shop.customer('alice@example.com', 'Alice@123')).rejects.toThrow('INVALID_CREDENTIALS');
  });
});
