import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AdminPermission } from '../app/permissions';
import { useSession } from '../app/session';

/** What the parts of a description of a list or a form are given: words in the language of the user, and what the user may do. */
export interface Tools {
  readonly t: (key: string, named?: Record<string, unknown>, plural?: number) => string;
  /** A number as the user reads it. */
  readonly n: (value: number) => string;
  readonly locale: string;
  /** The currency of the shop. */
  readonly currency: string;
  readonly can: (permission: AdminPermission) => boolean;
}

export function useTools(): ComputedRef<Tools> {
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
