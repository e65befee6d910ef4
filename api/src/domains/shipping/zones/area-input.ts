import { isCountry } from '../../../kernel/address/countries.js';
import { readPostalPrefix } from '../../../kernel/address/postal-code.js';
import { readRegion, regionsOf } from '../../../kernel/address/regions.js';
import { InvalidInputError } from '../../../kernel/errors.js';
import { AreaTakenError } from '../shipping.errors.js';
import { REST_OF_THE_WORLD, type StoredArea } from './delivery-zones.js';

export type Area = Omit<StoredArea, 'zoneId'>;

/** A part of a zone as staff enter it. */
export interface EnteredArea {
  readonly country: string;
  readonly region?: string | null | undefined;
  readonly postcodePrefix?: string | null | undefined;
}

/** Written out, longest first: the longest code of any country has ten letters and digits. */
const LONGEST_PREFIX = 10;

/**
 * Areas as they are stored.
 *
 * @throws InvalidInputError for a country, county or postal code that there is not
 * @throws AreaTakenError for one that is given twice
 */
export function readAreas(entered: readonly EnteredArea[]): readonly Area[] {
  const areas = entered.map(readArea);
  const keys = areas.map(({ country, subdivision, postcodePrefix }) =>
    [country, subdivision, postcodePrefix].join('/'),
  );
  const again = keys.findIndex((key, at) => keys.indexOf(key) !== at);
  if (again >= 0) throw new AreaTakenError(again, null);
  return areas;
}

function readArea({ country: given, region, postcodePrefix: prefix }: EnteredArea, at: number): Area {
  const path = (field: string): string[] => ['areas', String(at), field];
  const country = given.toUpperCase();
  if (country !== REST_OF_THE_WORLD && !isCountry(country))
    throw new InvalidInputError('There is no such country.', path('countryCode'));
  if (region && prefix)
    throw new InvalidInputError('Either a county or the begin of a postal code.', path('postcodePrefix'));
  if (country === REST_OF_THE_WORLD && (region || prefix))
    throw new InvalidInputError('The rest of the world has no counties and no codes.', path('countryCode'));
  return {
    country,
    subdivision: region ? readCounty(country, region, path('region')) : null,
    postcodePrefix: prefix ? readPrefix(country, prefix, path('postcodePrefix')) : null,
  };
}

function readCounty(country: string, region: string, path: readonly string[]): string {
  const code = readRegion(country, region);
  if (code) return code;
  const message =
    regionsOf(country).length > 0
      ? 'There is no such county, state or province.'
      : 'Addresses of this country name no region: use the begin of postal codes.';
  throw new InvalidInputError(message, path);
}

function readPrefix(country: string, prefix: string, path: readonly string[]): string {
  const plain = readPostalPrefix(country, prefix);
  if (plain === null || plain.length > LONGEST_PREFIX)
    throw new InvalidInputError('No postal code of this country begins so.', path);
  return plain;
}
