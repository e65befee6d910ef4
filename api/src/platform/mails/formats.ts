import { dateIn, languageDataOf, type Language } from '../../kernel/languages.js';
import { toDecimal, type Money } from '../../kernel/money.js';
import type { MailFrame } from './define-mail.js';

type Place = Pick<MailFrame, 'language' | 'timeZone'>;

/** "129,00 RON" in Romanian and French, "RON 129.00" in English. */
export function formatMoney(amount: Money, language: Language): string {
  const format = new Intl.NumberFormat(languageDataOf(language).locale, {
    style: 'currency',
    currency: amount.currency,
    currencyDisplay: 'code',
  });
  // As text, so that no amount is converted to a float.
  return format.format(toDecimal(amount) as `${number}`);
}

/** A rate in percent without its sign: "21", "5,5" in Romanian and French. */
export function formatRate(basisPoints: number, language: Language): string {
  const format = new Intl.NumberFormat(languageDataOf(language).locale, { maximumFractionDigits: 2 });
  return format.format(basisPoints / 100);
}

/** "24 noiembrie 2026, 14:30", in the shop's time zone. */
export function formatMoment(iso: string, { language, timeZone }: Place): string {
  return dateIn(language, new Date(iso), { dateStyle: 'long', timeStyle: 'short', timeZone });
}

/** "24 noiembrie 2026", in the shop's time zone. */
export function formatDay(iso: string, { language, timeZone }: Place): string {
  return dateIn(language, new Date(iso), { dateStyle: 'long', timeZone });
}
