import { DomainErrors, InvalidInputError } from '../../kernel/errors.js';

/** An address as it is kept: trimmed, checked, with null for what is not given. */
export interface StoredAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly phone: string | null;
}

type Given = { readonly [field in keyof StoredAddress]?: string | null };

const REQUIRED = { firstName: 80, lastName: 80, line1: 120, city: 80 } as const;
const OPTIONAL = { company: 120, line2: 120, region: 80 } as const;

// Where the form is fixed; elsewhere anything that looks like a postal code will do. Source: UPU, Addressing unit.
const POSTAL_CODES: Readonly<Record<string, RegExp>> = {
  RO: /^\d{6}$/,
  AT: /^\d{4}$/,
  BE: /^\d{4}$/,
  BG: /^\d{4}$/,
  CH: /^\d{4}$/,
  CY: /^\d{4}$/,
  DK: /^\d{4}$/,
  HU: /^\d{4}$/,
  LU: /^\d{4}$/,
  SI: /^\d{4}$/,
  CZ: /^\d{3} ?\d{2}$/,
  DE: /^\d{5}$/,
  EE: /^\d{5}$/,
  ES: /^\d{5}$/,
  FI: /^\d{5}$/,
  FR: /^\d{5}$/,
  GR: /^\d{3} ?\d{2}$/,
  HR: /^\d{5}$/,
  IT: /^\d{5}$/,
  SE: /^\d{3} ?\d{2}$/,
  SK: /^\d{3} ?\d{2}$/,
  US: /^\d{5}(-\d{4})?$/,
  LT: /^(LT-)?\d{5}$/,
  LV: /^(LV-)?\d{4}$/,
  MD: /^(MD-?)?\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PL: /^\d{2}-\d{3}$/,
  PT: /^\d{4}-\d{3}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
};
const ANY_POSTAL_CODE = /^[A-Z\d][A-Z\d -]{1,11}$/;
const PHONE = /^\+?(?=(?:\D*\d){5})[\d ()./-]{5,24}$/;

/**
 * The address as it is to be kept: spaces trimmed and joined, empty optional fields null, the postal code in capitals.
 *
 * @throws DomainErrors with one INVALID_INPUT for each wrong field; `path` is where the address stands in the input
 */
export function readAddress(input: Given, path: readonly string[] = []): StoredAddress {
  const errors: InvalidInputError[] = [];
  const refuse = (field: string, message: string): void => {
    errors.push(new InvalidInputError(message, [...path, field]));
  };
  const read = (field: keyof StoredAddress, maxLength: number): string | null => {
    const text = tidy(input[field]);
    if (text !== null && text.length > maxLength) refuse(field, `At most ${maxLength} characters.`);
    if (text === null && field in REQUIRED) refuse(field, 'This is needed.');
    return text;
  };

  const countryCode = tidy(input.countryCode)?.toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(countryCode)) refuse('countryCode', 'Give the two-letter code of a country.');
  const postalCode = tidy(input.postalCode)?.toUpperCase() ?? '';
  const form = POSTAL_CODES[countryCode] ?? ANY_POSTAL_CODE;
  if (!form.test(postalCode)) refuse('postalCode', 'This is no postal code of the country.');
  const phone = readPhone(input.phone);
  if (phone === undefined) refuse('phone', 'This is no telephone number.');
  const address = {
    firstName: read('firstName', REQUIRED.firstName) ?? '',
    lastName: read('lastName', REQUIRED.lastName) ?? '',
    company: read('company', OPTIONAL.company),
    line1: read('line1', REQUIRED.line1) ?? '',
    line2: read('line2', OPTIONAL.line2),
    city: read('city', REQUIRED.city) ?? '',
    region: read('region', OPTIONAL.region),
    postalCode,
    countryCode,
    phone: phone ?? null,
  };
  if (errors.length > 0) throw new DomainErrors(errors);
  return address;
}

/** The number, null when none is given, or undefined for what is no telephone number. */
export function readPhone(given: string | null | undefined): string | null | undefined {
  const text = tidy(given);
  return text === null || PHONE.test(text) ? text : undefined;
}

/** Without control characters, which have no business on a parcel or in a mail header; null when nothing is left. */
export function tidy(given: string | null | undefined): string | null {
  return given?.replace(/[\p{Cc}\s]+/gu, ' ').trim() || null;
}
