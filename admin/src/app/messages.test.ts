import { LANGUAGES } from '@vitrine/client/languages';
import { describe, expect, it } from 'vitest';
import { i18n } from './i18n';

// That every language has every key, with the same values, is held by the storefront's message-files.test.ts for all files.
describe('the words of the admin', () => {
  it.each(LANGUAGES)('name every mail that the shop sends (%s)', (language) => {
    for (const template of ['order-confirmation', 'order-shipped', 'password-reset', 'owner-alert'])
      expect(i18n.global.te(`mailTemplate.${template}`, language)).toBe(true);
  });
});
