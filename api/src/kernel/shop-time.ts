/** Days begin and end where the shop is: in filters, files and documents alike. */
export const SHOP_TIME_ZONE = 'Europe/Bucharest';

// Swedish writes dates the way of ISO 8601.
const moments = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: SHOP_TIME_ZONE,
});

/** "2026-11-28 17:04:05" in the shop's time, as spreadsheets read it. */
export function shopMoment(moment: Date): string {
  return moments.format(moment);
}
