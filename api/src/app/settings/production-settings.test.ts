import { describe, expect, it } from 'vitest';
import { readEnv } from './env.js';

const OPEN = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://shop@localhost/vitrine',
  JWT_SECRET: 'a-secret-of-a-shop-that-is-long-enough',
  STOREFRONT_URL: 'https://shop.example',
  API_PUBLIC_URL: 'https://api.shop.example',
  PAYMENT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
  SMTP_URL: 'smtp://mail.example',
  MAIL_FROM: 'shop@shop.example',
  SELLER_NAME: 'Shop SRL',
  SELLER_ADDRESS: 'Strada 1|500000 Brașov',
  SELLER_TAX_ID: 'RO12345678',
};
const REHEARSED = { PAYMENT_PROVIDER: 'test', SMTP_URL: '', MAIL_FROM: '', SELLER_NAME: '' };

const userErrors = (changed: NodeJS.ProcessEnv): string[] => {
  try {
    readEnv({ ...OPEN, ...changed });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

describe('a shop that serves the public', () => {
  it('starts when everything is there', () => {
    expect(userErrors({})).toEqual([]);
    expect(userErrors({ STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef,' })).toEqual([]);
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ SMTP_URL: '' }, /MAIL_PROVIDER .* no customer would get a mail/],
    [{ MAIL_PROVIDER: 'inbox' }, /MAIL_PROVIDER .* no customer would get a mail/],
    [{ MAIL_FROM: '' }, /MAIL_FROM is missing/],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_' }, /STRIPE_WEBHOOK_SECRET .*whsec_ is missing/],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef,whsec_' }, /STRIPE_WEBHOOK_SECRET/],
    [{ STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_PUBLISHABLE_KEY: 'pk_a' }, /STRIPE_SECRET_KEY .* test key/],
    [{ STRIPE_SECRET_KEY: 'rk_test_a', STRIPE_PUBLISHABLE_KEY: 'pk_a' }, /STRIPE_SECRET_KEY .* test key/],
    [
      { STRIPE_SECRET_KEY: 'sk_a', STRIPE_PUBLISHABLE_KEY: 'pk_test_a' },
      /STRIPE_PUBLISHABLE_KEY .* test key/,
    ],
    [{ STAGING: 'true', STRIPE_PUBLISHABLE_KEY: 'pk_test_a' }, /is a test key and .* a live one/],
    [{ JWT_SECRET: 'a'.repeat(40) }, /JWT_SECRET .* guessed/],
    [{ JWT_SECRET: 'secret'.repeat(8) }, /JWT_SECRET .* guessed/],
    [{ STOREFRONT_SECRET: '1'.repeat(32) }, /STOREFRONT_SECRET .* guessed/],
    [{ STOREFRONT_URL: 'http://shop.example' }, /STOREFRONT_URL .* https/],
    [{ API_PUBLIC_URL: 'http://api.shop.example' }, /API_PUBLIC_URL .* https/],
    [{ API_PUBLIC_URL: '' }, /API_PUBLIC_URL is missing/],
    [{ API_PUBLIC_URL: 'http://localhost:4000' }, /API_PUBLIC_URL .* this machine/],
    [{ API_PUBLIC_URL: 'https://127.0.0.1' }, /API_PUBLIC_URL .* this machine/],
    [{ CORS_ORIGINS: '*' }, /CORS_ORIGINS .* every site/],
    [{ CORS_ORIGINS: '["https://a.example", "*"]' }, /CORS_ORIGINS .* every site/],
    [{ SELLER_TAX_ID: 'RO00000000' }, /SELLER_TAX_ID .* demonstration/],
    [{ SELLER_ADDRESS: '' }, /SELLER_ADDRESS is missing/],
    [{ PAYMENT_PROVIDER: 'test' }, /PAYMENT_PROVIDER .* takes no money/],
  ])('refuses %j', (changed, sentence) => {
    expect(userErrors(changed)).toEqual([expect.stringMatching(sentence)]);
  });

  it('takes test payments and no mails only as a rehearsal, or at an address nobody else reaches', () => {
    expect(userErrors(REHEARSED)).toHaveLength(3);
    expect(userErrors({ ...REHEARSED, STAGING: 'true' })).toEqual([]);
    const here = { STOREFRONT_URL: 'http://127.0.0.1:3000', API_PUBLIC_URL: '' };
    expect(userErrors({ ...REHEARSED, ...here })).toEqual([]);
  });
});
