import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_LANGUAGE, LANGUAGES } from '@vitrine/client/languages';
import { afterAll, describe, expect, it } from 'vitest';
import { mailName } from '../ui/mail-names';
import { i18n, useLanguage } from './i18n';

// That every language has every key, with the same values, is held by the storefront's message-files.test.ts for all files.
describe('the words of the admin', () => {
  afterAll(() => useLanguage(FIRST_LANGUAGE));

  it.each(LANGUAGES)('name every mail that the shop sends (%s)', async (language) => {
    await useLanguage(language);
    const mails = [
      'order-confirmation',
      'order-shipped',
      'password-reset',
      'password-changed',
      'refund-made',
      'owner-alert',
      'alert-new-order',
      'alert-stock-low',
      'alert-digest',
      'alert-payment-outage',
      'alert-payment-outage-locked-out',
      'alert-payment-outage-refused',
    ];

    const names = mails.map(mailName);

    expect(names.filter((name) => mails.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(mails.length);
  });

  it('are there wherever a page names one', () => {
    const { te } = i18n.global;
    const named = /\bt\(\s*'([\w.-]+)'|\bt\([^()']*\?\s*'([\w.-]+)'\s*:\s*'([\w.-]+)'/g;
    const described = /\b(?:label|hint|help|title|newTitle|done|submitLabel): '([a-z][\w-]*\.[\w.-]+)'/g;
    const source = join(import.meta.dirname, '..');
    const missing = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:vue|ts)$/.test(file) && !/generated|\.test\.ts$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(source, file), 'utf8');
        return [named, described]
          .flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, ...keys]) => keys))
          .flatMap((key) => (key && !te(key) ? `${file}: ${key}` : []));
      });
    expect(missing).toEqual([]);
  });

  it('show the template of a mail that this admin does not know', () => {
    expect(mailName('gift-wrap-ready')).toBe('gift-wrap-ready');
  });
});
