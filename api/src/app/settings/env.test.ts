import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from './env.js';

const DATABASE_URL = 'postgres://shop@localhost/vitrine';
const SECRET = 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa';

const REHEARSAL = { NODE_ENV: 'production', STAGING: 'true', API_PUBLIC_URL: 'https://api.shop.example' };

const mistakesOf = (settings: NodeJS.ProcessEnv): string[] => {
  try {
    readEnv(settings);
  } catch (error) {
    if (error instanceof EnvError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
};
const namesOf = (settings: NodeJS.ProcessEnv): string[] =>
  mistakesOf(settings).map((line) => /[A-Z_]+/.exec(line)?.[0] ?? '');

describe('the settings', () => {
  it('need nothing but a database to begin with, and then take no money', () => {
    const env = readEnv({ DATABASE_URL });

    expect(env.payments.chosen).toBeNull();
    expect(env.mail).toMatchObject({ chosen: null, hasInbox: true });
    expect(env.warnings).toEqual([]);
    expect(env.http.graphiql).toBe(true);
  });

  it('tell every mistake at once, with what to write', () => {
    const settings = {
      DATABASE_URL: 'mysql://x',
      API_PORT: 'abc',
      NODE_ENV: 'production',
      PAYMENT_PROVIDER: 'stripe',
    };

    expect(namesOf(settings).sort()).toEqual([
      'API_PORT',
      'API_PUBLIC_URL',
      'DATABASE_URL',
      'JWT_SECRET',
      'MAIL_PROVIDER',
      'STOREFRONT_URL',
    ]);
    expect(namesOf({ ...settings, STRIPE_SECRET_KEY: 'sk_test_abc' })).toEqual(
      expect.arrayContaining(['STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET']),
    );
    expect(mistakesOf(settings).every((line) => /: .{10,}/.test(line))).toBe(true);
  });

  it('name the countries in which a shop can begin, where it is told another', () => {
    expect(mistakesOf({ DATABASE_URL, SHOP_COUNTRY: 'ro ' })).toEqual([]);
    const [mistake] = mistakesOf({ DATABASE_URL, SHOP_COUNTRY: 'CH' });
    expect(mistake).toMatch(/SHOP_COUNTRY .* taxes the program knows: AT, BE, .*, RO, SE/);
  });

  it('may leave the keys of payments to staff as a whole, and not a part of them', () => {
    const two = ['STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'];

    for (const PAYMENT_PROVIDER of ['', 'stripe', 'admin']) {
      expect(namesOf({ DATABASE_URL, PAYMENT_PROVIDER })).toEqual([]);
      expect(namesOf({ DATABASE_URL, PAYMENT_PROVIDER, STRIPE_SECRET_KEY: 'sk_test_abc' })).toEqual(two);
      expect(namesOf({ DATABASE_URL, PAYMENT_PROVIDER, STRIPE_WEBHOOK_SECRET: 'whsec_a' })).toHaveLength(2);
    }
  });

  it('may leave to staff which provider takes payments and which service sends mails', () => {
    const { payments, mail } = readEnv({ DATABASE_URL, PAYMENT_PROVIDER: 'admin', MAIL_PROVIDER: 'admin' });

    expect(payments.chosen).toEqual([]);
    expect(mail).toMatchObject({ chosen: null, isLeftToStaff: true, hasInbox: false });
    expect(namesOf({ DATABASE_URL, PAYMENT_PROVIDER: 'admin,stripe' })).toEqual(['PAYMENT_PROVIDER']);
  });

  it('take several keys of secrets while one replaces the other, and none that is short', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(40)];

    expect(readEnv({ DATABASE_URL, SECRETS_KEY: `${one}, ${other}` }).secretsKeys).toEqual([one, other]);
    expect(namesOf({ DATABASE_URL, SECRETS_KEY: `${one},short` })).toEqual(['SECRETS_KEY']);
    expect(namesOf({ DATABASE_URL, SECRETS_KEY: `${one},` })).toEqual(['SECRETS_KEY']);
  });

  it('refuse a shop in production that would take no money without saying so', () => {
    const settings = {
      DATABASE_URL,
      NODE_ENV: 'production',
      JWT_SECRET: SECRET,
      STOREFRONT_URL: 'https://shop.example',
      API_PUBLIC_URL: 'https://api.shop.example',
      STAGING: 'true',
    };

    expect(namesOf(settings)).toEqual(['PAYMENT_PROVIDER']);
    expect(namesOf({ ...settings, PAYMENT_PROVIDER: 'test' })).toEqual([]);
    expect(readEnv({ ...settings, PAYMENT_PROVIDER: 'test' }).http.graphiql).toBe(false);
  });

  it.each([
    'true',
    'yes',
    '11',
    '-1',
    '0.0.0.0/0',
    '::/0',
    '::ffff:0:0/96',
    '0:0:0:0:0:ffff:0:0/100',
    '::/8',
    '2000::/3',
    '0.0.0.0/1, 128.0.0.0/1',
    '10.0.0.0/33',
    'example.com',
    '10.0.0.1 10.0.0.2',
  ])('refuse to trust proxies that are not named, with what to write: TRUST_PROXY=%s', (value) => {
    expect(mistakesOf({ DATABASE_URL, TRUST_PROXY: value })).toEqual([
      expect.stringMatching(/TRUST_PROXY is wrong: .*how many proxies.*10\.0\.0\.0\/8/),
    ]);
  });

  it.each([
    '1',
    '2',
    'loopback',
    '10.0.0.0/8, 192.168.1.1',
    'uniquelocal',
    'fc00::/7',
    '::ffff:10.0.0.0/104',
    '::1',
    'false',
    '',
  ])('take the number or the networks of proxies: TRUST_PROXY=%s', (value) => {
    expect(mistakesOf({ DATABASE_URL, TRUST_PROXY: value })).toEqual([]);
  });

  it('listen on this machine only while a shop is tried out', () => {
    const production = { ...REHEARSAL, PAYMENT_PROVIDER: 'test', JWT_SECRET: SECRET };

    expect(readEnv({ DATABASE_URL }).http.host).toBe('127.0.0.1');
    expect(readEnv({ DATABASE_URL, API_HOST: '0.0.0.0' }).http.host).toBe('0.0.0.0');
    expect(readEnv({ DATABASE_URL, ...production, STOREFRONT_URL: 'https://shop.example' }).http.host).toBe(
      '0.0.0.0',
    );
  });

  it('make up a secret of its own for each data folder, and keep it', async () => {
    const [one, other] = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), 'vitrine-secret-'))));
    const secretIn = (folder = ''): string => readEnv({ DATABASE_URL, DATA_DIR: folder }).auth.secret;

    expect(secretIn(one)).toMatch(/^[\w-]{64}$/);
    expect(secretIn(one)).toBe(secretIn(one));
    expect(secretIn(other)).not.toBe(secretIn(one));
    expect((await readFile(join(one ?? '', 'secret'), 'utf8')).trim()).toBe(secretIn(one));
    expect((await stat(join(one ?? '', 'secret'))).mode & 0o077).toBe(0);
  });

  it('take lists with commas or as JSON, and an empty value for none', () => {
    const origins = ['https://a.example', 'https://b.example'];

    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: origins.join(', ') }).http.corsOrigins).toEqual(origins);
    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: JSON.stringify(origins) }).http.corsOrigins).toEqual(
      origins,
    );
    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: '' }).http.corsOrigins).toEqual([]);
  });

  it('offer in production only the ways to pay they name, and want the account for bank transfers at the first start', () => {
    const production = {
      DATABASE_URL,
      JWT_SECRET: SECRET,
      STOREFRONT_URL: 'https://shop.example',
      ...REHEARSAL,
      PAYMENT_PROVIDER: 'test',
    };
    const account = { BANK_TRANSFER_HOLDER: 'Shop SRL', BANK_TRANSFER_IBAN: 'RO49 AAAA 1B31 0075 9384 0000' };

    expect(readEnv(production).paymentMethods).toEqual(['CARD']);
    expect(readEnv({ DATABASE_URL }).paymentMethods).toEqual(['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER']);
    const withoutAccount = readEnv({ ...production, PAYMENT_METHODS: 'bank_transfer' });
    expect(withoutAccount.firstMistakes.payments).toEqual([
      expect.stringMatching(/^BANK_TRANSFER_HOLDER is missing/),
      expect.stringMatching(/^BANK_TRANSFER_IBAN is missing/),
    ]);
    expect(withoutAccount.bankTransfer).toEqual({ holder: null, iban: null, days: 7 });
    const transfers = readEnv({ ...production, PAYMENT_METHODS: 'bank_transfer, card', ...account });
    expect(transfers.paymentMethods).toEqual(['CARD', 'BANK_TRANSFER']);
    expect(transfers.bankTransfer).toEqual({ holder: 'Shop SRL', iban: 'RO49AAAA1B31007593840000', days: 7 });
    expect(namesOf({ ...production, PAYMENT_METHODS: 'cheque' })).toEqual(['PAYMENT_METHODS']);
  });

  it.each([
    ['HTTPS://Shop.Example', 'https://shop.example'],
    ['https://shop.example./', 'https://shop.example'],
    [' https://shop.example:443 ', 'https://shop.example'],
    ['http:shop.example:80//', 'http://shop.example'],
    ['https://127.1:3000', 'https://127.0.0.1:3000'],
    ['https://[0:0::1]', 'https://[::1]'],
    ['https://Lână.ro', 'https://xn--ln-pia7k.ro'],
    ['https://shop.example/Magazin/', 'https://shop.example/Magazin'],
  ])('know an address in one spelling, however it is written: %s', (written, known) => {
    const env = readEnv({ DATABASE_URL, STOREFRONT_URL: written, API_PUBLIC_URL: written });

    expect([env.storefrontUrl, env.http.publicUrl]).toEqual([known, known]);
  });

  it.each([
    'ftp://shop.example',
    'shop.example',
    'https://',
    'https://u:p@shop.example',
    'https://shop.example?a',
    '*',
  ])('refuse what addresses cannot be built on: %s', (written) => {
    expect(namesOf({ DATABASE_URL, STOREFRONT_URL: written })).toEqual(['STOREFRONT_URL']);
  });
});
