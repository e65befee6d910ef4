/** An amount as the API gives it: in minor units, and as an exact decimal text. */
export interface MoneyAmount {
  amount: number;
  currency: string;
  decimal: string;
}

const LOCALES: Record<string, string> = { ro: 'ro-RO', en: 'en-GB', fr: 'fr-FR' };
const formats = new Map<string, Intl.NumberFormat>();

/** Decimals of a currency: RON 2, JPY 0, KWD 3. */
export function currencyExponent(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/**
 * An amount formatted for display: "1.289,00 lei" in Romanian, "RON 1,289.00" in English. From the exact decimal text,
 * never from a floating number.
 *
 * "lei" is inserted explicitly, because browsers and servers disagree on the symbol.
 */
export function formatMoney(money: Pick<MoneyAmount, 'decimal' | 'currency'>, language: string): string {
  const inLei = language === 'ro' && money.currency === 'RON';
  const text = numberFormat(LOCALES[language] ?? language, money.currency, inLei).format(
    money.decimal as Intl.StringNumericLiteral,
  );
  return inLei ? `${text}\u00a0lei` : text;
}

/** The same for an amount in minor units. */
export function formatMinorUnits(amount: number, currency: string, language: string): string {
  return formatMoney({ decimal: toDecimal(amount, currencyExponent(currency)), currency }, language);
}

/** "1289.00" for 128900: digits are moved, nothing is divided. */
export function toDecimal(amount: number, exponent: number): string {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function numberFormat(locale: string, currency: string, inLei: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const made = inLei
    ? new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    : new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, made);
  return made;
}
