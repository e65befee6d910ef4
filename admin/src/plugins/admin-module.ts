import type { Component } from 'vue';
import type { AdminPermission } from '../app/permissions';
import type { BulkAction } from '../ui/lists/selection/bulk-action';

/**
 * The places on pages of the admin where plugins may stand, each with what its components get. `version` grows with each
 * change of the entity, so a component that reads again when it changes is never behind the page; null where the entity has none.
 */
export interface AdminSlots {
  /** Below the form of a product, outside it: what stands here saves by itself. */
  'product.page': { productId: string; version: number | null; mayWrite: boolean };
  /** In the wide column of an order, below its lines. */
  'order.page': { orderId: string; version: number | null; mayWrite: boolean };
  /** In the narrow column of an order, below the people. */
  'order.side': { orderId: string; version: number | null; mayWrite: boolean };
  /** Below one line of an order. There may be dozens: read for the whole order, not for each line. */
  'order.line': { orderId: string; lineId: string; version: number | null };
  /** In the narrow column of a customer, below the addresses. */
  'customer.page': { customerId: string; mayWrite: boolean };
  /** Below the form of a page of the settings; `group` is that of its address, such as shop or payments. */
  'settings.page': { group: string };
}

export type AdminSlotName = keyof AdminSlots;

/** The code of a component, fetched when it is first shown. */
export type LazyComponent = () => Promise<{ default: Component }>;

export interface AdminSlot {
  readonly name: AdminSlotName;
  readonly component: LazyComponent;
  /** Staff without it do not see the component; everybody who sees the page when it is not given. */
  readonly permission?: AdminPermission;
}

/** A page of the plugin, inside the frame of the admin. Its name and path are the plugin's own: others may use the same. */
export interface AdminRoute {
  readonly name: string;
  /** Follows `/plugins/<plugin>/`; parameters as vue-router has them are the props of the component. */
  readonly path: string;
  /** The key of its title in the messages of the plugin. */
  readonly title: string;
  readonly component: LazyComponent;
  readonly permission: AdminPermission;
}

/** An entry of the menu, of the command palette, and for those who may open its page only. */
export interface AdminNavigation {
  /** The name of one of the plugin's routes. */
  readonly route: string;
  /** Such as `i-lucide-gift`. */
  readonly icon: string;
  /** With the daily work, or with the technical pages below it; shop when it is not given. */
  readonly group?: 'shop' | 'system';
}

/** The lists of the shop that take actions of plugins on many rows at once. */
export type AdminListName = 'orders' | 'products';

/** What is done to many rows of a list of the shop; the keys of its messages are those of the plugin. */
export interface AdminBulk {
  readonly list: AdminListName;
  readonly action: BulkAction;
}

/** Messages by key, in groups; `{name}` stands for a value, and ` | ` divides the plural forms. */
export interface PluginMessages {
  [key: string]: string | PluginMessages;
}

export interface AdminModule {
  readonly routes?: readonly AdminRoute[];
  readonly navigation?: readonly AdminNavigation[];
  readonly slots?: readonly AdminSlot[];
  readonly bulk?: readonly AdminBulk[];
  /** `import.meta.glob('./messages/*.json', { import: 'default' })`: a file for each language, named by its code. */
  readonly messages: Readonly<Record<string, () => Promise<unknown>>>;
}

/** The part of a plugin in the admin; its file exports it as `adminModule`. */
export const defineAdminModule = (module: AdminModule): AdminModule => module;

/** Adds an action on many rows to a list of the shop. */
export const adminBulk = (list: AdminListName, action: BulkAction): AdminBulk => ({ list, action });

/**
 * Shows a component in a slot. One that needs props which the slot does not give does not compile.
 *
 * @param load `() => import('./OrderWrap.vue')`
 */
export function adminSlot<Name extends AdminSlotName, Needs>(
  name: Name,
  load: () => Promise<{ default: abstract new (...args: never[]) => { $props: Needs } }>,
  ...rest: AdminSlots[Name] extends NoInfer<Needs>
    ? [options?: { readonly permission?: AdminPermission }]
    : [error: 'The component needs props that this slot does not give.']
): AdminSlot {
  const [options] = rest as [{ readonly permission?: AdminPermission }?];
  return { name, component: load as unknown as LazyComponent, ...options };
}
