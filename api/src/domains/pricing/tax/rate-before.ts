import { dayBefore, shopDay } from '../../../kernel/shop-time.js';
import { findTaxRate, type Reference } from '../shop.reference.js';
import { TaxMode } from './tax-mode.js';

interface Moment {
  readonly countryCode: string | null;
  readonly taxClass: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The tax rate of a moment in the past, in basis points, where another one holds by now; null where it is the same. A rate
 * that was added to begin on the day of the moment, but after it, did not hold yet.
 */
export function rateBefore(reference: Reference, { countryCode, taxClass, at }: Moment): number | null {
  const { taxesSince, timeZone, taxMode } = reference;
  // Rates change on a few days in years: hardly ever is anything older than the last change.
  if (!taxesSince || at >= taxesSince.getTime() || taxMode === TaxMode.NOT_REGISTERED) return null;
  const now = findTaxRate(reference, countryCode, taxClass);
  const day = shopDay(new Date(at), timeZone);
  const isOnFirstDay = now?.from === day;
  if (isOnFirstDay && at >= now.addedAt) return null;
  const before = findTaxRate(reference, countryCode, taxClass, isOnFirstDay ? dayBefore(day) : day);
  const was = before?.rateBasisPoints ?? 0;
  return was === (now?.rateBasisPoints ?? 0) ? null : was;
}
