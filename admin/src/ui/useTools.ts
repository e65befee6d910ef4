import { computed, inject } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { buyerLanguages, contentLanguages, FIRST_CONTENT_LANGUAGE } from '../app/content-languages';
import type { AdminPermission } from '../app/permissions';
import { useSession } from '../app/session';
import { messageKey, pluginKey } from '../plugins/plugin-messages';
import type { LanguageCode } from '../generated/shell/graphql';

/** What the parts of a description of a list or a form are given: words in the language of the user, and what the user may do. */
export interface Tools {
  readonly t: (key: string, named?: Record<string, unknown>, plural?: number) => string;
  /** A number as the user reads it. */
  readonly n: (value: number) => string;
  readonly locale: string;
  /** The currency of the shop. */
  readonly currency: string;
  /** The languages in which anything may be written, in their order. */
  readonly contentLanguages: readonly LanguageCode[];
  /** Those that a form shows although nothing is written in them. */
  readonly shopLanguages: readonly LanguageCode[];
  /** Those that buyers read: in which they are written to. */
  readonly buyerLanguages: readonly LanguageCode[];
  readonly defaultLanguage: LanguageCode;
  readonly can: (permission: AdminPermission) => boolean;
}

export function useTools(): ComputedRef<Tools> {
  const { t, te, n, locale } = useI18n();
  const plugin = inject(pluginKey, null);
  /** On a page of a plugin its own messages come first; the kit's own are the shop's. */
  const keyOf = (key: string): string => {
    const own = plugin === null ? key : messageKey(plugin, key);
    return te(own) ? own : key;
  };
  const { currency, shop, can } = useSession();
  return computed(() => ({
    t: (key, named = {}, plural = 1) => t(keyOf(key), named, plural),
    n: (value) => n(value),
    locale: locale.value,
    currency: currency.value,
    contentLanguages: contentLanguages(),
    shopLanguages: contentLanguages(),
    buyerLanguages: buyerLanguages(),
    defaultLanguage: shop.value?.defaultLanguage ?? FIRST_CONTENT_LANGUAGE,
    can,
  }));
}
