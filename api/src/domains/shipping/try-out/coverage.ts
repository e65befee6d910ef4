import { countryName } from '../../../kernel/address/countries.js';
import { regionsOf } from '../../../kernel/address/regions.js';
import type { Language } from '../../../kernel/languages.js';
import type { Deliveries } from '../delivery-views.js';
import type { MethodView, ZoneView } from '../shipping.type.js';
import { DeliveryZones, REST_OF_THE_WORLD } from '../zones/delivery-zones.js';
import { storedAreas } from './try-out.js';

/** A country, or a county of the home country, with the deliveries that buyers there are offered. */
export interface Covered {
  readonly countryCode: string;
  readonly region: string | null;
  readonly name: string;
  readonly zone: ZoneView | null;
  readonly methods: readonly MethodView[];
}

/**
 * Where buyers can have goods sent, and by what: each county of the home country, if it has any, and each other country
 * that a zone names. A zone of some postal codes counts for nothing here: its county or country is what the rest of it has.
 */
export function coverage({ zones, methods }: Deliveries, home: string, language: Language): Covered[] {
  const areas = new DeliveryZones(zones.flatMap(storedAreas));
  const offered = methods.filter(({ active, archivedAt }) => active && archivedAt === null);
  const named = new Set(zones.flatMap((zone) => zone.areas.map(({ country }) => country)));
  const counties = regionsOf(home).map(({ code, name }) => ({ countryCode: home, region: code, name }));
  const away = [...named]
    .filter((country) => country !== home && country !== REST_OF_THE_WORLD)
    .map((country) => ({ countryCode: country, region: null, name: countryName(country, language) }))
    .sort((one, other) => one.name.localeCompare(other.name, language));
  const atHome = { countryCode: home, region: null, name: countryName(home, language) };
  return [...(counties.length > 0 ? counties : [atHome]), ...away].map((place) => {
    const zoneId = areas.zoneOf({ ...place, postalCode: null });
    return {
      ...place,
      zone: zones.find(({ id }) => id === zoneId) ?? null,
      methods: offered.filter(({ rates }) => rates.some((rate) => rate.zoneId === zoneId)),
    };
  });
}
