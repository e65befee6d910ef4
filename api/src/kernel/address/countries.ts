import { iso31661 } from 'iso-3166';
import { languageDataOf, type Language } from '../languages.js';

const names = new Map<Language, Intl.DisplayNames>();

/** Every country and territory of ISO 3166-1, and Kosovo, whose code the standard leaves to its users. */
export const COUNTRY_CODES: readonly string[] = [
  ...iso31661.filter(({ state }) => state === 'assigned').map(({ alpha2 }) => alpha2),
  'XK',
].sort();

const known = new Set(COUNTRY_CODES);

export function isCountry(code: string): boolean {
  return known.has(code);
}

/** The country's name in a language; the code itself for an unknown country. */
export function countryName(code: string, language: Language): string {
  let inLanguage = names.get(language);
  if (!inLanguage) {
    inLanguage = new Intl.DisplayNames([languageDataOf(language).locale], {
      type: 'region',
      fallback: 'code',
    });
    names.set(language, inLanguage);
  }
  return /^[A-Z]{2}$/.test(code) ? (inLanguage.of(code) ?? code) : code;
}
