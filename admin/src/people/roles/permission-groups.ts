import type { Composer } from 'vue-i18n';
import type { AdminPermission } from '../../app/permissions';
import type { ListedPermission } from './useRoles';

const GROUPS = {
  orders: ['ORDER_READ', 'ORDER_WRITE', 'ORDER_REFUND'],
  goods: ['CATALOG_READ', 'CATALOG_WRITE', 'STOCK_WRITE', 'IMPORT'],
  customers: ['CUSTOMER_READ', 'CUSTOMER_WRITE', 'CUSTOMER_EXPORT'],
  content: ['CONTENT_READ', 'CONTENT_WRITE'],
  work: ['JOB_READ', 'VIEW_WRITE', 'VIEW_SHARE', 'METADATA_WRITE'],
  shop: ['SETTINGS_WRITE', 'INTEGRATION_WRITE', 'SYSTEM', 'AUDIT_READ'],
  people: ['STAFF_WRITE', 'OWNERSHIP'],
} as const;

export interface PermissionGroup {
  readonly key: keyof typeof GROUPS | 'others';
  readonly permissions: readonly ListedPermission[];
}

/** The permissions of the shop by what they are about; those of plugins, and any other, at the end. */
export function permissionGroups(all: readonly ListedPermission[]): PermissionGroup[] {
  const known = new Set<string>(Object.values(GROUPS).flat());
  const groups = (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((key): PermissionGroup => ({
    key,
    permissions: all.filter(({ permission }) => (GROUPS[key] as readonly string[]).includes(permission)),
  }));
  const others = all.filter(({ permission }) => !known.has(permission));
  return [...groups, { key: 'others' as const, permissions: others }].filter(
    ({ permissions }) => permissions.length > 0,
  );
}

/** What a permission allows, in a few words; one of a plugin says so itself. */
export function permissionLabel(
  { permission, description }: ListedPermission,
  { t, te }: Pick<Composer, 't' | 'te'>,
): string {
  const key = `permissions.${permission}`;
  return te(key) ? t(key) : description;
}

/** What somebody needs besides, for a permission to be of use: who changes orders has to see them. */
export const NEEDED: Readonly<Partial<Record<AdminPermission, AdminPermission>>> = {
  ORDER_WRITE: 'ORDER_READ',
  ORDER_REFUND: 'ORDER_WRITE',
  CATALOG_WRITE: 'CATALOG_READ',
  STOCK_WRITE: 'CATALOG_READ',
  CUSTOMER_WRITE: 'CUSTOMER_READ',
  CUSTOMER_EXPORT: 'CUSTOMER_READ',
  CONTENT_WRITE: 'CONTENT_READ',
  IMPORT: 'JOB_READ',
};
