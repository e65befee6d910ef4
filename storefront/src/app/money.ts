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
