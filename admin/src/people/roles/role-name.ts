import type { RoleRowFragment } from '../../generated/people/graphql';
import type { Tools } from '../../ui/useTools';

/** A built-in role is named in the language of the reader, one of the shop's own as staff called it. */
export const roleName = (
  { name, builtIn }: Pick<RoleRowFragment, 'name' | 'builtIn'>,
  t: Tools['t'],
): string => (builtIn ? t(`roles.${builtIn}`) : name);
