import { statement } from '../../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../../platform/jobs/old-rows.js';

const KEPT_DAYS = 30;

/** Retention of the table of this adapter. */
export const INBOX_TABLES = { dev_inbox: 'Deleted each night: after 30 days; empty in production.' };

// Older mails of the development inbox are of no use.
const mails = statement('inbox.delete-old', {
  params: DAYS,
  sql: `DELETE FROM dev_inbox WHERE id IN (
     SELECT id FROM dev_inbox WHERE ${olderThanDays('received_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

export const oldDevMails: readonly OldRows[] = [{ statement: mails, days: KEPT_DAYS }];
