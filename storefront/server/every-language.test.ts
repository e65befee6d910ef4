// @vitest-environment node
import type { IncomingMessage } from 'node:http';
import { LANGUAGES } from '@vitrine/client/languages';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isAdding } from './cart-without-scripts';
import { contentPolicy } from './policy';

// As if locales/languages.json had one more.
const languages = LANGUAGES as string[];
beforeAll(() => void languages.push('de'));
afterAll(() => void languages.pop());

it.each(['', '/en', '/de'])('pays, and fills a cart without scripts, in every language: %s', (prefix) => {
  expect(contentPolicy(`${prefix}/checkout/pay/token`)).toContain('https://js.stripe.com');
  expect(isAdding({ method: 'POST' } as IncomingMessage, `${prefix}/cart/add`)).toBe(true);
});
