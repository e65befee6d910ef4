import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import en from '../../../locales/en/admin.json';
import ro from '../../../locales/ro/admin.json';
import { messagesFor, type KnownCode } from './error-messages';
import { LANGUAGES, pluralForm } from '@vitrine/client/languages';
import { i18n } from './i18n';

describe('what the admin says when something is refused', () => {
  beforeAll(() => {
    i18n.global.locale.value = 'en';
  });

  it('has words of its own for every code, in all three languages', () => {
    for (const language of LANGUAGES) {
      i18n.global.locale.value = language;
      const codes = Object.keys(en.errors);
      const spoken = codes.map((code) => messagesFor({ code }));

      expect(new Set(spoken).size).toBe(codes.length);
      expect(spoken.filter((words) => words.startsWith('errors.'))).toEqual([]);
    }
  });

  it('has no words left for a code that the shop does not answer any more', () => {
    expectTypeOf<keyof typeof en.errors>().toEqualTypeOf<KnownCode | 'UNKNOWN'>();
  });

  it('tells the number of now when a sale came between counting and saving', () => {
    i18n.global.locale.value = 'ro';

    expect(messagesFor({ code: 'STALE_QUANTITY', currentQuantity: 7 })).toContain('acum este 7');
  });

  it('names a code it has never heard of, so that it can be reported', () => {
    i18n.global.locale.value = 'fr';

    expect(messagesFor({ code: 'MOON_IN_THE_WAY' })).toBe('Cela n’a pas fonctionné (MOON_IN_THE_WAY).');
  });
});

describe('the three languages', () => {
  it('use the letters of Romanian with a comma below, not the cedilla of old fonts', () => {
    expect(JSON.stringify(ro).match(/[şţŞŢ]/g)).toBeNull();
  });

  it.each([
    [1, 0],
    [0, 1],
    [2, 1],
    [19, 1],
    [20, 2],
    [21, 2],
    [101, 1],
    [102, 1],
    [119, 1],
    [120, 2],
  ])('counts %i pieces in Romanian with form %i', (count, form) => {
    expect(pluralForm(count, 3, 'ro')).toBe(form);
  });
});
