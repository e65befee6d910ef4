import { localeOf } from '@vitrine/client/languages';
import { formatMoney } from '@vitrine/client/money';
import type { Language } from './messages/language';

export { formatMoney };
export type { MoneyAmount as Money } from '@vitrine/client/money';

/** The currency's sign in a language: "lei" in Romanian, "RON" elsewhere. */
export function currencySign(currency: string, language: Language): string {
  return formatMoney({ currency, decimal: '0' }, language).replace(/[\d.,\s]/g, '');
}

/** A tax rate without the percent sign: "5,5" in Romanian and French. */
export function formatRate(percent: string, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(Number(percent));
}

/** A long date: "21 noiembrie 2026". */
export function formatDay(moment: string, language: Language): string {
  return new Date(moment).toLocaleDateString(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Bucharest',
  });
}

/** Date and time of an order's event. */
export function formatMoment(moment: string, language: Language): string {
  return new Date(moment).toLocaleString(localeOf(language), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Bucharest',
  });
}

/** Whether a day ("2026-03-29") has not begun yet in the time of the shop, whatever the visitor's or the server's clock says. */
export function isAhead(day: string, now: number = Date.now()): boolean {
  const today = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Bucharest' });
  return day > today.format(now);
}
