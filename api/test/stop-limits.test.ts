import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STOP_LIMIT_MS } from '../src/app/lifecycle.js';
import { readEnv } from '../src/app/settings/env.js';
import { CALL } from '../src/integrations/payments/stripe/stripe-provider.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The longest pause of Stripe's SDK before it repeats a call. */
const LONGEST_PAUSE_MS = 2_000;
const PRODUCTION = {
  ...{ NODE_ENV: 'production', DATABASE_URL: 'postgres://shop:a@127.0.0.1/x', STAGING: 'true' },
  ...{ JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa', PAYMENT_PROVIDER: 'test' },
  ...{ STOREFRONT_URL: 'https://shop.example', API_PUBLIC_URL: 'https://api.shop.example' },
};

describe('a process that is told to stop while the payment provider does not answer', () => {
  const longestCall = CALL.timeoutMs * (CALL.repeats + 1) + CALL.repeats * LONGEST_PAUSE_MS;

  it('has the time to answer the buyer who waits for it', () => {
    expect(longestCall).toBeLessThan(STOP_LIMIT_MS);
    // Most proxies give up after thirty seconds.
    expect(longestCall).toBeLessThan(30_000);
  });

  it.each(['x-api', '  storefront'])('is not killed by its container before: %s', (service) => {
    const [, seconds] =
      new RegExp(`^${service}:[^]*?stop_grace_period: (\\d+)s`, 'm').exec(read('docker-compose.yml')) ?? [];
    const { drainSeconds } = readEnv(PRODUCTION).http;

    expect(Number(seconds) * 1_000).toBeGreaterThan(drainSeconds * 1_000 + STOP_LIMIT_MS);
  });

  it('nor by npm start', () => {
    const [, milliseconds] = /^const STOP_LIMIT_MS = ([\d_]+);/m.exec(read('scripts/shop.mjs')) ?? [];

    expect(Number(milliseconds?.replaceAll('_', ''))).toBeGreaterThan(STOP_LIMIT_MS);
  });

  it('nor is its storefront gone before it has passed the answer on', () => {
    const [, milliseconds] =
      /^const LONGEST_ANSWER_MS = ([\d_]+);/m.exec(read('storefront/server/closing.ts')) ?? [];

    expect(Number(milliseconds?.replaceAll('_', ''))).toBeGreaterThan(longestCall);
  });
});
