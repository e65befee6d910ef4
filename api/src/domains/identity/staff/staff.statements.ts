import { rowOf, statement, t, type ValuesOf } from '../../../platform/database/database.js';
import { StaffRoleEntity } from './staff.entity.js';

/**
 * Writes about people and roles happen one after the other: each begins with this lock, so what it reads of the rights of
 * both people is still true when it commits.
 */
export const lockStaff = statement('identity.staff-lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('staff', 7244))`,
});

const ROLE_ROW = { ...rowOf(StaffRoleEntity), members: t.int };
export type StaffRoleRow = ValuesOf<typeof ROLE_ROW>;

const ROLE = `SELECT r.id, r.code, r.name, r.permissions, r.version, r.created_at AS "createdAt", r.updated_at AS "updatedAt",
     (SELECT count(*)::int FROM staff_member m WHERE m.role_id = r.id) AS members
   FROM staff_role r`;

/** The built-in ones first, the least of them first; the others by name. */
export const allRoles = statement('identity.staff-roles', {
  row: ROLE_ROW,
  sql: `${ROLE} ORDER BY array_position(ARRAY['SUPPORT', 'MANAGER', 'ADMIN', 'OWNER'], r.code), lower(r.name)`,
});
export const rolesById = statement('identity.staff-roles-by-id', {
  params: { ids: t.uuids },
  row: ROLE_ROW,
  sql: `${ROLE} WHERE r.id = ANY(:ids::uuid[])`,
});
export const builtInRole = statement('identity.staff-role-built-in', {
  params: { code: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM staff_role WHERE code = :code',
});

const MEMBER_ROW = {
  ...{ id: t.uuid, email: t.text, firstName: t.text, lastName: t.text, roleId: t.uuid },
  ...{ lockedAt: t.timestamp.orNull, lockedByName: t.text.orNull, lastSeenAt: t.timestamp.orNull },
  ...{ hasSecondFactor: t.boolean, version: t.int, createdAt: t.timestamp },
};
export type StaffMemberRow = ValuesOf<typeof MEMBER_ROW>;

const MEMBER = `SELECT m.user_id AS id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", m.role_id AS "roleId",
     m.locked_at AS "lockedAt", nullif(btrim(l.first_name || ' ' || l.last_name), '') AS "lockedByName",
     greatest(m.last_seen_at, (SELECT max(s.rotated_at) FROM user_session s WHERE s.user_id = m.user_id)) AS "lastSeenAt",
     u.asks_for_factor AS "hasSecondFactor", m.version, m.created_at AS "createdAt"
   FROM staff_member m JOIN app_user u ON u.id = m.user_id LEFT JOIN app_user l ON l.id = m.locked_by`;

export const allMembers = statement('identity.staff-members', {
  row: MEMBER_ROW,
  sql: `${MEMBER} ORDER BY lower(u.last_name), lower(u.first_name), m.user_id LIMIT 1000`,
});
export const membersById = statement('identity.staff-members-by-id', {
  params: { ids: t.uuids },
  row: MEMBER_ROW,
  sql: `${MEMBER} WHERE m.user_id = ANY(:ids::uuid[])`,
});

/** Somebody with the role, under the lock of `lockStaff`. A locked person may do nothing. */
export const accessForWrite = statement('identity.staff-access', {
  params: { userId: t.uuid },
  row: { code: t.text.orNull, permissions: t.texts, isLocked: t.boolean, version: t.int, roleId: t.uuid },
  sql: `SELECT r.code, r.permissions, m.locked_at IS NOT NULL AS "isLocked", m.version, m.role_id AS "roleId"
   FROM staff_member m JOIN staff_role r ON r.id = m.role_id WHERE m.user_id = :userId FOR NO KEY UPDATE OF m`,
});

/** Returns the version of the member after it. */
export const giveRole = statement('identity.staff-give-role', {
  params: { userId: t.uuid, roleId: t.uuid },
  row: { version: t.int },
  sql: `UPDATE staff_member SET role_id = :roleId, version = version + 1, updated_at = now() WHERE user_id = :userId
   RETURNING version`,
});
export const lockMember = statement('identity.staff-lock-member', {
  params: { userId: t.uuid, lockedBy: t.uuid },
  sql: `UPDATE staff_member SET locked_at = now(), locked_by = :lockedBy, version = version + 1, updated_at = now()
   WHERE user_id = :userId AND locked_at IS NULL`,
});
export const unlockMember = statement('identity.staff-unlock-member', {
  params: { userId: t.uuid },
  sql: `UPDATE staff_member SET locked_at = NULL, locked_by = NULL, version = version + 1, updated_at = now()
   WHERE user_id = :userId AND locked_at IS NOT NULL`,
});
export const removeMember = statement('identity.staff-remove-member', {
  params: { userId: t.uuid },
  sql: 'DELETE FROM staff_member WHERE user_id = :userId',
});
export const touchMember = statement('identity.staff-touch', {
  params: { userId: t.uuid },
  row: { version: t.int },
  sql: `UPDATE staff_member SET version = version + 1, updated_at = now() WHERE user_id = :userId RETURNING version`,
});
/** Before old sessions are deleted: when their holder was seen. */
export const keepLastSeen = statement('identity.staff-keep-last-seen', {
  sql: `UPDATE staff_member m SET last_seen_at = s.seen
   FROM (SELECT user_id, max(rotated_at) AS seen FROM user_session GROUP BY user_id) s
   WHERE s.user_id = m.user_id AND (m.last_seen_at IS NULL OR m.last_seen_at < s.seen)`,
});
