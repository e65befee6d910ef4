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
  if (!date) return null;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date) + plusDays);
  // The offset may change between the first guess and the moment itself.
  const guess = midnight - aheadAt(midnight);
  return new Date(midnight - aheadAt(guess));
}
