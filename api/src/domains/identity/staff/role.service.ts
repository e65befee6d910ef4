import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { violatedConstraint, type Database, type Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Permission } from '../../../platform/graphql/roles.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { roleChanged } from '../identity.events.js';
import { acting, assertMayGrant, permissionsInRole } from './acting.js';
import { openWithRole } from './invitations/invitation.statements.js';
import { StaffMemberEntity, StaffRoleEntity } from './staff.entity.js';

const MOST_ROLES = 50;

export interface RoleFields {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

export interface SeenRole {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Changes of roles of the shop's own; `acting.ts` says who may, and what is locked. */
export class RoleService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError GRANT_EXCEEDS_OWN, ROLE_NAME_TAKEN, TOO_MANY_ROLES | InvalidInputError */
  async create({ name, permissions }: RoleFields, viewer: Viewer): Promise<string> {
    const id = newId();
    await this.write(async (tx) => {
      const by = await acting(tx, viewer, 'STAFF_WRITE');
      assertMayGrant(by, permissions, 'permissions');
      const roles = tx.repository(StaffRoleEntity);
      if ((await roles.repository.count()) >= MOST_ROLES)
        throw new DomainError('TOO_MANY_ROLES', `A shop has at most ${MOST_ROLES} roles. Delete one first.`);
      await roles.insert([{ id, code: null, name: roleName(name), permissions: listed(permissions) }]);
      await this.outbox.append(tx, roleChanged(id, { change: 'CREATED', version: 1 }));
    });
    return id;
  }

  /**
   * Changes what is given. Whoever has the role may do what it says from their next request on. Permissions of a plugin
   * that was removed stay in the role.
   *
   * @throws DomainError GRANT_EXCEEDS_OWN (also where the role holds what the caller lacks), BUILT_IN_ROLE, ROLE_NAME_TAKEN
   */
  async update(seen: SeenRole, { name, permissions }: Partial<RoleFields>, viewer: Viewer): Promise<void> {
    await this.write(async (tx) => {
      const by = await acting(tx, viewer, 'STAFF_WRITE');
      const role = await lockOwnRole(tx, seen);
      const present = permissionsInRole(role);
      assertMayGrant(by, present, 'roleId');
      assertMayGrant(by, permissions ?? [], 'permissions');
      const unknown = role.permissions.filter((one) => !present.has(one as Permission));
      const changes = {
        ...(name !== undefined && { name: roleName(name) }),
        ...(permissions && { permissions: [...listed(permissions), ...unknown] }),
      };
      if (!(await tx.repository(StaffRoleEntity).update(role, changes))) return;
      await this.outbox.append(tx, roleChanged(role.id, { change: 'UPDATED', version: role.version }));
    });
  }

  /** @throws DomainError ROLE_IN_USE, GRANT_EXCEEDS_OWN, BUILT_IN_ROLE */
  async delete(seen: SeenRole, viewer: Viewer): Promise<void> {
    await this.write(async (tx) => {
      const by = await acting(tx, viewer, 'STAFF_WRITE');
      const role = await lockOwnRole(tx, seen);
      assertMayGrant(by, permissionsInRole(role), 'roleId');
      const members = await tx.repository(StaffMemberEntity).repository.countBy({ roleId: role.id });
      if (members > 0)
        throw new DomainError('ROLE_IN_USE', `${members} people have this role. Give them another first.`, [
          'roleId',
        ]);
      if (((await tx.row(openWithRole, { roleId: role.id }))?.count ?? 0) > 0)
        throw new DomainError(
          'ROLE_IN_USE',
          'Somebody is invited to this role. Withdraw the invitation first.',
          ['roleId'],
        );
      await tx.repository(StaffRoleEntity).delete({ id: role.id });
      await this.outbox.append(tx, roleChanged(role.id, { change: 'DELETED', version: role.version + 1 }));
    });
  }

  private async write(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(work);
    } catch (error) {
      if (violatedConstraint(error) === 'staff_role_name')
        throw new DomainError('ROLE_NAME_TAKEN', 'Another role has this name.', ['name']);
      throw error;
    }
    this.outbox.notifyRelay();
  }
}

/** @throws NotFoundError | StaleVersionError | DomainError BUILT_IN_ROLE */
async function lockOwnRole(tx: Tx, { id, expectedVersion }: SeenRole): Promise<StaffRoleEntity> {
  const role = await tx.repository(StaffRoleEntity).lock({ id });
  if (!role) throw new NotFoundError('role', ['roleId']);
  if (role.code !== null)
    throw new DomainError('BUILT_IN_ROLE', 'A built-in role is fixed. Make a copy and change that.', [
      'roleId',
    ]);
  if (role.version !== expectedVersion) throw new StaleVersionError(role.version);
  return role;
}

/** Each once, in one order: the same choice is the same list. */
function listed(permissions: readonly Permission[]): string[] {
  return [...new Set<string>(permissions)].sort();
}

/** @throws InvalidInputError for a name of spaces */
function roleName(given: string): string {
  const name = given.trim().replace(/\s+/gu, ' ');
  if (name === '') throw new InvalidInputError('Give the role a name.', ['name']);
  return name;
}
