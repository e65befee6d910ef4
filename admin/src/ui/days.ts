/** Days begin and end where the shop is, whoever looks and wherever. The API's files and documents keep the same. */
export const SHOP_TIME_ZONE = 'Europe/Bucharest';

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: SHOP_TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** How far the shop's clocks are ahead of UTC at a moment, in milliseconds. */
function aheadAt(moment: number): number {
  const of = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
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

/** When a day ("2026-03-29") begins at the shop, some days later; null for what is no day. */
export function startOfDay(day: string | undefined, plusDays: number): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (!date) return null;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date) + plusDays);
  // The clocks may change between the first guess and the moment itself.
  const guess = midnight - aheadAt(midnight);
  return new Date(midnight - aheadAt(guess));
}
