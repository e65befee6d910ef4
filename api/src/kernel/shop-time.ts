/** Days begin and end in the shop's time zone: in filters, files and documents alike. */
export const SHOP_TIME_ZONE = 'Europe/Bucharest';

// Swedish formats dates as ISO 8601 does.
const moments = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: SHOP_TIME_ZONE,
});

/** "2026-11-28 17:04:05" in the shop's time zone, in the format of spreadsheets. */
export function shopMoment(moment: Date): string {
  return moments.format(moment);
}

const DAY_MS = 86_400_000;

/** "2026-11-28": the day of a moment in the shop's time zone. */
export function shopDay(moment: Date): string {
  return shopMoment(moment).slice(0, 10);
}

/**
 * Noon of a moment's day in the shop's time zone, some days later. Where daylight saving time begins or ends in between,
 * it is an hour away from noon, on the same day.
 */
export function shopNoonAfter(moment: Date, days: number): Date {
  const wholeSecond = Math.floor(moment.getTime() / 1000) * 1000;
  const asIfInUtc = Date.parse(`${shopMoment(moment).replace(' ', 'T')}Z`);
  const noon = (Math.floor(asIfInUtc / DAY_MS) + 0.5 + days) * DAY_MS;
  return new Date(noon - (asIfInUtc - wholeSecond));
}
