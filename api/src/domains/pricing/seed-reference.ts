import { newId } from '../../kernel/ids.js';
import type { LocalizedText } from '../../kernel/languages.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import { VAT } from './shop.reference.js';

const REGIONS: [code: string, name: LocalizedText][] = [
  ['ro', { ro: 'România', en: 'Romania', fr: 'Roumanie' }],
  ['eu', { ro: 'Uniunea Europeană', en: 'European Union', fr: 'Union européenne' }],
];

const COUNTRIES: [code: string, region: string, name: LocalizedText][] = [
  ['RO', 'ro', { ro: 'România', en: 'Romania', fr: 'Roumanie' }],
  ['AT', 'eu', { ro: 'Austria', en: 'Austria', fr: 'Autriche' }],
  ['BE', 'eu', { ro: 'Belgia', en: 'Belgium', fr: 'Belgique' }],
  ['BG', 'eu', { ro: 'Bulgaria', en: 'Bulgaria', fr: 'Bulgarie' }],
  ['CZ', 'eu', { ro: 'Cehia', en: 'Czechia', fr: 'Tchéquie' }],
  ['DE', 'eu', { ro: 'Germania', en: 'Germany', fr: 'Allemagne' }],
  ['DK', 'eu', { ro: 'Danemarca', en: 'Denmark', fr: 'Danemark' }],
  ['ES', 'eu', { ro: 'Spania', en: 'Spain', fr: 'Espagne' }],
  ['FI', 'eu', { ro: 'Finlanda', en: 'Finland', fr: 'Finlande' }],
  ['FR', 'eu', { ro: 'Franța', en: 'France', fr: 'France' }],
  ['GR', 'eu', { ro: 'Grecia', en: 'Greece', fr: 'Grèce' }],
  ['HR', 'eu', { ro: 'Croația', en: 'Croatia', fr: 'Croatie' }],
  ['HU', 'eu', { ro: 'Ungaria', en: 'Hungary', fr: 'Hongrie' }],
  ['IE', 'eu', { ro: 'Irlanda', en: 'Ireland', fr: 'Irlande' }],
  ['IT', 'eu', { ro: 'Italia', en: 'Italy', fr: 'Italie' }],
  ['NL', 'eu', { ro: 'Țările de Jos', en: 'Netherlands', fr: 'Pays-Bas' }],
  ['PL', 'eu', { ro: 'Polonia', en: 'Poland', fr: 'Pologne' }],
  ['PT', 'eu', { ro: 'Portugalia', en: 'Portugal', fr: 'Portugal' }],
  ['SE', 'eu', { ro: 'Suedia', en: 'Sweden', fr: 'Suède' }],
  ['SI', 'eu', { ro: 'Slovenia', en: 'Slovenia', fr: 'Slovénie' }],
  ['SK', 'eu', { ro: 'Slovacia', en: 'Slovakia', fr: 'Slovaquie' }],
];

// Romania's rates since 1 August 2025 (Legea 141/2025).
const TAX_RATES: [country: string, taxClass: string, basisPoints: number][] = [
  ['RO', 'standard', 2100],
  ['RO', 'reduced', 1100],
  ['RO', 'exempt', 0],
];

interface MethodSeed {
  code: string;
  region: string;
  name: LocalizedText;
  description: LocalizedText;
  price: number;
  freeFrom: number | null;
  days: [number, number];
}

// Amounts in bani: inserted only where the shop's currency is RON.
const SHIPPING_METHODS: MethodSeed[] = [
  {
    code: 'courier',
    region: 'ro',
    name: { ro: 'Curier la ușă', en: 'Courier to your door', fr: 'Coursier à domicile' },
    // Clients state the free-shipping threshold themselves, in their own money format.
    description: {},
    price: 1990,
    freeFrom: 30_000,
    days: [1, 2],
  },
  {
    code: 'courier-eu',
    region: 'eu',
    name: { ro: 'Curier internațional', en: 'International courier', fr: 'Coursier international' },
    description: {
      ro: 'Ambalat în lână, asigurat',
      en: 'Packed in wool, insured',
      fr: 'Emballé dans la laine, assuré',
    },
    price: 8900,
    freeFrom: 90_000,
    days: [3, 6],
  },
];

const insertRegion = statement('pricing.seed-region', {
  params: {
    code: t.text,
    name: t.json<Partial<Record<Lowercase<string>, string | null>>>(),
    currency: t.text,
  },
  sql: 'INSERT INTO region (code, name, currency) VALUES (:code, :name, :currency) ON CONFLICT (code) DO NOTHING',
});
const insertCountry = statement('pricing.seed-country', {
  params: {
    code: t.text,
    region: t.text,
    name: t.json<Partial<Record<Lowercase<string>, string | null>>>(),
    position: t.int,
  },
  sql: 'INSERT INTO country (code, region_code, name, position) VALUES (:code, :region, :name, :position) ON CONFLICT (code) DO NOTHING',
});
const insertTaxRate = statement('pricing.seed-tax-rate', {
  params: {
    id: t.uuid,
    country: t.text,
    taxClass: t.text,
    name: t.json<Partial<Record<Lowercase<string>, string | null>>>(),
    rate: t.int,
  },
  sql: `INSERT INTO tax_rate (id, country_code, tax_class, name, rate_basis_points) VALUES (:id, :country, :taxClass, :name, :rate)
   ON CONFLICT (country_code, tax_class) DO NOTHING`,
});
const insertMethod = statement('pricing.seed-shipping-method', {
  params: {
    id: t.uuid,
    code: t.text,
    region: t.text,
    name: t.json<LocalizedText>(),
    description: t.json<LocalizedText>(),
    price: t.int,
    freeFrom: t.int.orNull,
    currency: t.text,
    estimatedDaysMin: t.int,
    estimatedDaysMax: t.int,
    position: t.int,
  },
  sql: `INSERT INTO shipping_method (id, code, region_code, name, description, price, free_from, currency, days_min, days_max, position)
   VALUES (:id, :code, :region, :name, :description, :price, :freeFrom, :currency, :estimatedDaysMin, :estimatedDaysMax, :position)
   ON CONFLICT (code) DO NOTHING`,
});

/**
 * Regions, countries, taxes and shipping methods. Inserts only missing rows, so it may run at every start and never
 * overwrites the shop's changes.
 */
export async function seedReference(database: Database, currency: string): Promise<void> {
  await database.transaction(async (tx) => {
    for (const [code, name] of REGIONS) await tx.count(insertRegion, { code, name, currency });
    for (const [position, [code, region, name]] of COUNTRIES.entries()) {
      await tx.count(insertCountry, { code, region, name, position });
    }
    for (const [country, taxClass, rate] of TAX_RATES) {
      await tx.count(insertTaxRate, { id: newId(), country, taxClass, name: VAT, rate });
    }
    if (currency !== 'RON') return;
    for (const [position, method] of SHIPPING_METHODS.entries()) {
      const { days, ...stored } = method;
      const [estimatedDaysMin, estimatedDaysMax] = days;
      await tx.count(insertMethod, {
        ...stored,
        id: newId(),
        currency,
        estimatedDaysMin,
        estimatedDaysMax,
        position,
      });
    }
  });
}
