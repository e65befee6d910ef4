import type { Clock } from '../../../kernel/clock.js';
import type { Reference } from '../shop.reference.js';

/** The tax rates that an order was to be priced by hold no more. */
class RatesEnded extends Error {}

/** @throws RatesEnded once another rate has begun than those that the reference has */
export function assertPresent({ endsAt }: Pick<Reference, 'endsAt'>, clock: Clock): void {
  if (endsAt && endsAt <= clock.now()) throw new RatesEnded();
}

/**
 * Places an order by the rates of the day on which it is placed. Where that day ended while it waited for its locks, and
 * another rate has begun, nothing was written and it starts again with the rates of the new day.
 */
export async function byPresentRates<T>(place: () => Promise<T>): Promise<T> {
  try {
    return await place();
  } catch (error) {
    if (error instanceof RatesEnded) return place();
    throw error;
  }
}
