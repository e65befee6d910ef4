import { formatAddress } from 'localized-address-format';
import type { Language } from '../languages.js';
import { countryName } from './countries.js';
import { BUCHAREST, cityName } from './bucharest.js';
import { regionName } from './regions.js';

export interface PostalAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
}

/**
 * Name, company and streets, in the same order in every supported country; then the town line in its country's format,
 * and the country.
 */
export function addressLines(address: PostalAddress, language: Language): string[] {
  const { firstName, lastName, company, line1, line2, countryCode } = address;
  return [
    `${firstName} ${lastName}`,
    company,
    line1,
    line2,
    ...townLines(address),
    countryName(countryCode, language),
  ]
    .filter((line): line is string => Boolean(line?.trim()))
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

export function postalCodeFirst(countryCode: string): boolean {
  const sample = { postalCountry: countryCode, locality: 'T', administrativeArea: 'R', postalCode: '1' };
  const text = formatAddress(sample, 'latin').join(' ');
  return text.includes('1') && text.indexOf('1') < text.indexOf('T');
}

/** "500026 Brașov, jud. Brașov"; "030123 București, Sector 3"; elsewhere by the data of Google's address widgets. */
export function townLines({ city, region, postalCode, countryCode }: PostalAddress): string[] {
  const town = cityName(city);
  const name = region ? regionName(countryCode, region) : '';
  if (countryCode === 'RO') {
    if (region === BUCHAREST) return [`${postalCode} ${name}${town === name ? '' : `, ${town}`}`];
    return [`${postalCode} ${town}${name ? `, jud. ${name.replace(/^jud(?:\.|ețul)?\s+/i, '')}` : ''}`];
  }
  const administrativeArea = SHORT.has(countryCode) ? short(region) : name;
  const place = { postalCountry: countryCode, administrativeArea, locality: town, postalCode };
  const lines = formatAddress(place, 'latin');
  // Adds parts that the country's format leaves out but that were given.
  const missing = (text: string): string[] =>
    text && !lines.some((line) => line.includes(text)) ? [text] : [];
  return [...missing(town), ...lines, ...missing(administrativeArea)];
}

// Countries where the region is printed as its letters: "Mountain View, CA 94043", "20121 Milano MI".
const SHORT = new Set(['AU', 'BR', 'CA', 'IT', 'US']);

function short(region: string | null): string {
  return region?.replace(/^[A-Z]{2}-/, '') ?? '';
}
