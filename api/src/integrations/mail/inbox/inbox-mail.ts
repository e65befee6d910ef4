import { newId } from '../../../kernel/ids.js';
import { statement, type Database, t, type ValuesOf } from '../../../platform/database/database.js';
import type { MailProvider } from '../port.js';
const COLUMNS =
  'id, message_key AS "key", sender AS "from", recipient AS "to", subject, html, text, received_at AS "receivedAt"';

const keepMail = statement('inbox.keep', {
  params: { id: t.uuid, key: t.text, from: t.text, to: t.text, subject: t.text, html: t.text, text: t.text },
  sql: `INSERT INTO dev_inbox (id, message_key, sender, recipient, subject, html, text) VALUES (:id, :key, :from, :to, :subject, :html, :text)`,
});
const mailByKey = statement('inbox.by-key', {
  params: { key: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM dev_inbox WHERE message_key = :key ORDER BY received_at LIMIT 1',
});
const INBOX_MAIL_ROW = {
  id: t.uuid,
  key: t.text,
  from: t.text,
  to: t.text,
  subject: t.text,
  html: t.text,
  text: t.text,
  receivedAt: t.timestamp,
};
export type InboxMail = ValuesOf<typeof INBOX_MAIL_ROW>;

const mailById = statement('inbox.by-id', {
  params: { id: t.uuid },
  row: INBOX_MAIL_ROW,
  sql: `SELECT ${COLUMNS} FROM dev_inbox WHERE id = :id`,
});
const newestMails = statement('inbox.newest', {
  params: { limit: t.int },
  row: INBOX_MAIL_ROW,
  sql: `SELECT ${COLUMNS} FROM dev_inbox ORDER BY received_at DESC, id DESC LIMIT :limit`,
});

/** Stores mails in a table instead of sending them, to be read at /dev/inbox. A mail sent twice is stored twice. */
export function createInboxMail(database: Database): MailProvider {
  return {
    name: 'inbox',
    async send({ key, from, to, subject, html, text }) {
      const id = newId();
      await database.count(keepMail, { id, key, from, to, subject, html, text });
      return id;
    },
    async find(key) {
      return (await database.row(mailByKey, { key }))?.id ?? null;
    },
  };
}

/** Lists mails, newest first. */
export function listInbox(database: Database, limit: number): Promise<InboxMail[]> {
  return database.rows(newestMails, { limit });
}

/** Null if there is no such mail. */
export function readInbox(database: Database, id: string): Promise<InboxMail | null> {
  return database.row(mailById, { id });
}
