import { COUNTRY_CODES } from '../../../kernel/address/countries.js';
import { readPostalPrefix } from '../../../kernel/address/postal-code.js';
import { regionOfPostalCode } from '../../../kernel/address/regions.js';

/** Stands for every country that no area names. */
export const REST_OF_THE_WORLD = 'ZZ';

/** Where goods go, as far as it decides about the delivery; an address is one. */
export interface Place {
  readonly countryCode: string;
  /** The code of ISO 3166-2 where the regions of the country are known; null while unknown. */
  readonly region: string | null;
  /** In any spelling; empty or null while unknown, and where the country has none. */
  readonly postalCode: string | null;
}

/** A part of a zone, as it is stored. */
export interface StoredArea {
  readonly zoneId: string;
  /** ISO 3166-1, or `ZZ` for the rest of the world. */
  readonly country: string;
  /** ISO 3166-2; null for the whole country. */
  readonly subdivision: string | null;
  /** As `readPostalPrefix` reads it; null for the whole country. */
  readonly postcodePrefix: string | null;
}

interface CountryZones {
  readonly whole: string | null;
  readonly bySubdivision: ReadonlyMap<string, string>;
  /** The longest first. */
  readonly prefixes: readonly (readonly [prefix: string, zoneId: string])[];
}

/** A postal code, or the begin of one, as codes are compared: "SW1A 1AA" and "sw1a1aa" are one, "1010" and "LV-1010" in Latvia. */
function readPostal(countryCode: string, code: string | null): string {
  return (code && readPostalPrefix(countryCode, code)) || '';
}

/** Finds the zone of a place. An area belongs to one zone, so a place is in one zone or in none. */
export class DeliveryZones {
  /** The countries that goods can be sent to, ISO 3166-1. */
  readonly countries: readonly string[];
  private readonly byCountry: ReadonlyMap<string, CountryZones>;
  private readonly rest: string | null;

  constructor(areas: readonly StoredArea[]) {
    const byCountry = Map.groupBy(areas, ({ country }) => country);
    this.rest = byCountry.get(REST_OF_THE_WORLD)?.[0]?.zoneId ?? null;
    byCountry.delete(REST_OF_THE_WORLD);
    this.byCountry = new Map([...byCountry].map(([country, own]) => [country, zonesIn(own)]));
    this.countries = this.rest === null ? [...byCountry.keys()] : COUNTRY_CODES;
  }

  /**
   * The longest prefix of the postal code decides, then the county (that of the code where none is given, as in an
   * address), then the country, then the rest of the world.
   */
  zoneOf({ countryCode, region, postalCode }: Place): string | null {
    const country = this.byCountry.get(countryCode);
    if (country) {
      const code = readPostal(countryCode, postalCode);
      const county = region || regionOfPostalCode(countryCode, code) || '';
      const zone = byPostcode(country, code) ?? country.bySubdivision.get(county) ?? country.whole;
      if (zone !== null) return zone;
    }
    return this.rest;
  }
}

function zonesIn(areas: readonly StoredArea[]): CountryZones {
  const prefixes = areas.flatMap(({ postcodePrefix, zoneId }) =>
    postcodePrefix === null ? [] : [[postcodePrefix, zoneId] as const],
  );
  const counties = areas.flatMap(({ subdivision, zoneId }) =>
    subdivision === null ? [] : [[subdivision, zoneId] as const],
  );
  const whole = areas.find((area) => area.subdivision === null && area.postcodePrefix === null);
  return {
    whole: whole?.zoneId ?? null,
    bySubdivision: new Map(counties),
    prefixes: prefixes.sort(([one], [other]) => other.length - one.length),
  };
}

function byPostcode({ prefixes }: CountryZones, plain: string): string | undefined {
  return prefixes.find(([prefix]) => plain.startsWith(prefix))?.[1];
}
