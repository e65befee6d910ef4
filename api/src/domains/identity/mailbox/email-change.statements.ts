import type { Language } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';
import { USER_COLUMNS, USER_ROW } from '../user.entity.js';

/** For how long the link that gives an account another address can be opened. */
export const CHANGE_HOURS = 24;

export const otherWithEmail = statement('identity.other-with-email', {
  params: { userId: t.uuid, email: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM app_user WHERE lower(email) = lower(:email) AND id <> :userId',
});

/** The account whose holder has just given this password. */
export const lockConfirmed = statement('identity.lock-confirmed-account', {
  params: { userId: t.uuid, passwordHash: t.text },
  row: { email: t.text },
  sql: 'SELECT email FROM app_user WHERE id = :userId AND password_hash = :passwordHash FOR NO KEY UPDATE',
});

const OPEN = /* sql */ `purpose = 'EMAIL_CHANGE' AND used_at IS NULL AND expires_at > now()`;

export const voidChanges = statement('identity.void-email-changes', {
  params: { userId: t.uuid },
  sql: `UPDATE one_time_token SET used_at = now() WHERE user_id = :userId AND ${OPEN}`,
});

export const insertChange = statement('identity.insert-email-change', {
  params: { tokenId: t.uuid, hash: t.bytea, userId: t.uuid, email: t.text },
  sql: `INSERT INTO one_time_token (id, hash, user_id, purpose, mailbox, expires_at)
   VALUES (:tokenId, :hash, :userId, 'EMAIL_CHANGE', :email, now() + make_interval(hours => ${CHANGE_HOURS}))`,
});

export const useChange = statement('identity.use-email-change', {
  params: { tokenId: t.uuid, hash: t.bytea, userId: t.uuid, replaced: t.text },
  row: { email: t.text },
  sql: `UPDATE one_time_token SET used_at = now(), replaced = :replaced
   WHERE id = :tokenId AND hash = :hash AND user_id = :userId AND ${OPEN} RETURNING mailbox AS email`,
});

/** Whether this link gave the account the address that it has. */
export const doneChange = statement('identity.done-email-change', {
  params: { tokenId: t.uuid, hash: t.bytea, userId: t.uuid },
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user JOIN one_time_token o ON o.user_id = app_user.id AND o.mailbox = app_user.email
   WHERE o.id = :tokenId AND o.hash = :hash AND app_user.id = :userId AND o.replaced IS NOT NULL`,
});

/** Also proves the mailbox. */
export const setEmail = statement('identity.set-email', {
  params: { userId: t.uuid, email: t.text },
  row: USER_ROW,
  sql: `UPDATE app_user SET email = :email, email_verified_at = now(), updated_at = now() WHERE id = :userId
   RETURNING ${USER_COLUMNS}`,
});

/** To the new mailbox while the link can be opened, and to the one that the account has or had. */
export const changeForMail = statement('identity.email-change-for-mail', {
  params: { tokenId: t.uuid },
  row: {
    email: t.text,
    current: t.text,
    replaced: t.text.orNull,
    isOpen: t.boolean,
    firstName: t.text,
    language: t.textOf<Language>(),
  },
  sql: `SELECT o.mailbox AS email, u.email AS current, o.replaced, o.used_at IS NULL AND o.expires_at > now() AS "isOpen",
     u.first_name AS "firstName", u.language
   FROM one_time_token o JOIN app_user u ON u.id = o.user_id WHERE o.id = :tokenId AND o.purpose = 'EMAIL_CHANGE'`,
});
