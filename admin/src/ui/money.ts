import { localeOf } from '@vitrine/client/languages';
import { currencyExponent, toDecimal, type MoneyAmount } from '@vitrine/client/money';

/** The text of a price field: "129,90" or "129.90", without thousands separator and currency. */
export function priceText(amount: number | null | undefined, currency: string, language: string): string {
  if (amount === null || amount === undefined) return '';
  const decimal = toDecimal(amount, currencyExponent(currency));
  return usesComma(language) ? decimal.replace('.', ',') : decimal;
}

/**
 * A typed price in minor units, or null when it is not a price of this currency.
 *
 * A single separator before exactly three digits ("1.299") may mean a thousand or a fraction, so it is refused
 * unless the currency itself has three decimals: a guess here would sell a vase for one leu.
 */
export function parsePrice(text: string, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const bare = text
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(new RegExp(`^${currency}|(${currency}${currency === 'RON' ? '|lei' : ''})$`, 'i'), '');
  if (!/^\d[\d.,]*$/.test(bare)) return null;

  const split = splitAtDecimalMark(bare, exponent);
  if (!split || split.fraction.length > exponent) return null;
  const minor = Number(split.whole + split.fraction.padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

function splitAtDecimalMark(text: string, exponent: number): { whole: string; fraction: string } | null {
  const marks = text.match(/[.,]/g) ?? [];
  if (marks.length === 0) return { whole: text, fraction: '' };

  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const head = text.slice(0, last);
  const tail = text.slice(last + 1);
  if (marks.length === 1) {
    if (tail.length === 3 && exponent !== 3) return null;
    return tail.length === 0 ? null : { whole: head, fraction: tail };
  }

  const isOneKind = marks.every((mark) => mark === marks[0]);
  if (isOneKind) return isGrouped(text) ? { whole: text.replace(/[.,]/g, ''), fraction: '' } : null;
  return isGrouped(head) && tail.length > 0 ? { whole: head.replace(/[.,]/g, ''), fraction: tail } : null;
}

const isGrouped = (text: string): boolean =>
  /^\d{1,3}(\.\d{3})+$/.test(text) || /^\d{1,3}(,\d{3})+$/.test(text);

/** Whether the language writes the fraction after a comma. */
const usesComma = (language: string): boolean => (0.1).toLocaleString(localeOf(language)).includes(',');

/**
 * The subtotal before the discount, in minor units. The API's subtotal is after it, so a list with a line
 * "Discount −15" must begin with this sum for its figures to add up to the total.
 */
export function beforeDiscount(subtotal: MoneyAmount, discount: MoneyAmount): MoneyAmount {
  const amount = subtotal.amount + discount.amount;
  return { ...subtotal, amount, decimal: toDecimal(amount, currencyExponent(subtotal.currency)) };
}
