import type { Language } from './language';

export interface Money {
  amount: number;
  currency: string;
  decimal: string;
}

const locales: Record<Language, string> = { ro: 'ro-RO', en: 'en-GB', fr: 'fr-FR' };
const formats = new Map<string, Intl.NumberFormat>();

/**
 * A price as people write it: "1.289,00 lei" in Romanian, "RON 1,289.00" in English.
 *
 * "lei" is put in by hand because browsers disagree on the narrow symbol, which would show as a hydration mismatch.
 */
export function formatMoney(money: Money, language: Language): string {
  const inLei = language === 'ro' && money.currency === 'RON';
  const style: Intl.NumberFormatOptions = inLei
    ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    : { style: 'currency', currency: money.currency };
  const text = numberFormat(locales[language], style).format(Number(money.decimal));
  return inLei ? `${text}\u00a0lei` : text;
}

/** A day as people write it in a letter: "21 noiembrie 2026". */
export function formatDay(moment: string, language: Language): string {
  return new Date(moment).toLocaleDateString(locales[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Bucharest',
  });
}

/** Day and time, for things that happened to an order. */
export function formatMoment(moment: string, language: Language): string {
  return new Date(moment).toLocaleString(locales[language], {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Bucharest',
  });
}

/** Exact because it works on minor units; `decimal` follows from the sample's own number of decimals. */
export function moneyLike(sample: Money, amount: number): Money {
  const decimals = sample.decimal.split('.')[1]?.length ?? 0;
  return { amount, currency: sample.currency, decimal: (amount / 10 ** decimals).toFixed(decimals) };
}

function numberFormat(locale: string, style: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${style.currency ?? ''}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, style);
  formats.set(key, known);
  return known;
}
