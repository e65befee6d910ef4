import { statement, t, type Statement } from './database.js';

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

/** An invariant with its statement, which the nightly audit executes. */
export interface Check extends Pick<Invariant, 'code' | 'description'> {
  readonly statement: Statement<
    { readonly inFlight: string },
    { readonly violations: number; readonly samples: readonly string[] }
  >;
}

/** The checks of a module, for its `checks`. */
export function defineChecks(module: string, invariants: readonly Invariant[]): readonly Check[] {
  return invariants.map((invariant) => ({ ...invariant, statement: countOffenders(module, invariant) }));
}

/**
 * Counts an invariant's violations and selects the first of them. `inFlight`: how long work may be in flight, as an
 * interval.
 */
function countOffenders(module: string, { code, offenders }: Invariant): Check['statement'] {
  return statement(`${module}.${code.toLowerCase()}`, {
    params: { inFlight: t.interval },
    row: { violations: t.int, samples: t.texts },
    sql: `WITH moment AS (SELECT now() - :inFlight::interval AS settled),
     offender AS (SELECT sample::text FROM (${offenders.replaceAll('SETTLED', '(SELECT settled FROM moment)')}) AS found)
     SELECT count(*)::int AS violations,
       coalesce((SELECT array_agg(sample) FROM (SELECT DISTINCT sample FROM offender ORDER BY sample LIMIT ${SAMPLES}) AS named), '{}') AS samples
     FROM offender`,
  });
}
