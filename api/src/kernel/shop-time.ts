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
