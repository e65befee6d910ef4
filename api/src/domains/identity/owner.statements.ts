import { CATALOG_CHANNEL } from '../../platform/database/catalog-cache.js';
import { statement, t } from '../../platform/database/database.js';
import { USER_COLUMNS, USER_ROW } from './user.entity.js';

export const ownerUnderLock = statement('identity.owner-lock', {
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE role = 'OWNER' FOR UPDATE`,
});
export const currentOwner = statement('identity.owner', {
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE role = 'OWNER'`,
});
export const insertAccount = statement('identity.owner-insert', {
  params: {
    id: t.uuid,
    email: t.text,
    passwordHash: t.text,
    firstName: t.text,
    lastName: t.text,
    language: t.text,
  },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, language)
   VALUES (:id, :email, :passwordHash, :firstName, :lastName, :language)
   ON CONFLICT (lower(email)) DO NOTHING`,
});
export const setRole = statement('identity.set-role', {
  params: { email: t.text, role: t.text },
  row: USER_ROW,
  sql: `UPDATE app_user SET role = :role, locked_at = CASE WHEN :role = 'OWNER' THEN NULL ELSE locked_at END, updated_at = now()
   WHERE lower(email) = lower(:email) RETURNING ${USER_COLUMNS}`,
});
export const endPassword = statement('identity.owner-end-password', {
  params: { email: t.text, passwordHash: t.text },
  row: { id: t.uuid },
  sql: `UPDATE app_user SET password_hash = :passwordHash WHERE lower(email) = lower(:email) AND role = 'CUSTOMER'
   RETURNING id`,
});

export const unlockByEmail = statement('identity.owner-unlock', {
  params: { email: t.text },
  sql: `UPDATE staff_member m SET locked_at = NULL, locked_by = NULL, version = version + 1, updated_at = now()
   FROM app_user u WHERE u.id = m.user_id AND lower(u.email) = lower(:email) AND m.locked_at IS NOT NULL`,
});
export const memberByEmail = statement('identity.owner-member', {
  params: { email: t.text },
  row: { userId: t.uuid, version: t.int },
  sql: `SELECT m.user_id AS "userId", m.version FROM staff_member m JOIN app_user u ON u.id = m.user_id WHERE lower(u.email) = lower(:email)`,
});
export const hasPassword = statement('identity.owner-has-password', {
  params: { userId: t.uuid, passwordHash: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM app_user WHERE id = :userId AND password_hash = :passwordHash FOR NO KEY UPDATE',
});

// What each process holds of whether the shop has an owner follows.
export const announce = statement('identity.owner-announce', {
  row: { told: t.text },
  sql: `SELECT pg_notify('${CATALOG_CHANNEL}', '')::text AS told`,
});
export const takeOver = statement('identity.owner-take-over', {
  params: { email: t.text, passwordHash: t.text, firstName: t.text, lastName: t.text, language: t.text },
  row: { id: t.uuid },
  sql: `UPDATE app_user SET password_hash = :passwordHash, first_name = :firstName, last_name = :lastName, language = :language,
     updated_at = now() WHERE lower(email) = lower(:email) RETURNING id`,
});
