import { statement, t, type ValuesOf } from '../../../../platform/database/database.js';
import type { Language } from '../../../../kernel/languages.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays } from '../../../../platform/jobs/old-rows.js';

export const INVITATION_DAYS = 7;
const LASTS = `now() + make_interval(days => ${INVITATION_DAYS})`;
const OPEN = 'accepted_at IS NULL AND revoked_at IS NULL';

const ROW = {
  ...{ id: t.uuid, email: t.text, roleId: t.uuid, language: t.textOf<Language>(), tokenId: t.uuid },
  ...{ invitedBy: t.uuid.orNull, invitedByName: t.text.orNull, isExpired: t.boolean, expiresAt: t.timestamp },
  ...{ askedAgainAt: t.timestamp.orNull, isOpen: t.boolean, version: t.int, createdAt: t.timestamp },
};
export type InvitationRow = ValuesOf<typeof ROW>;
const READ = `SELECT i.id, i.email, i.role_id AS "roleId", i.language, i.token_id AS "tokenId", i.invited_by AS "invitedBy",
     nullif(btrim(u.first_name || ' ' || u.last_name), '') AS "invitedByName", i.expires_at <= now() AS "isExpired",
     i.expires_at AS "expiresAt", i.asked_again_at AS "askedAgainAt", ${OPEN} AS "isOpen", i.version,
     i.created_at AS "createdAt"
   FROM staff_invitation i LEFT JOIN app_user u ON u.id = i.invited_by`;

export const openInvitations = statement('identity.invitations-open', {
  row: ROW,
  sql: `${READ} WHERE ${OPEN} ORDER BY i.created_at DESC, i.id LIMIT 200`,
});
export const invitationById = statement('identity.invitation', {
  params: { id: t.uuid },
  row: ROW,
  sql: `${READ} WHERE i.id = :id`,
});
export const invitationOfToken = statement('identity.invitation-of-token', {
  params: { tokenId: t.uuid },
  row: ROW,
  sql: `${READ} WHERE i.token_id = :tokenId`,
});
export const openInvitationOf = statement('identity.invitation-open-of', {
  params: { email: t.text },
  row: { id: t.uuid, roleId: t.uuid },
  sql: `SELECT id, role_id AS "roleId" FROM staff_invitation WHERE lower(email) = lower(:email) AND ${OPEN} FOR UPDATE`,
});
export const countOpen = statement('identity.invitations-count', {
  row: { count: t.int },
  sql: `SELECT count(*)::int AS count FROM staff_invitation WHERE ${OPEN}`,
});
export const openWithRole = statement('identity.invitations-with-role', {
  params: { roleId: t.uuid },
  row: { count: t.int },
  sql: `SELECT count(*)::int AS count FROM staff_invitation WHERE role_id = :roleId AND ${OPEN}`,
});
export const insertInvitation = statement('identity.invitation-insert', {
  params: {
    ...{ id: t.uuid, email: t.text, roleId: t.uuid, language: t.text, tokenId: t.uuid, tokenHash: t.bytea },
    invitedBy: t.uuid,
  },
  sql: `INSERT INTO staff_invitation (id, email, role_id, language, token_id, token_hash, invited_by, expires_at)
   VALUES (:id, :email, :roleId, :language, :tokenId, :tokenHash, :invitedBy, ${LASTS})`,
});
/** A new link; the former one opens nothing any more. */
export const renewInvitation = statement('identity.invitation-renew', {
  params: {
    ...{
      id: t.uuid,
      roleId: t.uuid,
      language: t.text,
      tokenId: t.uuid,
      tokenHash: t.bytea,
      invitedBy: t.uuid,
    },
  },
  sql: `UPDATE staff_invitation SET role_id = :roleId, language = :language, token_id = :tokenId, token_hash = :tokenHash,
     invited_by = :invitedBy, expires_at = ${LASTS}, asked_again_at = NULL, version = version + 1, updated_at = now()
   WHERE id = :id AND ${OPEN}`,
});
export const revokeInvitation = statement('identity.invitation-revoke', {
  params: { id: t.uuid },
  sql: `UPDATE staff_invitation SET revoked_at = now(), version = version + 1, updated_at = now() WHERE id = :id AND ${OPEN}`,
});
/** Once: of several who use the link at the same moment, one. */
export const useInvitation = statement('identity.invitation-use', {
  params: { id: t.uuid, tokenHash: t.bytea },
  sql: `UPDATE staff_invitation SET accepted_at = now(), version = version + 1, updated_at = now()
   WHERE id = :id AND token_hash = :tokenHash AND ${OPEN} AND expires_at > now()`,
});
/** At most once a day: the one who invited gets a mail. */
export const askAgain = statement('identity.invitation-ask-again', {
  params: { id: t.uuid, tokenHash: t.bytea },
  sql: `UPDATE staff_invitation SET asked_again_at = now(), updated_at = now()
   WHERE id = :id AND token_hash = :tokenHash AND ${OPEN} AND expires_at <= now() AND (asked_again_at IS NULL OR asked_again_at < now() - interval '1 day')`,
});
export const joinStaff = statement('identity.invitation-join', {
  params: { userId: t.uuid, roleId: t.uuid },
  sql: 'INSERT INTO staff_member (user_id, role_id) VALUES (:userId, :roleId)',
});
/** A month after they were of use, whatever became of them. */
export const oldInvitations = statement('identity.invitations-delete-old', {
  params: DAYS,
  sql: `DELETE FROM staff_invitation WHERE id IN (
     SELECT id FROM staff_invitation WHERE ${olderThanDays('least(expires_at, accepted_at, revoked_at)')}
     ORDER BY id LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});
