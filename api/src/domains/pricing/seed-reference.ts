import { countryName } from '../../kernel/address/countries.js';
import { shopDay } from '../../kernel/shop-time.js';
import { LANGUAGES, type LocalizedText } from '../../kernel/languages.js';
import { statement, type Database, t, type Tx } from '../../platform/database/database.js';
import { ensureTaxRates } from './tax/first-tax-rates.js';

const EU: LocalizedText = { ro: 'Uniunea Europeană', en: 'European Union', fr: 'Union européenne' };

/** The region of all countries but the home country. */
const ABROAD = 'eu';

/** To which a new shop delivers from the start: at home, and to the others by the courier for abroad. */
const COUNTRIES: [code: string, name: LocalizedText][] = [
  ['RO', { ro: 'România', en: 'Romania', fr: 'Roumanie' }],
  ['AT', { ro: 'Austria', en: 'Austria', fr: 'Autriche' }],
  ['BE', { ro: 'Belgia', en: 'Belgium', fr: 'Belgique' }],
  ['BG', { ro: 'Bulgaria', en: 'Bulgaria', fr: 'Bulgarie' }],
  ['CZ', { ro: 'Cehia', en: 'Czechia', fr: 'Tchéquie' }],
  ['DE', { ro: 'Germania', en: 'Germany', fr: 'Allemagne' }],
  ['DK', { ro: 'Danemarca', en: 'Denmark', fr: 'Danemark' }],
  ['ES', { ro: 'Spania', en: 'Spain', fr: 'Espagne' }],
  ['FI', { ro: 'Finlanda', en: 'Finland', fr: 'Finlande' }],
  ['FR', { ro: 'Franța', en: 'France', fr: 'France' }],
  ['GR', { ro: 'Grecia', en: 'Greece', fr: 'Grèce' }],
  ['HR', { ro: 'Croația', en: 'Croatia', fr: 'Croatie' }],
  ['HU', { ro: 'Ungaria', en: 'Hungary', fr: 'Hongrie' }],
  ['IE', { ro: 'Irlanda', en: 'Ireland', fr: 'Irlande' }],
  ['IT', { ro: 'Italia', en: 'Italy', fr: 'Italie' }],
  ['NL', { ro: 'Țările de Jos', en: 'Netherlands', fr: 'Pays-Bas' }],
  ['PL', { ro: 'Polonia', en: 'Poland', fr: 'Pologne' }],
  ['PT', { ro: 'Portugalia', en: 'Portugal', fr: 'Portugal' }],
  ['SE', { ro: 'Suedia', en: 'Sweden', fr: 'Suède' }],
  ['SI', { ro: 'Slovenia', en: 'Slovenia', fr: 'Slovénie' }],
  ['SK', { ro: 'Slovacia', en: 'Slovakia', fr: 'Slovaquie' }],
  // Those that came later, at the end. Shops that were there before do not deliver to them.
  ['CY', { ro: 'Cipru', en: 'Cyprus', fr: 'Chypre' }],
  ['EE', { ro: 'Estonia', en: 'Estonia', fr: 'Estonie' }],
  ['LT', { ro: 'Lituania', en: 'Lithuania', fr: 'Lituanie' }],
  ['LU', { ro: 'Luxemburg', en: 'Luxembourg', fr: 'Luxembourg' }],
  ['LV', { ro: 'Letonia', en: 'Latvia', fr: 'Lettonie' }],
  ['MT', { ro: 'Malta', en: 'Malta', fr: 'Malte' }],
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
const hasCountries = statement('pricing.has-countries', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM country) AS has',
});
const regionOf = statement('pricing.seed-region-of', {
  params: { country: t.text },
  row: { region: t.text },
  sql: 'SELECT region_code AS region FROM country WHERE code = :country',
});
/**
 * Regions, countries and taxes. Inserts only missing rows, so it may run at every start and never
 * overwrites the shop's changes. A shop that has countries gets no other than its home: where it delivers is its own
 * decision, also where a newer version knows of more, and a country that was taken out stays out.
 */
export async function seedReference(
  database: Database,
  regional: { readonly currency: string; readonly homeCountry: string; readonly timeZone?: string },
): Promise<void> {
  const { currency, homeCountry: home, timeZone = 'UTC' } = regional;
  await database.transaction(async (tx) => {
    await tx.count(insertRegion, { code: ABROAD, name: EU, currency });
    const region = await homeRegion(tx, { home, currency });
    const known = await tx.row(hasCountries);
    for (const [position, [code, name]] of COUNTRIES.entries())
      if (!known?.has || code === home)
        await tx.count(insertCountry, { code, region: code === home ? region : ABROAD, name, position });
    await ensureTaxRates(tx, { country: home, today: shopDay(new Date(), timeZone) });
  });
}

/**
 * The region of the home country. A new shop has one of its own for it; a shop that moved keeps the ways of delivery
 * that its new country has.
 */
async function homeRegion(
  tx: Tx,
  { home, currency }: { readonly home: string; readonly currency: string },
): Promise<string> {
  const known = await tx.row(regionOf, { country: home });
  if (known) return known.region;
  const region = home.toLowerCase();
  const name = Object.fromEntries(LANGUAGES.map((language) => [language, countryName(home, language)]));
  await tx.count(insertRegion, { code: region, name, currency });
  return region;
}
