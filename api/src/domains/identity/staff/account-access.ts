import { statement, type Querying, t } from '../../../platform/database/database.js';
import { permissionsWith, type Permission, type Role } from '../../../platform/graphql/roles.js';

/**
 * SQL: the permissions that the role of the account `u` lists; null unless it is a role of the shop's own. Customers and
 * built-in roles cost one comparison, because CASE evaluates the query for the others only.
 */
export const LISTED_PERMISSIONS = /* sql */ `CASE WHEN u.role = 'STAFF' THEN (
     SELECT r.permissions FROM staff_member m JOIN staff_role r ON r.id = m.role_id WHERE m.user_id = u.id) END`;

const accessOf = statement('identity.access-of-account', {
  params: { userId: t.uuid },
  row: { role: t.textOf<Role>(), listed: t.texts.orNull },
  sql: `SELECT u.role, ${LISTED_PERMISSIONS} AS listed FROM app_user u WHERE u.id = :userId AND u.locked_at IS NULL`,
});

/** What an account may do at this moment; nothing if it is locked or gone. For work that outlives the request. */
export async function permissionsOfAccount(
  querying: Querying,
  userId: string,
): Promise<ReadonlySet<Permission>> {
  const account = await querying.row(accessOf, { userId });
  return account ? permissionsWith(account.role, account.listed) : new Set();
}

/** Whether both sets hold the same permissions. */
export function haveSame(some: ReadonlySet<Permission>, others: ReadonlySet<Permission>): boolean {
  return some === others || (some.size === others.size && [...some].every((one) => others.has(one)));
}
