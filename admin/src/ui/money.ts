import { currencyExponent, toDecimal, type MoneyAmount } from '@vitrine/client/money';

/** What stands in a price field: "129,90" or "129.90", no thousands mark, no currency. */
export function priceText(amount: number | null | undefined, currency: string, language: string): string {
  if (amount === null || amount === undefined) return '';
  const decimal = toDecimal(amount, currencyExponent(currency));
  return usesComma(language) ? decimal.replace('.', ',') : decimal;
}

/**
 * Minor units for a typed price, or null when it is no price of this currency.
 *
 * A lone mark before exactly three digits ("1.299") may mean a thousand or a fraction, so it is refused
 * unless the currency itself has three decimals: a guess here would sell a vase for one leu.
 */
export function parsePrice(text: string, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const bare = text
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(new RegExp(`^${currency}|(${currency}${currency === 'RON' ? '|lei' : ''})$`, 'i'), '');
  if (!/^\d[\d.,]*$/.test(bare)) return null;

  const parts = splitAtDecimalMark(bare, exponent);
  if (!parts || parts.fraction.length > exponent) return null;
  const minor = Number(parts.whole + parts.fraction.padEnd(exponent, '0'));
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

const usesComma = (language: string): boolean => language !== 'en';

/**
 * What the goods cost before the discount. The API's subtotal is what is left of it, so a list that goes on with
 * "Discount −15" must begin with this sum, or its figures would not add up to the total.
 */
export function beforeDiscount(subtotal: MoneyAmount, discount: MoneyAmount): MoneyAmount {
  const amount = subtotal.amount + discount.amount;
  return { ...subtotal, amount, decimal: toDecimal(amount, currencyExponent(subtotal.currency)) };
}
