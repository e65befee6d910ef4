import type { Permission } from '../generated/shell/graphql';

declare global {
  /** The permissions that plugins declare: each adds its own, in the API and in its part of the admin. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- plugins extend it
  interface VitrinePermissions {}
}

/** What the fields of the API ask for: the shop's own permissions, and those of plugins. */
export type AdminPermission = Permission | Extract<keyof VitrinePermissions, string>;
