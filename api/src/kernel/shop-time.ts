/** The zone of invoices that were issued before the shop had a time zone of its own among its settings. */
export const FIRST_TIME_ZONE = 'Europe/Bucharest';

/** Names of places, which know their summer time; no offsets and abbreviations, which do not. */
const PLACE = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/;

/** Whether it is a time zone of the IANA database, such as Europe/Paris or UTC. */
export function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && (!PLACE.test(name) || name.startsWith('Etc/'))) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Making one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${Object.keys(options).join(' ')}`;
  // Swedish formats dates as ISO 8601 does.
  const format = formats.get(key) ?? new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
  formats.set(key, format);
  return format;
}

/** "2026-11-28 17:04:05" in the shop's time zone, in the format of spreadsheets. */
export function shopMoment(moment: Date, timeZone: string): string {
  return formatOf(timeZone, { dateStyle: 'short', timeStyle: 'medium' }).format(moment);
}

/** "2026-11-28": the day of a moment in the shop's time zone, in which days begin and end in files and documents alike. */
export function shopDay(moment: Date, timeZone: string): string {
  return formatOf(timeZone, { dateStyle: 'short' }).format(moment);
}

const DAY_MS = 86_400_000;

/**
 * Noon of a moment's day in the shop's time zone, some days later. Where daylight saving time begins or ends in between,
 * it is an hour away from noon, on the same day.
 */
export function shopNoonAfter(moment: Date, days: number, timeZone: string): Date {
  const wholeSecond = Math.floor(moment.getTime() / 1000) * 1000;
  const asIfInUtc = Date.parse(`${shopMoment(moment, timeZone).replace(' ', 'T')}Z`);
  const noon = (Math.floor(asIfInUtc / DAY_MS) + 0.5 + days) * DAY_MS;
  return new Date(noon - (asIfInUtc - wholeSecond));
}

/** More than any place is ahead of UTC, or behind it. */
const FARTHEST_MS = 15 * 3_600_000;

/**
 * The first moment of a day ("2026-11-28") in the shop's time zone. Where clocks are set forward at midnight, the day
 * begins an hour later: it is the first moment that has this day.
 */
export function shopDayStart(day: string, timeZone: string): Date {
  const inUtc = Date.parse(`${day}T00:00:00Z`);
  let [before, from] = [inUtc - FARTHEST_MS, inUtc + FARTHEST_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (shopDay(new Date(middle), timeZone) < day) before = middle;
    else from = middle;
  }
  return new Date(from);
}

/** What holds from one day to another, in the shop's time zone. Days are written YYYY-MM-DD. */
export interface Dated {
  /** The first day; null for always. */
  readonly from: string | null;
  /** The first day on which it holds no more; null for no end. */
  readonly until: string | null;
}

/** Whether it holds on the day. */
export function holdsOn({ from, until }: Dated, day: string): boolean {
  return (from === null || from <= day) && (until === null || day < until);
}

/** The first day after this one on which anything begins or ends; null when nothing does. */
export function nextChange(rows: readonly Dated[], day: string): string | null {
  const days = rows.flatMap(({ from, until }) => [from, until]).filter((at) => at !== null && at > day);
  return (days as string[]).sort()[0] ?? null;
}

/** The day before a day, both YYYY-MM-DD. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
