import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import { useSession } from '../app/session';
import type { Permission } from '../generated/shell/graphql';

export interface Place {
  label: string;
  icon: string;
  to: RouteLocationRaw;
  /** G, then this key. */
  jump: string;
  permission: Permission;
}

/** The places this person may go; what is forbidden is not shown at all. */
export function useNavigation() {
  const { t } = useI18n();
  const { can } = useSession();

  const places: ComputedRef<Place[]> = computed(() =>
    [
      {
        label: t('orders.title'),
        icon: 'i-lucide-receipt-text',
        to: { name: 'orders' },
        jump: 'o',
        permission: 'ORDER_READ' as const,
      },
      {
        label: t('products.title'),
        icon: 'i-lucide-package',
        to: { name: 'products' },
        jump: 'p',
        permission: 'CATALOG_READ' as const,
      },
      {
        label: t('customers.title'),
        icon: 'i-lucide-users',
        to: { name: 'customers' },
        jump: 'c',
        permission: 'CUSTOMER_READ' as const,
      },
    ].filter((place) => can(place.permission)),
  );
  const links = computed(() => places.value.map(({ label, icon, to }) => ({ label, icon, to })));

  return { places, links };
}
