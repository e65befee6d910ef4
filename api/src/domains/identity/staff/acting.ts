import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import { assertPermission } from '../../../platform/graphql/auth-directive.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { permissionsOf, permissionsWith, Role, type Permission } from '../../../platform/graphql/roles.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { StaffRoleEntity } from './staff.entity.js';
import { accessForWrite, lockStaff } from './staff.statements.js';

/*
 * Who may change whom
 *
 * Nobody gives, takes or edits a permission that they lack, nor touches a person who has more than they do. Everything
 * follows from sets of permissions; that an owner has one more than an administrator keeps owners out of their reach.
 *
 * Transaction and locks: each write about people and roles begins with the lock of `lockStaff`. Under it the rights of
 * the caller are read again, because they may have been taken away since the request began, and those of the other
 * person; both stay until the commit. Then the row of the person (FOR NO KEY UPDATE), by a trigger that of the account,
 * and last the sessions: the order of a change of password, which begins at the account.
 */

export interface Acting {
  readonly userId: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Somebody who works in the shop, as the transaction sees them. */
export interface Colleague {
  readonly userId: string;
  readonly roleId: string;
  readonly isOwner: boolean;
  readonly isLocked: boolean;
  readonly permissions: ReadonlySet<Permission>;
}

/** Takes the lock, and says what the caller may do now. @throws GraphQLError FORBIDDEN without the permission any more */
export async function acting(tx: Tx, { userId }: Viewer, permission: Permission): Promise<Acting> {
  await tx.rows(lockStaff);
  const row = await tx.row(accessForWrite, { userId });
  const permissions = row && !row.isLocked ? permissionsInRole(row) : new Set<Permission>();
  assertPermission({ userId, sessionId: '', role: Role.STAFF, permissions }, permission);
  return { userId, permissions };
}

/** Locks a person whose role, lock or account is about to change. @throws NotFoundError | StaleVersionError */
export async function lockColleague(tx: Tx, userId: string, expectedVersion: number): Promise<Colleague> {
  const row = await tx.row(accessForWrite, { userId });
  if (!row) throw new NotFoundError('member of staff', ['staffMemberId']);
  if (row.version !== expectedVersion) throw new StaleVersionError(row.version);
  const { code, roleId, isLocked } = row;
  return { userId, roleId, isLocked, isOwner: code === 'OWNER', permissions: permissionsInRole(row) };
}

/** @throws DomainError LAST_OWNER, OWN_ACCOUNT, GRANT_EXCEEDS_OWN */
export function assertMayTouch(by: Acting, colleague: Colleague): void {
  const isSelf = colleague.userId === by.userId;
  if (colleague.isOwner && isSelf)
    throw new DomainError('LAST_OWNER', 'Hand the shop on to somebody else first.', ['staffMemberId']);
  if (isSelf) throw new DomainError('OWN_ACCOUNT', 'A colleague has to do this.', ['staffMemberId']);
  assertMayGrant(by, colleague.permissions, 'staffMemberId');
}

/** @throws DomainError GRANT_EXCEEDS_OWN where the permissions are not all the caller's */
export function assertMayGrant(by: Acting, permissions: Iterable<string>, field: string): void {
  const lacking = [...permissions].filter((one) => !by.permissions.has(one as Permission));
  if (lacking.length > 0)
    throw new DomainError('GRANT_EXCEEDS_OWN', `The caller lacks ${lacking.join(', ')}.`, [field]);
}

/** What a role allows in this process. */
export function permissionsInRole({
  code,
  permissions,
}: {
  readonly code: StaffRoleEntity['code'] | string | null;
  readonly permissions: readonly string[];
}): ReadonlySet<Permission> {
  return code === null ? permissionsWith(Role.STAFF, permissions) : permissionsOf(code as Role);
}
