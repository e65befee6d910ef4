import { computed, shallowRef } from 'vue';

/**
 * Days and hours are in the shop's time zone, whatever the browser's is, as in the API's exports and documents. The session
 * says which it is before the first page is shown.
 */
export const shopTimeZone = shallowRef('UTC');

const dayFormat = computed(
  () =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: shopTimeZone.value,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
);

/** The UTC offset of the shop's time zone at a moment, in milliseconds. */
function aheadAt(moment: number): number {
  const of = Object.fromEntries(
    dayFormat.value.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(
    of['year'] ?? 0,
    (of['month'] ?? 1) - 1,
    of['day'],
    of['hour'],
    of['minute'],
    of['second'],
  );
  return local - Math.floor(moment / 1000) * 1000;
}

/** The start of a day ("2026-03-29") in the shop's time zone, plus some days; null for an invalid day. */
export function startOfDay(day: string | undefined, plusDays: number): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  return date ? inShopZone(Date.UTC(Number(year), Number(month) - 1, Number(date) + plusDays)) : null;
}

/** The moment at which the clocks of the shop show `local`, a time written as if it were UTC. */
function inShopZone(local: number): Date {
  // The offset may change between the first guess and the moment itself.
  const guess = local - aheadAt(local);
  return new Date(local - aheadAt(guess));
}

/** The moment of "2026-03-29T09:30" on the clocks of the shop; null for anything else. */
export function readMoment(text: string): Date | null {
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}Z`) : Number.NaN;
  return Number.isNaN(local) ? null : inShopZone(local);
}

/** A moment (ISO 8601) as the clocks of the shop show it: "2026-03-29T09:30". */
export function momentText(iso: string): string {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? '' : new Date(moment + aheadAt(moment)).toISOString().slice(0, 16);
}
