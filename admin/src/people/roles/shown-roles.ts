import type { Composer } from 'vue-i18n';
import type { RoleRowFragment } from '../../generated/people/graphql';
import { placesFor } from '../../shell/useNavigation';
import { roleName } from './role-name';

/** A role as the pages draw it. */
export interface ShownRole {
  readonly role: RoleRowFragment;
  readonly name: string;
  /** The permissions that it holds. */
  readonly held: ReadonlySet<string>;
  /** The names of the pages that somebody sees who has it. */
  readonly pages: readonly string[];
}

export function shownRoles(roles: readonly RoleRowFragment[], t: Composer['t']): ShownRole[] {
  return roles.map((role) => {
    const held = new Set<string>(role.permissions);
    const pages = placesFor((permission) => held.has(permission)).map(({ title }) => t(title));
    return { role, held, pages, name: roleName(role, t) };
  });
}
