import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import { useSession } from '../app/session';
import type { AdminPermission } from '../app/permissions';
import { loadedPlugins, routeName } from '../plugins/loaded-plugins';
import { messageKey } from '../plugins/plugin-messages';

export interface Place {
  label: string;
  icon: string;
  to: RouteLocationRaw;
  /** Keyboard shortcut: G, then this key. Pages of plugins have none. */
  jump?: string;
  permission: AdminPermission;
  /** Technical pages are grouped apart from daily work. */
  group: 'shop' | 'system';
}

interface Sign {
  title: string;
  route: string;
  icon: string;
  jump?: string;
  permission: AdminPermission;
  /** Who has this permission comes to the page from another one of the menu. */
  unless?: AdminPermission;
  group?: 'system';
  /** Whether it is there only until the shop opens. */
  isBeforeOpening?: boolean;
}

const SIGNS: readonly Sign[] = [
  {
    title: 'goLive.title',
    route: 'go-live',
    icon: 'i-lucide-list-todo',
    permission: 'SETTINGS_WRITE',
    isBeforeOpening: true,
  },
  {
    title: 'orders.title',
    route: 'orders',
    icon: 'i-lucide-receipt-text',
    jump: 'o',
    permission: 'ORDER_READ',
  },
  {
    title: 'returns.title',
    route: 'returns',
    icon: 'i-lucide-package-open',
    jump: 'r',
    permission: 'ORDER_READ',
  },
  {
    title: 'disputes.title',
    route: 'disputes',
    icon: 'i-lucide-shield-alert',
    jump: 'd',
    permission: 'ORDER_READ',
  },
  {
    title: 'products.title',
    route: 'products',
    icon: 'i-lucide-package',
    jump: 'p',
    permission: 'CATALOG_READ',
  },
  {
    title: 'categories.title',
    route: 'categories',
    icon: 'i-lucide-folder-tree',
    jump: 'k',
    permission: 'CATALOG_READ',
  },
  {
    title: 'attributes.title',
    route: 'attributes',
    icon: 'i-lucide-sliders-horizontal',
    jump: 'e',
    permission: 'CATALOG_READ',
  },
  {
    title: 'tags.title',
    route: 'tags',
    icon: 'i-lucide-tags',
    jump: 'l',
    permission: 'CATALOG_READ',
  },
  { title: 'inventory.title', route: 'stock', icon: 'i-lucide-boxes', jump: 's', permission: 'CATALOG_READ' },
  {
    title: 'customers.title',
    route: 'customers',
    icon: 'i-lucide-users',
    jump: 'c',
    permission: 'CUSTOMER_READ',
  },
  {
    title: 'pages.title',
    route: 'pages',
    icon: 'i-lucide-file-text',
    jump: 'g',
    permission: 'CONTENT_READ',
  },
  { title: 'menus.title', route: 'menus', icon: 'i-lucide-list-tree', permission: 'CONTENT_READ' },
  {
    title: 'media.title',
    route: 'media',
    icon: 'i-lucide-images',
    jump: 'f',
    permission: 'CONTENT_READ',
  },
  {
    title: 'redirects.title',
    route: 'redirects',
    icon: 'i-lucide-corner-down-right',
    jump: 'a',
    permission: 'CONTENT_READ',
  },
  {
    title: 'jobs.title',
    route: 'jobs',
    icon: 'i-lucide-list-checks',
    jump: 'j',
    permission: 'JOB_READ',
    group: 'system',
  },
  {
    title: 'people.title',
    route: 'people',
    icon: 'i-lucide-contact-round',
    jump: 'h',
    permission: 'STAFF_WRITE',
    group: 'system',
  },
  {
    title: 'settings.title',
    route: 'settings',
    icon: 'i-lucide-settings',
    jump: 't',
    permission: 'SETTINGS_WRITE',
    group: 'system',
  },
  // Pages of the settings, for a role that has no more of them.
  {
    title: 'integrations.title',
    route: 'integrations',
    icon: 'i-lucide-plug',
    permission: 'INTEGRATION_WRITE',
    unless: 'SETTINGS_WRITE',
    group: 'system',
  },
  {
    title: 'audit.title',
    route: 'activity',
    icon: 'i-lucide-history',
    permission: 'AUDIT_READ',
    unless: 'SETTINGS_WRITE',
    group: 'system',
  },
  {
    title: 'mails.title',
    route: 'mails',
    icon: 'i-lucide-mail',
    jump: 'm',
    permission: 'SYSTEM',
    group: 'system',
  },
  {
    title: 'blocks.title',
    route: 'checkout-blocks',
    icon: 'i-lucide-shield-ban',
    jump: 'b',
    permission: 'ORDER_READ',
    group: 'system',
  },
  {
    title: 'webhooks.title',
    route: 'webhooks',
    icon: 'i-lucide-webhook',
    jump: 'w',
    permission: 'SYSTEM',
    group: 'system',
  },
  {
    title: 'integrity.title',
    route: 'integrity',
    icon: 'i-lucide-scale',
    jump: 'i',
    permission: 'SYSTEM',
    group: 'system',
  },
  {
    title: 'plugins.title',
    route: 'plugins',
    icon: 'i-lucide-puzzle',
    jump: 'u',
    permission: 'SYSTEM',
    group: 'system',
  },
];

/** The pages of plugins follow those of the shop in their group. */
function signsOfPlugins(): Sign[] {
  return loadedPlugins().flatMap(({ name, module: { navigation = [], routes = [] } }) =>
    navigation.flatMap(({ route: wanted, icon, group }): Sign[] => {
      const route = routes.find((candidate) => candidate.name === wanted);
      if (!route) return [];
      const { permission, title } = route;
      const sign = { title: messageKey(name, title), route: routeName(name, wanted), icon, permission };
      return [group === 'system' ? { ...sign, group } : sign];
    }),
  );
}

/** The pages that somebody may open who has these permissions. */
export function placesFor(can: (permission: AdminPermission) => boolean): Sign[] {
  const isOpen = useSession().shop.value?.isOpen ?? true;
  return [...SIGNS, ...signsOfPlugins()].filter(
    ({ permission, unless, isBeforeOpening }) =>
      can(permission) && !(unless && can(unless)) && !(isBeforeOpening && isOpen),
  );
}

/** The pages that this user may open; others are not shown. */
export function useNavigation() {
  const { t } = useI18n();
  const { can } = useSession();

  const places: ComputedRef<Place[]> = computed(() =>
    placesFor(can).map(({ title, route, group, ...sign }): Place => ({
      ...sign,
      group: group ?? 'shop',
      label: t(title),
      to: { name: route },
    })),
  );
  const linksOf = (wanted: Place['group']) =>
    places.value.filter(({ group }) => group === wanted).map(({ label, icon, to }) => ({ label, icon, to }));
  const links = computed(() => [linksOf('shop'), linksOf('system')].filter((group) => group.length > 0));

  return { places, links };
}
