import { statement } from '../../platform/database/database.js';
import { OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

/**
 * Events that no invariant reads: those of no order or document, and of frequent small changes; must match the index
 * `outbox_passing`.
 */
const PASSING = `kind <> 'mail.failed'
  AND (split_part(kind, '.', 1) NOT IN ('order', 'payment', 'refund', 'return', 'invoice', 'dispute', 'draft')
    OR kind IN ('order.updated', 'payment.webhook-received', 'payment.outage', 'refund.changed'))`;

const passing = statement(
  'integrity.delete-passing-events',
  `DELETE FROM outbox WHERE id IN (
     SELECT id FROM outbox WHERE ${PASSING} AND ${olderThanDays('published_at')}
     ORDER BY published_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
);

/** Events that no invariant reads, so many days after they were published. */
export function oldEvents(days: number): readonly OldRows[] {
  return [{ statement: passing, days }];
}
