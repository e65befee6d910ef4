import { parsePrice } from '../../ui/money';

export interface ValueDraft {
  name: string;
  swatch: string;
  /** The price difference of this value as typed: "10", "-5,50" or empty. */
  delta: string;
}

export interface OptionDraft {
  name: string;
  values: ValueDraft[];
}

export interface MatrixRow {
  key: string;
  name: string;
  choices: { option: string; value: string }[];
  /** The base price plus the differences of the values, in minor units; null when one of them cannot be parsed. */
  price: number | null;
}

/** The maximum number of variants that the form creates for one product. */
export const MOST_VARIANTS = 100;

/** "Verde de mușchi" becomes "verde-de-muschi". */
export function codeFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Options with a name and at least one value; blank and repeated values do not count. */
export function usableOptions(
  options: readonly OptionDraft[],
): { code: string; name: string; values: (ValueDraft & { code: string })[] }[] {
  return options
    .map((option) => ({
      code: codeFrom(option.name),
      name: option.name.trim(),
      values: option.values
        .map((value) => ({ ...value, name: value.name.trim(), code: codeFrom(value.name) }))
        .filter(
          (value, index, all) =>
            value.code !== '' && all.findIndex(({ code }) => code === value.code) === index,
        ),
    }))
    .filter(
      (option, index, all) =>
        option.code !== '' &&
        option.values.length > 0 &&
        all.findIndex(({ code }) => code === option.code) === index,
    );
}

/** Every combination of the options' values, in the order they were written. Without options: one row. */
export function makeMatrix(
  options: readonly OptionDraft[],
  basePrice: string,
  currency: string,
): MatrixRow[] {
  const base = parsePrice(basePrice, currency);
  let rows: MatrixRow[] = [{ key: '', name: '', choices: [], price: base }];
  for (const option of usableOptions(options)) {
    rows = rows.flatMap((row) =>
      option.values.map((value) => ({
        key: row.key ? `${row.key}|${option.code}=${value.code}` : `${option.code}=${value.code}`,
        name: row.name ? `${row.name} / ${value.name}` : value.name,
        choices: [...row.choices, { option: option.code, value: value.code }],
        price: addDelta(row.price, value.delta, currency),
      })),
    );
  }
  return rows;
}

export function parseDelta(text: string, currency: string): number | null {
  const bare = text.trim();
  if (bare === '') return 0;
  const amount = parsePrice(bare.replace(/^[+\-−]/, ''), currency);
  if (amount === null) return null;
  return /^[-−]/.test(bare) ? -amount : amount;
}

function addDelta(price: number | null, delta: string, currency: string): number | null {
  const difference = parseDelta(delta, currency);
  if (price === null || difference === null) return null;
  return price + difference >= 0 ? price + difference : null;
}

/** "CANA" and verde, 350 make "CANA-VERDE-350". */
export function skuFor(base: string, row: Pick<MatrixRow, 'choices'>): string {
  return [codeFrom(base), ...row.choices.map(({ value }) => value)].filter(Boolean).join('-').toUpperCase();
}
