import { localeOf } from '@vitrine/client/languages';

const STEPS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Whether both moments are on the same day in the browser's time zone. */
const isSameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/**
 * A moment in a list row: today the time ("14:05"), else the day ("27 nov."), with the year when it is not the
 * current one.
 */
export function listDate(iso: string, language: string, now: number = Date.now()): string {
  const at = new Date(iso);
  const today = new Date(now);
  if (isSameDay(at, today)) {
    return new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short' }).format(at);
  }
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    ...(at.getFullYear() === today.getFullYear()
      ? { hour: '2-digit', minute: '2-digit' }
      : { year: 'numeric' }),
  }).format(at);
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
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

export function shortDate(iso: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium' }).format(new Date(iso));
}
