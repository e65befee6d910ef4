import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { FIRST_VAT, knowsVatOf } from '../../../kernel/address/first-vat.js';
import { statement, t, type Tx } from '../../../platform/database/database.js';
import { taxName } from '../shop.reference.js';

/** A country, and today in the shop's time zone, YYYY-MM-DD. */
export interface CountryToday {
  readonly country: string;
  readonly today: string;
}

const hasRates = statement('pricing.has-tax-rates', {
  params: { country: t.text },
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM tax_rate WHERE country_code = :country AND upper_inf(validity)) AS has',
});
// They hold always; where the country had others before, from today on.
const insertRates = statement('pricing.insert-first-tax-rates', {
  params: {
    ...{ country: t.text, today: t.dayText, ids: t.uuids, classes: t.texts, rates: t.ints },
    name: t.json<LocalizedText>(),
  },
  sql: `INSERT INTO tax_rate (id, country_code, tax_class, name, rate_basis_points, validity)
   SELECT f.id, c.code, f.tax_class, :name, f.rate, daterange(CASE WHEN EXISTS (SELECT FROM tax_rate r
     WHERE r.country_code = c.code AND r.tax_class = f.tax_class) THEN :today::date END, NULL)
   FROM country c, unnest(:ids::uuid[], :classes::text[], :rates::int[]) AS f (id, tax_class, rate)
   WHERE c.code = :country ON CONFLICT DO NOTHING`,
});
const GIVEN = `country_code = :country AND tax_rate.tax_class = f.tax_class AND rate_basis_points = f.rate AND upper_inf(validity)`;
const deleteRates = statement('pricing.delete-first-tax-rates', {
  params: { country: t.text, today: t.dayText, classes: t.texts, rates: t.ints },
  sql: `DELETE FROM tax_rate USING unnest(:classes::text[], :rates::int[]) AS f (tax_class, rate)
   WHERE ${GIVEN} AND lower(validity) >= :today::date`,
});
const endRates = statement('pricing.end-first-tax-rates', {
  params: { country: t.text, today: t.dayText, classes: t.texts, rates: t.ints },
  sql: `UPDATE tax_rate SET validity = daterange(lower(validity), :today::date), version = version + 1, updated_at = now()
   FROM unnest(:classes::text[], :rates::int[]) AS f (tax_class, rate) WHERE ${GIVEN}`,
});

function firstRates(country: string) {
  const [standard = 0, reduced = 0] = FIRST_VAT[country] ?? [];
  const rates = [standard, reduced, 0].map((percent) => Math.round(percent * 100));
  return { country, classes: ['standard', 'reduced', 'exempt'], rates };
}

/** Gives a country the rates that the shop knows of, unless it has some. False if it is left without any. */
export async function ensureTaxRates(tx: Tx, { country, today }: CountryToday): Promise<boolean> {
  const known = await tx.row(hasRates, { country });
  if (known?.has) return true;
  if (!knowsVatOf(country)) return false;
  const { classes, rates } = firstRates(country);
  const ids = rates.map(() => newId());
  return (await tx.count(insertRates, { country, today, ids, classes, rates, name: taxName() })) > 0;
}

/**
 * Ends the rates that a country was given, today. Those that somebody stored differently stay, with those that follow
 * them.
 */
export async function endFirstTaxRates(tx: Tx, { country, today }: CountryToday): Promise<void> {
  if (!knowsVatOf(country)) return;
  const first = { ...firstRates(country), today };
  await tx.count(deleteRates, first);
  await tx.count(endRates, first);
}
