import { isCountry } from '../../../kernel/address/countries.js';
import { readPhoneNumber } from '../../../kernel/address/phone-number.js';
import { readPostalCode } from '../../../kernel/address/postal-code.js';
import { BUCHAREST, readSector } from '../../../kernel/address/bucharest.js';
import { needsRegion, readRegion, regionOfPostalCode } from '../../../kernel/address/regions.js';
import type { ErrorCode } from '../../../kernel/error-codes.js';
import { DomainError, DomainErrors } from '../../../kernel/errors.js';
import { visibleText } from '../../../kernel/invisible-characters.js';

/** An address as it is stored: trimmed, checked, with null for missing values. */
export interface StoredAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
  readonly line1: string;
  readonly line2: string | null;
  /** For Bucharest its sector: SECTOR1 to SECTOR6. */
  readonly city: string;
  /** The code of ISO 3166-2 where the country's regions are known, such as RO-BV; else as entered. */
  readonly region: string | null;
  /** As the country prints it; empty where none is required. */
  readonly postalCode: string;
  readonly countryCode: string;
  /** E.164. */
  readonly phone: string | null;
}

type Given = { readonly [field in keyof StoredAddress]?: string | null };
type Refuse = (field: keyof StoredAddress, message: string, code?: ErrorCode) => void;

const REQUIRED = { firstName: 80, lastName: 80, line1: 120, city: 80 } as const;
const OPTIONAL = { company: 120, line2: 120, region: 80 } as const;

/**
 * Normalizes an address for storage: spaces trimmed and collapsed, empty optional fields null, postal code, region and
 * telephone number in their canonical form. No common notation of these is refused.
 *
 * @throws DomainErrors with one INVALID_INPUT, INVALID_COUNTRY, INVALID_POSTAL_CODE or INVALID_PHONE for each wrong
 * field; `path` is the address's path in the input
 */
export function readAddress(input: Given, path: readonly string[] = []): StoredAddress {
  const errors: DomainError[] = [];
  const refuse: Refuse = (field, message, code = 'INVALID_INPUT') => {
    errors.push(new DomainError(code, message, [...path, field]));
  };
  const read = (field: keyof StoredAddress, maxLength: number): string | null => {
    const text = tidy(input[field]);
    if (text !== null && text.length > maxLength) refuse(field, `At most ${maxLength} characters.`);
    if (text === null && field in REQUIRED) refuse(field, 'This is needed.');
    return text;
  };

  const countryCode = tidy(input.countryCode)?.toUpperCase() ?? '';
  const place = readPlace(countryCode, input, refuse);
  const city = read('city', REQUIRED.city) ?? '';
  const region = place.region ?? read('region', OPTIONAL.region);
  const sector = region === BUCHAREST ? readSector(city, place.postalCode) : null;
  const address = {
    firstName: read('firstName', REQUIRED.firstName) ?? '',
    lastName: read('lastName', REQUIRED.lastName) ?? '',
    company: read('company', OPTIONAL.company),
    line1: read('line1', REQUIRED.line1) ?? '',
    line2: read('line2', OPTIONAL.line2),
    city: sector ?? city,
    region,
    postalCode: place.postalCode,
    countryCode,
    phone: place.phone,
  };
  if (errors.length > 0) throw new DomainErrors(errors);
  return address;
}

/** Reads the parts that depend on the country. For an unknown country only that error is reported. */
function readPlace(
  countryCode: string,
  input: Given,
  refuse: Refuse,
): Pick<StoredAddress, 'region' | 'postalCode' | 'phone'> {
  const isKnown = isCountry(countryCode);
  if (!isKnown) refuse('countryCode', 'There is no country of this code.', 'INVALID_COUNTRY');
  const postalCode = readPostalCode(countryCode, tidy(input.postalCode) ?? '');
  if (isKnown && postalCode === null)
    refuse('postalCode', 'This is no postal code of the country.', 'INVALID_POSTAL_CODE');
  const phone = isKnown ? readPhone(input.phone, countryCode) : null;
  if (phone === undefined) refuse('phone', 'This is no telephone number.', 'INVALID_PHONE');
  const typed = tidy(input.region);
  const region =
    (typed && readRegion(countryCode, typed)) ??
    (postalCode ? regionBehind(countryCode, typed, postalCode) : null);
  // For other countries more spellings are in use than the list contains: an unknown region is stored as entered.
  const isTaken = region !== null || (typed !== null && countryCode !== 'RO');
  if (needsRegion(countryCode) && !isTaken && postalCode !== null)
    refuse('region', typed ? 'This is no county of Romania.' : 'This is needed.');
  return { region: region || null, postalCode: postalCode ?? '', phone: phone ?? null };
}

/** The region of the postal code, if none was entered or only a sector of Bucharest. */
function regionBehind(countryCode: string, typed: string | null, postalCode: string): string | null {
  const region = regionOfPostalCode(countryCode, postalCode);
  return typed === null || (region === BUCHAREST && readSector(typed, '')) ? region : null;
}

/**
 * The number in E.164, null if none is given, or undefined for an invalid telephone number.
 *
 * @param countryCode the country of national numbers; left out, they are invalid
 */
export function readPhone(given: string | null | undefined, countryCode?: string): string | null | undefined {
  const text = tidy(given);
  return text === null ? null : (readPhoneNumber(text, countryCode) ?? undefined);
}

/** Removes control and invisible characters, which must not appear on a shipping label; null if nothing is left. */
export function tidy(given: string | null | undefined): string | null {
  return (given && visibleText(given.replace(/[\p{Cc}\s]+/gu, ' ')).trim()) || null;
}
