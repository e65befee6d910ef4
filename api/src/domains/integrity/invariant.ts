import { statement, type PositionalStatement } from '../../platform/database/database.js';

/** A claim that is always true of the stored data, with the query that finds violations. */
export interface Invariant {
  /** `STOCK_LEDGER`: never changes, because reports of years are compared by it. */
  readonly code: string;
  /** The claim, in a shopkeeper's words. */
  readonly description: string;
  /**
   * SQL whose rows are the violations: one column `sample` with an id, a number or a SKU, never personal data.
   * `SETTLED` in it is the time before which jobs must have finished their work.
   */
  readonly offenders: string;
}

const SAMPLES = 10;

/**
 * Counts an invariant's violations and selects the first of them. `$1`: how long work may be in flight, as an interval.
 */
export function question({ code, offenders }: Invariant): PositionalStatement {
  return statement(
    `integrity.${code.toLowerCase()}`,
    `WITH moment AS (SELECT now() - $1::interval AS settled),
     offender AS (SELECT sample::text FROM (${offenders.replaceAll('SETTLED', '(SELECT settled FROM moment)')}) AS found)
     SELECT count(*)::int AS violations,
       coalesce((SELECT array_agg(sample) FROM (SELECT DISTINCT sample FROM offender ORDER BY sample LIMIT ${SAMPLES}) AS named), '{}') AS samples
     FROM offender`,
  );
}

/** The statuses of a placed order. */
export const PLACED = `('PLACED', 'PAID', 'FULFILLED', 'COMPLETED')`;
export const LIVE_REFUND = `status NOT IN ('FAILED', 'CANCELLED')`;
/** True if the lines of order `o` are those it was placed with. */
export const NEVER_EDITED = `NOT EXISTS (SELECT 1 FROM order_edit e WHERE e.order_id = o.id AND e.status = 'APPLIED')`;
