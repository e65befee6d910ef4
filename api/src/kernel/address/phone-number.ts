import { INVISIBLE } from '../invisible-characters.js';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

const LABEL = /^\s*(?:tel|telefon|telephone|téléphone|phone|mobil|mobile|gsm)?[.:\s]*(?=[+\d(])/iu;

/**
 * The number in E.164, such as `+40722123456`, from any notation: national in `countryCode` if one is given, with + or 00,
 * with any separators. Null for what cannot be a number: only its length is checked, because number ranges change faster than
 * data about them.
 */
export function readPhoneNumber(given: string, countryCode?: string): string | null {
  const typed = given
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(LABEL, '')
    .replace(/\(\s*0\s*\)/g, '')
    .trim();
  if (!/^\+?[\d\s().,/\p{Pd}]+$/u.test(typed)) return null;
  const dialled = typed.replace(/^\(?00(?=[\s\d])/, '+').replace(/[^\d+]/g, '');
  const number = parsePhoneNumberFromString(dialled, countryCode as CountryCode | undefined);
  return number?.isPossible() ? number.number : null;
}

/**
 * The number in a readable format: `0722 123 456` at home, `+49 30 1234567` from abroad. A text that is no number is
 * returned unchanged.
 */
export function printedPhone(stored: string, home: string): string {
  const number = stored.startsWith('+') ? parsePhoneNumberFromString(stored) : undefined;
  if (!number) return stored;
  return number.country === home ? number.formatNational() : number.formatInternational();
}
