import { isLanguage, languageDataOf, localeOf } from './languages';

/** An amount as the API gives it: in minor units, and as an exact decimal text. */
export interface MoneyAmount {
  amount: number;
  currency: string;
  decimal: string;
}

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
 * A symbol such as "lei" is inserted explicitly, because browsers and servers disagree on it.
 */
export function formatMoney(money: Pick<MoneyAmount, 'decimal' | 'currency'>, language: string): string {
  const symbol = currencySymbolOf(money.currency, language);
  const text = numberFormat(localeOf(language), money.currency, symbol !== null).format(
    money.decimal as Intl.StringNumericLiteral,
  );
  return symbol === null ? text : `${text}\u00a0${symbol}`;
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

/** What the language writes after an amount of the currency; null where the currency is written as the locale does. */
function currencySymbolOf(currency: string, language: string): string | null {
  return isLanguage(language) ? (languageDataOf(language).currencySymbols[currency] ?? null) : null;
}

/** `bare`: without the currency. */
function numberFormat(locale: string, currency: string, bare: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const made = bare
    ? new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    : new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, made);
  return made;
}
