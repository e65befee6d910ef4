import { newId } from '../../../kernel/ids.js';
import { statement, type Database } from '../../../platform/database/database.js';
import type { MailProvider } from '../port.js';

export interface InboxMail {
  readonly id: string;
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly receivedAt: Date;
}

const COLUMNS =
  'id, message_key AS "key", sender AS "from", recipient AS "to", subject, html, text, received_at AS "receivedAt"';

const keepMail = statement(
  'inbox.keep',
  `INSERT INTO dev_inbox (id, message_key, sender, recipient, subject, html, text) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);
const mailByKey = statement(
  'inbox.by-key',
  'SELECT id FROM dev_inbox WHERE message_key = $1 ORDER BY received_at LIMIT 1',
);
const mailById = statement('inbox.by-id', `SELECT ${COLUMNS} FROM dev_inbox WHERE id = $1`);
const newestMails = statement(
  'inbox.newest',
  `SELECT ${COLUMNS} FROM dev_inbox ORDER BY received_at DESC, id DESC LIMIT $1`,
);

/** Stores mails in a table instead of sending them, to be read at /dev/inbox. A mail sent twice is stored twice. */
export function createInboxMail(database: Database): MailProvider {
  return {
    name: 'inbox',
    async send({ key, from, to, subject, html, text }) {
      const id = newId();
      await database.count(keepMail, [id, key, from, to, subject, html, text]);
      return id;
    },
    async find(key) {
      return (await database.row<{ id: string }>(mailByKey, [key]))?.id ?? null;
    },
  };
}

/** Lists mails, newest first. */
export function listInbox(database: Database, limit: number): Promise<InboxMail[]> {
  return database.rows<InboxMail>(newestMails, [limit]);
}

/** Null if there is no such mail. */
export function readInbox(database: Database, id: string): Promise<InboxMail | null> {
  return database.row<InboxMail>(mailById, [id]);
}
