import type { Language } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';
import { USER_COLUMNS, USER_ROW } from '../user.entity.js';

/** For how long a link that proves a mailbox can be opened. */
export const LINK_DAYS = 3;

export const mailboxOf = statement('identity.mailbox-of', {
  params: { userId: t.uuid },
  row: { email: t.text },
  sql: 'SELECT email FROM app_user WHERE id = :userId',
});

/** Whoever writes to the mailbox of an account, or proves it, waits here for whoever came first. */
export const lockMailbox = statement('identity.lock-mailbox', {
  params: { userId: t.uuid },
  row: { email: t.text },
  sql: 'SELECT email FROM app_user WHERE id = :userId FOR NO KEY UPDATE',
});

export const insertProof = statement('identity.insert-mailbox-proof', {
  params: { tokenId: t.uuid, hash: t.bytea, userId: t.uuid, email: t.text },
  sql: `INSERT INTO one_time_token (id, hash, user_id, purpose, mailbox, expires_at)
   VALUES (:tokenId, :hash, :userId, 'EMAIL_VERIFY', :email, now() + make_interval(days => ${LINK_DAYS}))`,
});

const OWN_LINK = /* sql */ `id = :tokenId AND hash = :hash AND user_id = :userId AND purpose = 'EMAIL_VERIFY'
   AND lower(mailbox) = lower(:email) AND expires_at > now()`;
const OWN_LINK_PARAMS = { tokenId: t.uuid, hash: t.bytea, userId: t.uuid, email: t.text };

export const useProof = statement('identity.use-mailbox-proof', {
  params: OWN_LINK_PARAMS,
  sql: `UPDATE one_time_token SET used_at = now() WHERE ${OWN_LINK} AND used_at IS NULL`,
});

export const usedProof = statement('identity.used-mailbox-proof', {
  params: OWN_LINK_PARAMS,
  row: { id: t.uuid },
  sql: `SELECT id FROM one_time_token WHERE ${OWN_LINK} AND used_at IS NOT NULL`,
});

export const proveMailbox = statement('identity.prove-mailbox', {
  params: { userId: t.uuid },
  row: USER_ROW,
  sql: `UPDATE app_user SET email_verified_at = coalesce(email_verified_at, now()) WHERE id = :userId RETURNING ${USER_COLUMNS}`,
});

/** What the mail with a link says; none when the link is used, has run out, or the account has another address by now. */
export const proofForMail = statement('identity.mailbox-proof-for-mail', {
  params: { tokenId: t.uuid },
  row: { email: t.text, firstName: t.text, language: t.textOf<Language>(), createdAt: t.timestamp },
  sql: `SELECT u.email, u.first_name AS "firstName", u.language, u.created_at AS "createdAt"
   FROM one_time_token o JOIN app_user u ON u.id = o.user_id AND lower(u.email) = lower(o.mailbox)
   WHERE o.id = :tokenId AND purpose = 'EMAIL_VERIFY' AND used_at IS NULL AND expires_at > now()`,
});
