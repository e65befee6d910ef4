import { registerEnumType } from 'type-graphql';

export enum Role {
  CUSTOMER = 'CUSTOMER',
  SUPPORT = 'SUPPORT',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
  OWNER = 'OWNER',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'The built-in roles, each holding what the ones before it hold.',
  valuesConfig: {
    CUSTOMER: { description: 'A customer with an account: own data only.' },
    SUPPORT: { description: 'Reads catalog, orders and customers.' },
    MANAGER: { description: 'Also edits catalog, stock and orders.' },
    ADMIN: { description: 'Also edits customers and reads system reports.' },
    OWNER: { description: 'The one owner of the shop; receives operational mail.' },
  },
});

const RISING = Object.values(Role);

/** A permission as its module declares it. */
export interface PermissionDeclaration {
  /** What it allows, for readers of the schema. */
  readonly description: string;
  /** The least built-in role that has it; every role above has it too. */
  readonly role: Role.SUPPORT | Role.MANAGER | Role.ADMIN;
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

/** The permissions of a built-in role; empty for customers. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return byRole.get(role) ?? new Set();
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
