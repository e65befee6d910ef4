import { newId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/logger.js';
import { statement, type Database, t, type ValuesOf } from '../../platform/database/database.js';
import type { Check } from '../../platform/database/invariant.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { integrityBroken } from './integrity.events.js';
import type { IntegrityCheckEntity, InvariantViolations } from './integrity-check.entity.js';

/*
 * The audit
 *
 * All invariants are checked in one REPEATABLE READ, read-only transaction: they see one snapshot, take no locks and
 * block nobody. Work of jobs after a commit (mails, events, refunds) gets an hour before it counts as overdue.
 */

const IN_FLIGHT = '1 hour';
const LONGEST_QUESTION = '60s';

const INTEGRITY_REPORT_ROW = {
  checkedAt: t.timestamp,
  violations: t.int,
  checks: t.json<readonly InvariantViolations[]>(),
};
export type IntegrityReport = ValuesOf<typeof INTEGRITY_REPORT_ROW>;

const newest = statement('integrity.newest', {
  params: { first: t.int },
  row: INTEGRITY_REPORT_ROW,
  sql: `SELECT checked_at AS "checkedAt", violations, report AS checks FROM integrity_check ORDER BY checked_at DESC LIMIT :first`,
});
const insertReport = statement('integrity.insert-report', {
  params: {
    id: t.uuid,
    checkedAt: t.timestamp,
    violations: t.int,
    invariants: t.json<readonly InvariantViolations[]>(),
  },
  sql: 'INSERT INTO integrity_check (id, checked_at, violations, report) VALUES (:id, :checkedAt, :violations, :invariants)',
});

export class IntegrityService {
  constructor(
    private readonly deps: {
      database: Database;
      outbox: Outbox;
      logger: Logger;
      /** The checks of all modules. */
      checks: readonly Check[];
    },
  ) {}

  /** Checks all invariants now. Stores nothing. */
  async check(): Promise<IntegrityReport> {
    return this.deps.database.transaction(async (tx) => {
      await tx.client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await tx.client.query(`SET LOCAL statement_timeout = '${LONGEST_QUESTION}'`);
      const invariants: InvariantViolations[] = [];
      for (const { code, description, statement } of this.deps.checks) {
        const found = await tx.row(statement, { inFlight: IN_FLIGHT });
        invariants.push({
          code,
          description,
          violations: found?.violations ?? 0,
          samples: found?.samples ?? [],
        });
      }
      return { checkedAt: new Date(), violations: total(invariants), checks: invariants };
    });
  }

  /**
   * Checks all invariants, stores the report and, if one is violated, appends the event that notifies the owner: once a
   * day.
   */
  async audit(): Promise<void> {
    const { database, outbox, logger } = this.deps;
    const { checkedAt, violations, checks: invariants } = await this.check();
    const id: IntegrityCheckEntity['id'] = newId();
    await database.transaction(async (tx) => {
      await tx.count(insertReport, { id, checkedAt, violations, invariants });
      if (violations === 0) return;
      await outbox.append(tx, integrityBroken(id, { checkId: id }, checkedAt.toISOString().slice(0, 10)));
    });
    outbox.notifyRelay();
    const broken = invariants.filter((invariant) => invariant.violations > 0).map(({ code }) => code);
    if (violations > 0) logger.error({ violations, broken }, 'Invariants are violated');
  }

  /** The nightly audits, newest first. */
  history(first: number): Promise<IntegrityReport[]> {
    return this.deps.database.rows(newest, { first });
  }
}

function total(invariants: readonly InvariantViolations[]): number {
  return invariants.reduce((sum, { violations }) => sum + violations, 0);
}
