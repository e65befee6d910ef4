import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProxy, openStorefront, type TestServer } from '@vitrine/testing/simulators/storefront-server.js';
import { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const SECRET = 'shared-by-the-storefront-and-the-api-only';
const SPOOFED = {
  'x-forwarded-for': '203.0.113.7',
  'x-real-ip': '203.0.113.7',
  forwarded: 'for=203.0.113.7',
};

let shop: TestShop;
let servers: TestServer[] = [];

const open = async (env: Record<string, string>): Promise<void> => {
  shop = await TestShop.open({ worker: false, env });
};
const keep = async (server: Promise<TestServer>): Promise<string> => {
  servers.push(await server);
  return (await server).url;
};

/** The address that a refused login from there was counted for, out of those it might have been. */
async function countedFor(url: string, headers: Record<string, string>, maybe: string[]): Promise<string[]> {
  await shop.sql('DELETE FROM rate_limit');
  await new GraphqlClient(url, headers).ask(
    'mutation { login(input: { email: "nobody@example.test", password: "wrong-password" }) { errors { code } } }',
  );
  const keys = (await shop.sql<{ key: string }>('SELECT key FROM rate_limit')).map(({ key }) => key);
  return maybe.filter((ip) => keys.includes(createHash('sha256').update(`login\0${ip}`).digest('base64url')));
}

const MAYBE = ['127.0.0.1', '203.0.113.7', '198.51.100.9', '10.1.2.3'];

afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await shop.close();
});

describe('attempts are counted for whoever really makes them', () => {
  // The API trusts nobody by address: the other networks of a test stand for those of a deployment.
  beforeEach(() => open({ TRUST_PROXY: '192.0.2.0/24', STOREFRONT_SECRET: SECRET }));

  it('through proxy and storefront, however the visitor spells another address', async () => {
    const storefront = await keep(openStorefront(shop.url, { trustProxy: '1', secret: SECRET }));
    const front = await keep(openProxy(storefront));

    expect(await countedFor(front, {}, MAYBE)).toEqual(['127.0.0.1']);
    expect(await countedFor(front, SPOOFED, MAYBE)).toEqual(['127.0.0.1']);
    // What the trusted proxy says itself is believed.
    expect(await countedFor(storefront, { 'x-forwarded-for': '198.51.100.9' }, MAYBE)).toEqual([
      '198.51.100.9',
    ]);
  });

  it('at a storefront without a proxy, which drops what a visitor says about the way', async () => {
    const storefront = await keep(openStorefront(shop.url, { secret: SECRET }));

    expect(await countedFor(storefront, SPOOFED, MAYBE)).toEqual(['127.0.0.1']);
  });

  it('at the API itself, where a made-up or unsigned word of a storefront counts nothing', async () => {
    const claims = Buffer.from('{"ip":"203.0.113.7","origin":null}').toString('base64url');
    const signed = (secret: string): string =>
      `${claims}.${createHmac('sha256', secret).update(`visitor\0${claims}`).digest('base64url')}`;
    const asks = (header: string) => countedFor(shop.url, { 'x-vitrine-visitor': header }, MAYBE);

    expect(await asks(claims)).toEqual(['127.0.0.1']);
    expect(await asks(signed('another-secret-than-that-of-this-shop'))).toEqual(['127.0.0.1']);
    expect(await asks(signed(SECRET))).toEqual(['203.0.113.7']);
    expect(await countedFor(shop.url, SPOOFED, MAYBE)).toEqual(['127.0.0.1']);
  });

  it('also where a proxy forwards the port of the visitor’s connection', async () => {
    const storefront = await keep(openStorefront(shop.url, { trustProxy: '1', secret: SECRET }));
    const forwarded = ['198.51.100.9:50123', '[2001:db8:1:2::9]:443'];
    const networks = ['198.51.100.9', '2001:db8:1:2::/64'];

    const counted = [];
    for (const entry of forwarded)
      counted.push(await countedFor(storefront, { 'x-forwarded-for': entry }, networks));

    expect(counted).toEqual([['198.51.100.9'], ['2001:db8:1:2::/64']]);
  });

  it('and nobody can write the storefront’s word through the storefront', async () => {
    const storefront = await keep(openStorefront(shop.url, { secret: SECRET }));
    const header = { 'x-vitrine-visitor': 'e30.e30', 'X-Forwarded-Host': 'evil.example' };

    expect(await countedFor(storefront, { ...SPOOFED, ...header }, MAYBE)).toEqual(['127.0.0.1']);
  });
});

describe('on one machine without settings', () => {
  beforeEach(() => open({}));

  it('the storefront is believed, and what a visitor writes is dropped by it', async () => {
    const storefront = await keep(openStorefront(shop.url));

    expect(await countedFor(storefront, SPOOFED, MAYBE)).toEqual(['127.0.0.1']);
    // A proxy on this machine appends the address it saw; only that one is believed.
    expect(await countedFor(shop.url, { 'x-forwarded-for': '10.1.2.3, 198.51.100.9' }, MAYBE)).toEqual([
      '198.51.100.9',
    ]);
  });
});

describe('TRUST_PROXY as a number of hops', () => {
  beforeEach(() => open({ TRUST_PROXY: '2' }));

  it('counts a visitor once, whatever port of their connection the proxy forwards', async () => {
    const asks = (chain: string) => countedFor(shop.url, { 'x-forwarded-for': chain }, MAYBE);

    expect(await asks('198.51.100.9:50123, 10.1.2.3')).toEqual(['198.51.100.9']);
    expect(await asks('198.51.100.9:50124, 10.1.2.3')).toEqual(['198.51.100.9']);
  });

  it('believes so many entries from the right and none before', async () => {
    const asks = (chain: string) => countedFor(shop.url, { 'x-forwarded-for': chain }, MAYBE);

    expect(await asks('203.0.113.7, 198.51.100.9, 10.1.2.3')).toEqual(['198.51.100.9']);
  });
});
