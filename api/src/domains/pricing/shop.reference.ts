import { CatalogCache } from '../../platform/database/catalog-cache.js';
import { statement, type Querying, t, type ValuesOf } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import { inEveryLanguage } from '../../platform/messages.js';
import type { Language, LocalizedText } from '../../kernel/languages.js';
import { argumentsOf } from './rates/stored-arguments.js';
import type { ShippingRates, StoredRate } from './rates/rated-method.js';
import type { ShipmentToPrice } from './rates/shipping-rate.js';
import {
  languagesGroup,
  regionalGroup,
  STORED_CURRENCY,
  STORED_HOME,
  type SettingsService,
} from '../store/index.js';

export interface Country {
  readonly code: string;
  readonly regionCode: string;
  readonly name: LocalizedText;
}

export interface TaxRate {
  readonly countryCode: string;
  readonly taxClass: string;
  /** Without the rate: "VAT". */
  readonly name: LocalizedText;
  readonly rateBasisPoints: number;
}

export interface ShippingMethod {
  readonly id: string;
  readonly code: string;
  readonly regionCode: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly price: number;
  /** Free from this subtotal on, gross, minor units; null when it never is. */
  readonly freeFrom: number | null;
  readonly currency: string;
  readonly estimatedDaysMin: number | null;
  readonly estimatedDaysMax: number | null;
  /** The carrier calls the buyer; false where the buyer collects the goods. */
  readonly phoneRequired: boolean;
  /** By the rule that staff chose: minor units, tax included; null where it does not take the shipment. */
  readonly priceFor: (shipment: ShipmentToPrice) => number | null;
}

/** As `shipping_method` has it. */
type StoredMethod = Omit<ShippingMethod, 'priceFor'> & StoredRate;

const REFERENCE_ROW = {
  countries: t.json<readonly Country[]>(),
  taxRates: t.json<readonly TaxRate[]>(),
  shippingMethods: t.json<readonly StoredMethod[]>(),
  storedHome: t.text.orNull,
  storedCurrency: t.text.orNull,
};
/** The shop's configuration, cached until it changes. */
export interface Reference extends Omit<
  ValuesOf<typeof REFERENCE_ROW>,
  'shippingMethods' | 'storedHome' | 'storedCurrency'
> {
  readonly shippingMethods: readonly ShippingMethod[];
  /** Of all prices, ISO 4217. */
  readonly currency: string;
  /** The shop's own country: taxes a cart that has no address yet. */
  readonly homeCountry: string;
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
     (SELECT coalesce(json_agg(json_build_object('code', code, 'regionCode', region_code, 'name', name) ORDER BY position, code), '[]')
      FROM country) AS countries,
     (SELECT coalesce(json_agg(json_build_object('countryCode', country_code, 'taxClass', tax_class, 'name', name,
        'rateBasisPoints', rate_basis_points)), '[]') FROM tax_rate) AS "taxRates",
     (SELECT coalesce(json_agg(json_build_object('id', id, 'code', code, 'regionCode', region_code, 'name', name,
        'description', description, 'price', price, 'freeFrom', free_from, 'currency', currency,
        'estimatedDaysMin', days_min, 'estimatedDaysMax', days_max, 'phoneRequired', phone_required,
        'rateCode', rate_code, 'rateArguments', rate_arguments) ORDER BY position, code), '[]')
      FROM shipping_method WHERE active) AS "shippingMethods",
     ${STORED_HOME} AS "storedHome",
     ${STORED_CURRENCY} AS "storedCurrency"`,
});

const NOTHING = { countries: [], taxRates: [], shippingMethods: [], storedHome: null, storedCurrency: null };

interface ShopConfigDeps {
  readonly database: Querying;
  readonly listener: Listener;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly rates: ShippingRates;
}

export class ShopConfigCache {
  private readonly cache: CatalogCache<Reference>;

  constructor({ database, listener, settings, rates }: ShopConfigDeps) {
    this.cache = new CatalogCache(listener, async () => {
      const { storedHome, storedCurrency, ...rows } = (await database.row(readReference)) ?? NOTHING;
      const first = await settings.get(regionalGroup);
      const { defaultLanguage, offered: languages } = await settings.get(languagesGroup);
      const homeCountry = storedHome ?? first.homeCountry;
      const shippingMethods = rows.shippingMethods.map((method) => ({
        ...method,
        priceFor: rates.pricerOf({ ...method, rateArguments: argumentsOf(method) }),
      }));
      return {
        ...{ ...rows, shippingMethods, homeCountry },
        ...{ currency: storedCurrency ?? first.currency, defaultLanguage, languages },
      };
    });
  }

  get(): Promise<Reference> {
    return this.cache.get();
  }
}

/** The tax included in the prices of the shop's countries. */
export const VAT: LocalizedText = inEveryLanguage('documents', 'tax');

/**
 * The tax rate at the place of delivery. A country without a rate of its own is taxed as the shop's home country:
 * below the EU's distance-selling threshold the seller's rate applies (Directive 2006/112/EC, article 59c).
 */
export function taxRateFor(reference: Reference, countryCode: string | null, taxClass: string): TaxRate {
  const find = (country: string): TaxRate | undefined =>
    reference.taxRates.find((rate) => rate.countryCode === country && rate.taxClass === taxClass);
  const rate = (countryCode && find(countryCode)) ?? find(reference.homeCountry);
  return rate || { countryCode: reference.homeCountry, taxClass, name: VAT, rateBasisPoints: 0 };
}

/** The methods that deliver to the country; all of the home country's before an address is known. */
export function shippingMethodsFor(reference: Reference, countryCode: string | null): ShippingMethod[] {
  const country = reference.countries.find(({ code }) => code === (countryCode ?? reference.homeCountry));
  return reference.shippingMethods.filter(({ regionCode }) => regionCode === country?.regionCode);
}
