import { type Dated } from '../../../kernel/shop-time.js';
import { RateExistsError, RateInForceError } from './tax.errors.js';

interface StoredRate extends Dated {
  readonly id: string;
}

/** How a new rate finds its place among those of its country and class. */
export interface RatePlan {
  /** The rate that it ends; null for the first one. */
  readonly ends: string | null;
  /** The first day on which the new rate holds no more; null for no end. */
  readonly until: string | null;
}

/**
 * Where a rate that begins on a day stands: the one that would hold then ends on it, and the new one holds as long as
 * that would have done. Days that are over stay as they were.
 *
 * @throws RateInForceError for a day of the past, and for today where the running rate has begun today itself
 * @throws RateExistsError where another one begins on that very day
 */
export function planRate(
  rates: readonly StoredRate[],
  { from, today }: { from: string; today: string },
): RatePlan {
  if (from < today) throw new RateInForceError(['from']);
  if (rates.some((rate) => rate.from === from))
    throw from === today ? new RateInForceError(['from']) : new RateExistsError();
  const covering = rates.find(
    (rate) => (rate.from === null || rate.from < from) && (rate.until === null || from < rate.until),
  );
  if (covering) return { ends: covering.id, until: covering.until };
  const later = rates.flatMap((rate) => (rate.from !== null && rate.from > from ? [rate.from] : [])).sort();
  return { ends: null, until: later[0] ?? null };
}
