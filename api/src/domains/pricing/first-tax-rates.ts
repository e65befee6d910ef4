import { newId } from '../../kernel/ids.js';
import type { LocalizedText } from '../../kernel/languages.js';
import { FIRST_VAT, knowsVatOf } from '../../kernel/address/first-vat.js';
import { statement, t, type Tx } from '../../platform/database/database.js';
import { VAT } from './shop.reference.js';

const hasRates = statement('pricing.has-tax-rates', {
  params: { country: t.text },
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM tax_rate WHERE country_code = :country) AS has',
});
const insertRates = statement('pricing.insert-first-tax-rates', {
  params: { country: t.text, ids: t.uuids, classes: t.texts, rates: t.ints, name: t.json<LocalizedText>() },
  sql: `INSERT INTO tax_rate (id, country_code, tax_class, name, rate_basis_points)
   SELECT f.id, c.code, f.tax_class, :name, f.rate FROM country c, unnest(:ids::uuid[], :classes::text[], :rates::int[]) AS f (id, tax_class, rate)
   WHERE c.code = :country ON CONFLICT (country_code, tax_class) DO NOTHING`,
});
const deleteRates = statement('pricing.delete-first-tax-rates', {
  params: { country: t.text, classes: t.texts, rates: t.ints },
  sql: `DELETE FROM tax_rate USING unnest(:classes::text[], :rates::int[]) AS f (tax_class, rate)
   WHERE country_code = :country AND tax_rate.tax_class = f.tax_class AND rate_basis_points = f.rate`,
});

function firstRates(country: string) {
  const [standard = 0, reduced = 0] = FIRST_VAT[country] ?? [];
  const rates = [standard, reduced, 0].map((percent) => Math.round(percent * 100));
  return { country, classes: ['standard', 'reduced', 'exempt'], rates };
}

/** Gives a country the rates that the shop knows of, unless it has some. False if it is left without any. */
export async function ensureTaxRates(tx: Tx, country: string): Promise<boolean> {
  const known = await tx.row(hasRates, { country });
  if (known?.has) return true;
  if (!knowsVatOf(country)) return false;
  const { classes, rates } = firstRates(country);
  const ids = rates.map(() => newId());
  return (await tx.count(insertRates, { country, ids, classes, rates, name: VAT })) > 0;
}

/** Takes back the rates that a country was given. Those that somebody stored differently stay. */
export async function removeFirstTaxRates(tx: Tx, country: string): Promise<void> {
  if (knowsVatOf(country)) await tx.count(deleteRates, firstRates(country));
}
