import { dateIn } from '@vitrine/client/languages';
import type { Language } from './messages/language';
import { usePageSettings } from './settings';
import { useShop } from './shop';

/** The visitor's clock may be in another zone than the shop, and the server's in a third. */
interface Place {
  readonly language: Language;
  readonly timeZone: string;
}

/** A day such as 2026-03-29 is the same everywhere; a moment is on another one in another zone. */
const zoneOf = (moment: string, timeZone: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(moment) ? 'UTC' : timeZone;

/** A long date: "21 noiembrie 2026". */
export function formatDay(moment: string, { language, timeZone }: Place): string {
  return dateIn(language, new Date(moment), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zoneOf(moment, timeZone),
  });
}

/** Date and time of an order's event. */
export function formatMoment(moment: string, { language, timeZone }: Place): string {
  return dateIn(language, new Date(moment), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
}

/** Whether a day ("2026-03-29") has not begun yet in the time zone, whatever the visitor's or the server's clock says. */
export function isAhead(day: string, timeZone: string, now: number = Date.now()): boolean {
  return day > new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(now);
}

/** The same in the language of the page and the time zone of the shop. */
export function useDates() {
  const shop = useShop();
  const { language } = usePageSettings();
  // Without the shop there is only the page of an error, which shows no date.
  const place = (): Place => ({ language, timeZone: shop.value?.timeZone ?? 'UTC' });
  return {
    formatDay: (moment: string): string => formatDay(moment, place()),
    formatMoment: (moment: string): string => formatMoment(moment, place()),
    isAhead: (day: string): boolean => isAhead(day, place().timeZone),
  };
}
