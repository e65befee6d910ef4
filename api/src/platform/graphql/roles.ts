import { registerEnumType } from 'type-graphql';

export enum Role {
  CUSTOMER = 'CUSTOMER',
  SUPPORT = 'SUPPORT',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
  OWNER = 'OWNER',
  STAFF = 'STAFF',
}

registerEnumType(Role, {
  name: 'Role',
  description:
    'The built-in roles, from CUSTOMER to OWNER each holding what the ones before it hold, and one word for the roles that a shop makes itself.',
  valuesConfig: {
    CUSTOMER: { description: 'A customer with an account: own data only.' },
    SUPPORT: { description: 'Reads catalog, orders and customers.' },
    MANAGER: { description: 'Also edits catalog, stock and orders.' },
    ADMIN: { description: 'Also edits customers and reads system reports.' },
    OWNER: {
      description: 'An owner of the shop: holds everything; the first one receives operational mail.',
    },
    STAFF: { description: 'A role of the shop’s own: holds what `permissions` says, whatever that is.' },
  },
});

// A role of the shop's own has no place among the built-in ones.
const RISING: readonly Role[] = Object.values(Role).filter((role) => role !== Role.STAFF);

/** A permission as its module declares it. */
export interface PermissionDeclaration {
  /** What it allows, for readers of the schema. */
  readonly description: string;
  /** The least built-in role that has it; every role above has it too. */
  readonly role: Role.SUPPORT | Role.MANAGER | Role.ADMIN | Role.OWNER;
}

/** Declares permissions; their module lists them in `permissions` and adds their names to `VitrinePermissions`. */
export function definePermissions<const P extends Record<string, PermissionDeclaration>>(permissions: P): P {
  return permissions;
}

export const platformPermissions = definePermissions({
  SYSTEM: { description: 'Read system reports: webhooks, the integrity report.', role: Role.ADMIN },
});

declare global {
  /** The names of all permissions: each module adds its own, so that an unknown one does not compile. */
  interface VitrinePermissions extends Record<keyof typeof platformPermissions, true> {}
}
export type Permission = keyof VitrinePermissions;

/** The values of the enum Permission of the schema: those of every module that a shop of this process has. */
export const PermissionEnum = {} as { [Name in Permission]: Name };
const descriptions: Record<string, { description: string }> = {};
registerEnumType(PermissionEnum, {
  name: 'Permission',
  description: 'What a member of staff may do. Access is checked by permission, never by the name of a role.',
  valuesConfig: descriptions,
});

const byRole = new Map(RISING.map((role) => [role, new Set<Permission>()]));

/** The permissions of a built-in role; empty for customers, and for STAFF, whose role is a row: `permissionsWith`. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return byRole.get(role) ?? new Set();
}

/**
 * What an account may do: by its built-in role, or by the permissions that a role of the shop's own lists. A name that no
 * module of this process declares, such as that of a plugin that was removed, allows nothing.
 */
export function permissionsWith(role: Role, listed: readonly string[] | null): ReadonlySet<Permission> {
  if (role !== Role.STAFF) return permissionsOf(role);
  const wanted = new Set(listed);
  return new Set([...permissionsOf(Role.OWNER)].filter((permission) => wanted.has(permission)));
}

/** Every permission with the least built-in role that has it, the least role first. */
export function declaredPermissions(): { permission: Permission; description: string; leastRole: Role }[] {
  return [...permissionsOf(Role.OWNER)].map((permission) => ({
    permission,
    description: descriptions[permission]?.description ?? '',
    leastRole: RISING.find((role) => permissionsOf(role).has(permission)) ?? Role.OWNER,
  }));
}

/** Makes permissions known to the schema and to the roles. Each is declared once: see `assertDeclaredOnce`. */
export function registerPermissions(declared: Readonly<Record<string, PermissionDeclaration>>): void {
  for (const [name, { description }] of Object.entries(declared)) {
    Object.assign(PermissionEnum, { [name]: name });
    descriptions[name] = { description };
  }
  // By rising role: the list of an account's permissions begins with what the least role may do.
  for (const least of RISING)
    for (const [name, { role }] of Object.entries(declared))
      if (role === least)
        for (const above of RISING.slice(RISING.indexOf(role))) byRole.get(above)?.add(name as Permission);
}
