import { dateIn, localeOf } from '@vitrine/client/languages';
import { shopTimeZone } from './days';

const STEPS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/**
 * In the shop's time zone, as buyers read it in mails and on the page of their order, and as the filters and exports
 * count days: staff whose computer has another zone sees the same hour as the caller on the telephone.
 */
const inShopTime = (language: string, at: Date, options: Intl.DateTimeFormatOptions): string =>
  dateIn(language, at, { timeZone: shopTimeZone.value, ...options });

/** "2026-11-28" in the shop's time zone. */
const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: shopTimeZone.value }).format(at);

/**
 * A moment in a list row: today the time ("14:05"), else the day ("27 nov."), with the year when it is not the
 * current one.
 */
export function listDate(iso: string, language: string, now: number = Date.now()): string {
  const at = new Date(iso);
  const [day, today] = [dayOf(at), dayOf(new Date(now))];
  if (day === today) return inShopTime(language, at, { timeStyle: 'short' });
  return inShopTime(language, at, {
    day: 'numeric',
    month: 'short',
    ...(day.slice(0, 4) === today.slice(0, 4) ? { hour: '2-digit', minute: '2-digit' } : { year: 'numeric' }),
  });
}

/** "acum 5 minute". Below a minute it says "now", because seconds would be stale when read. */
export function relativeDate(iso: string, language: string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

export function exactDate(iso: string, language: string): string {
  return inShopTime(language, new Date(iso), { dateStyle: 'long', timeStyle: 'short' });
}

/** Of a moment, or of a day such as 2026-03-29, which is the same in every zone. */
export function shortDate(iso: string, language: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(iso);
  const options = { dateStyle: 'medium', ...(isDay && { timeZone: 'UTC' }) } as const;
  return inShopTime(language, new Date(iso), options);
}
