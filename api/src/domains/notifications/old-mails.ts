import { statement } from '../../platform/database/database.js';
import { OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

// What the mail said goes. That it was sent, to whom and when, is what the audit and the staff ask for.
const texts = statement(
  'notifications.delete-old-texts',
  `UPDATE email SET model = '{}' WHERE id IN (
     SELECT id FROM email WHERE model <> '{}' AND ${olderThanDays('created_at')} AND status IN ('SENT', 'FAILED', 'BOUNCED')
     ORDER BY created_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
);

// Links for passwords, notices about accounts, alerts: no order asks for them.
const mailsOfNoOrder = statement(
  'notifications.delete-old-mails-of-no-order',
  `DELETE FROM email WHERE id IN (
     SELECT id FROM email WHERE dedupe_key NOT LIKE 'order:%' AND ${olderThanDays('created_at')}
       AND status IN ('SENT', 'FAILED', 'BOUNCED') ORDER BY created_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
);

/** The words of mails, and mails that belong to no order, so many days after they were written. */
export function oldMails(days: number): readonly OldRows[] {
  return [
    { statement: texts, days },
    { statement: mailsOfNoOrder, days },
  ];
}
