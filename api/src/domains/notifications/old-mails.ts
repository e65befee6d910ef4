import { statement } from '../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

// The first condition is what the index is by.
const IS_OLD = `${olderThanDays('created_at')} AND ${olderThanDays('updated_at')} AND status IN ('SENT', 'FAILED', 'BOUNCED', 'CANCELLED')`;

// Counted from when its status last changed: staff have so many days to see and resend what was not sent. What waits
// is not deleted; `MailQueue` gives it up after some days. The content is deleted; recipient and time stay, because the
// audit and staff need them.
const texts = statement('notifications.delete-old-texts', {
  params: DAYS,
  sql: `UPDATE email SET model = '{}' WHERE id IN (
     SELECT id FROM email WHERE model <> '{}' AND ${IS_OLD}
     ORDER BY created_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

// Reset links, account notices, alerts: no order refers to them.
const mailsOfNoOrder = statement('notifications.delete-old-mails-of-no-order', {
  params: DAYS,
  sql: `DELETE FROM email WHERE id IN (
     SELECT id FROM email WHERE dedupe_key NOT LIKE 'order:%' AND ${IS_OLD}
     ORDER BY created_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/** Contents of mails, and mails that belong to no order, so many days after they were sent, given up or bounced. */
export function oldMails(days: number): readonly OldRows[] {
  return [
    { statement: texts, days },
    { statement: mailsOfNoOrder, days },
  ];
}
