import type { Clock } from '../../kernel/clock.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../platform/database/catalog-cache.js';
import { statement, type Querying, t, type ValuesOf } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import { inEveryLanguage } from '../../platform/messages.js';
import type { Language, LocalizedText } from '../../kernel/languages.js';
import {
  DeliveryTable,
  STORED_AREAS,
  STORED_METHODS,
  type Place,
  type ShippingMethod,
  type ShippingRates,
  type StoredArea,
  type StoredMethod,
} from '../shipping/index.js';
import { ratesAt, type DatedRate, type RatesOfDay, type TaxRate } from './tax/dated-rates.js';
import { holdsOn } from '../../kernel/shop-time.js';
import {
  languagesGroup,
  regionalGroup,
  taxGroup,
  STORED_CURRENCY,
  STORED_HOME,
  type SettingsService,
} from '../store/index.js';

export interface Country {
  readonly code: string;
  readonly name: LocalizedText;
}

const REFERENCE_ROW = {
  countries: t.json<readonly Country[]>(),
  datedRates: t.json<readonly DatedRate[]>(),
  areas: t.json<readonly StoredArea[]>(),
  shippingMethods: t.json<readonly StoredMethod[]>(),
  storedHome: t.text.orNull,
  storedCurrency: t.text.orNull,
};
/**
 * The shop's configuration, cached until it changes: announced by whoever changes it, or because another tax rate begins
 * on a day. `datedRates` has the rates of all days, `taxRates` those of today.
 */
export interface Reference
  extends
    Omit<ValuesOf<typeof REFERENCE_ROW>, 'areas' | 'shippingMethods' | 'storedHome' | 'storedCurrency'>,
    RatesOfDay {
  /** Where the shop delivers, how, and for how much. */
  readonly deliveries: DeliveryTable;
  /** Of all prices, ISO 4217. */
  readonly currency: string;
  /** The shop's own country: taxes a cart that has no address yet. */
  readonly homeCountry: string;
  /** In which its days begin. */
  readonly timeZone: string;
  /** Of names that an order takes over untranslated. */
  readonly defaultLanguage: Language;
  /** In which the shop speaks to buyers. */
  readonly languages: readonly Language[];
}

// The home country and the currency are read with the rates and prices, in one statement: a home of after a move with the
// rates of before has no taxes.
const readReference = statement('pricing.reference', {
  row: REFERENCE_ROW,
  sql: `SELECT
     (SELECT coalesce(json_agg(json_build_object('code', code, 'name', name) ORDER BY position, code), '[]')
      FROM country) AS countries,
     (SELECT coalesce(json_agg(json_build_object('countryCode', country_code, 'taxClass', tax_class, 'name', name,
        'rateBasisPoints', rate_basis_points, 'from', lower(validity), 'until', upper(validity),
        'addedAt', (extract(epoch FROM created_at) * 1000)::bigint)), '[]') FROM tax_rate) AS "datedRates",
     ${STORED_AREAS} AS areas,
     ${STORED_METHODS} AS "shippingMethods",
     ${STORED_HOME} AS "storedHome",
     ${STORED_CURRENCY} AS "storedCurrency"`,
});

const NOTHING = {
  ...{ countries: [], datedRates: [], areas: [], shippingMethods: [] },
  ...{ storedHome: null, storedCurrency: null },
};

interface ShopConfigDeps {
  readonly database: Querying;
  readonly listener: Listener;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly rates: ShippingRates;
  readonly clock: Clock;
}

export class ShopConfigCache {
  private readonly cache: CatalogCache<Reference>;

  constructor({ database, listener, settings, rates, clock }: ShopConfigDeps) {
    const load = async (): Promise<Reference> => {
      const { storedHome, storedCurrency, areas, shippingMethods, countries, ...rows } =
        (await database.row(readReference)) ?? NOTHING;
      const first = await settings.get(regionalGroup);
      const { defaultLanguage, offered: languages } = await settings.get(languagesGroup);
      const homeCountry = storedHome ?? first.homeCountry;
      const { timeZone } = first;
      const registration = await settings.get(taxGroup);
      const deliveries = new DeliveryTable(areas, shippingMethods, rates);
      return {
        ...{ ...rows, deliveries, homeCountry, timeZone },
        ...ratesAt(clock.now(), { datedRates: rows.datedRates, timeZone, registration }),
        countries: deliveredTo(deliveries, countries),
        ...{ currency: storedCurrency ?? first.currency, defaultLanguage, languages },
      };
    };
    this.cache = new CatalogCache(listener, load, CATALOG_CHANNEL, { clock, endOf: ({ endsAt }) => endsAt });
  }

  get(): Promise<Reference> {
    return this.cache.get();
  }

  /** For the process that changed something: its next read must not wait for the notification. */
  drop(): void {
    this.cache.drop();
  }
}

/** The tax included in the prices of the shop's countries. */
export const taxName = (): LocalizedText => inEveryLanguage('documents', 'tax');

/**
 * The tax rate at the place of delivery: of today, which is none for a seller who charges no tax, or of a day on which tax
 * was charged; undefined where neither the country nor the shop's own has one. A country without a rate of its own is taxed as the shop's home country: below the EU's distance-selling
 * threshold the seller's rate applies (Directive 2006/112/EC, article 59c).
 */
export function findTaxRate(
  reference: Reference,
  countryCode: string | null,
  taxClass: string,
  day: string | null = null,
): DatedRate | undefined {
  const { taxRates, datedRates } = reference;
  const rates = day === null ? taxRates : datedRates.filter((rate) => holdsOn(rate, day));
  const find = (country: string): DatedRate | undefined =>
    rates.find((rate) => rate.countryCode === country && rate.taxClass === taxClass);
  return (countryCode ? find(countryCode) : undefined) ?? find(reference.homeCountry);
}

/** The same; a rate of 0 where there is none. */
export function taxRateFor(
  reference: Reference,
  countryCode: string | null,
  taxClass: string,
  day: string | null = null,
): TaxRate {
  const rate = findTaxRate(reference, countryCode, taxClass, day);
  return rate ?? { countryCode: reference.homeCountry, taxClass, name: taxName(), rateBasisPoints: 0 };
}

/** The methods that have a rate at a place; at home before an address is known. */
export function shippingMethodsFor(reference: Reference, place: Place | null): readonly ShippingMethod[] {
  return reference.deliveries.methodsTo(
    place ?? { countryCode: reference.homeCountry, region: null, postalCode: null },
  );
}

/** The countries of the zones, with the names that the shop has for them, else those of everybody. */
function deliveredTo({ zones }: DeliveryTable, named: readonly Country[]): Country[] {
  const names = new Map(named.map(({ code, name }) => [code, name]));
  return zones.countries.map((code) => ({ code, name: names.get(code) ?? {} }));
}
