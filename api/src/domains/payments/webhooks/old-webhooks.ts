import { statement } from '../../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../../platform/jobs/old-rows.js';

// The event's id stays, so that a repeated event is recognized; the body, which may contain personal data, is
// deleted.
const bodies = statement('payments.delete-old-webhook-bodies', {
  params: DAYS,
  sql: `UPDATE webhook_inbox SET payload = '{}', raw = NULL WHERE id IN (
     SELECT id FROM webhook_inbox WHERE status IN ('DONE', 'IGNORED') AND ${olderThanDays('received_at')}
       AND payload <> '{}' LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/** Bodies of webhooks that were processed, so many days after they were received. */
export function oldWebhookBodies(days: number): readonly OldRows[] {
  return [{ statement: bodies, days }];
}
