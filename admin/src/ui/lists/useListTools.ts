import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session';
import type { ListTools } from './define-list';

/** What the parts of a description of a list are given. */
export function useListTools(): ComputedRef<ListTools> {
  const { t, n, locale } = useI18n();
  const { currency, can } = useSession();
  return computed(() => ({
    t: (key, named = {}, plural = 1) => t(key, named, plural),
    n: (value) => n(value),
    locale: locale.value,
    currency: currency.value,
    can,
  }));
}
