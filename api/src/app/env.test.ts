import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from './env.js';

const DATABASE_URL = 'postgres://shop@localhost/vitrine';
const SECRET = 'a-secret-of-a-shop-that-is-long-enough';

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

    expect(env.payments).toEqual({ provider: 'test' });
    expect(env.mail.provider).toBe('inbox');
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
      'DATABASE_URL',
      'JWT_SECRET',
      'STOREFRONT_URL',
      'STRIPE_PUBLISHABLE_KEY',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
    ]);
    expect(mistakesOf(settings).every((line) => /: .{10,}/.test(line))).toBe(true);
  });

  it('refuse a shop in production that would take no money without saying so', () => {
    const settings = {
      DATABASE_URL,
      NODE_ENV: 'production',
      JWT_SECRET: SECRET,
      STOREFRONT_URL: 'https://shop.example',
    };

    expect(namesOf(settings)).toEqual(['PAYMENT_PROVIDER']);
    expect(namesOf({ ...settings, PAYMENT_PROVIDER: 'test' })).toEqual([]);
    expect(readEnv({ ...settings, PAYMENT_PROVIDER: 'test' }).http.graphiql).toBe(false);
  });

  it('take lists with commas or as JSON, and an empty value for none', () => {
    const origins = ['https://a.example', 'https://b.example'];

    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: origins.join(', ') }).http.corsOrigins).toEqual(origins);
    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: JSON.stringify(origins) }).http.corsOrigins).toEqual(
      origins,
    );
    expect(readEnv({ DATABASE_URL, CORS_ORIGINS: '' }).http.corsOrigins).toEqual([]);
  });

  it('offer in production only the ways to pay they name, and want the account for bank transfers', () => {
    const production = {
      DATABASE_URL,
      NODE_ENV: 'production',
      JWT_SECRET: SECRET,
      STOREFRONT_URL: 'https://shop.example',
      PAYMENT_PROVIDER: 'test',
    };
    const account = { BANK_TRANSFER_HOLDER: 'Shop SRL', BANK_TRANSFER_IBAN: 'RO49 AAAA 1B31 0075 9384 0000' };

    expect(readEnv(production).paymentMethods).toEqual(['CARD']);
    expect(readEnv({ DATABASE_URL }).paymentMethods).toEqual(['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER']);
    expect(namesOf({ ...production, PAYMENT_METHODS: 'bank_transfer' })).toEqual([
      'BANK_TRANSFER_HOLDER',
      'BANK_TRANSFER_IBAN',
    ]);
    const transfers = readEnv({ ...production, PAYMENT_METHODS: 'bank_transfer, card', ...account });
    expect(transfers.paymentMethods).toEqual(['CARD', 'BANK_TRANSFER']);
    expect(transfers.bankTransfer).toEqual({ holder: 'Shop SRL', iban: 'RO49AAAA1B31007593840000', days: 7 });
    expect(namesOf({ ...production, PAYMENT_METHODS: 'cheque' })).toEqual(['PAYMENT_METHODS']);
  });
});
