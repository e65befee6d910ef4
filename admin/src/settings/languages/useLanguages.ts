import type { TypedDocumentNode } from '@urql/core';
import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref, watch } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { readShopAgain } from '../../app/session';
import { errorsOf, type UserError } from '../../app/user-errors';
import {
  ShopLanguageAddDocument,
  ShopLanguageRemoveDocument,
  ShopLanguagesDocument,
  ShopLanguageUpdateDocument,
} from '../../generated/settings/graphql';
import type {
  LanguageCode,
  ShopLanguageRowFragment,
  ShopLanguageRowsFragment,
  ShopLanguageUpdateInput,
} from '../../generated/settings/graphql';

export type ShopLanguage = ShopLanguageRowFragment;

interface Outcome {
  readonly outcome: {
    readonly shopLanguages?: ShopLanguageRowsFragment | null;
    readonly errors: readonly UserError[];
  };
}

/** The languages of the shop and what can be done with them, one at a time. */
export function useLanguages() {
  const handle = useClientHandle();
  const query = useQuery({ query: ShopLanguagesDocument, variables: {}, requestPolicy: 'network-only' });
  const list = ref<ShopLanguageRowsFragment | null>(null);
  const busy = ref(false);
  const problems = ref<string[]>([]);
  watch(query.data, (data) => data && (list.value = data.shopLanguages), { immediate: true });

  async function send<Input extends object>(
    document: TypedDocumentNode<Outcome, { input: Input }>,
    input: Input,
  ): Promise<boolean> {
    if (busy.value || !list.value) return false;
    busy.value = true;
    const sent = { ...input, expectedVersion: list.value.version };
    const result = await handle.client.mutation(document, { input: sent }).toPromise();
    const errors = errorsOf(result, result.data?.outcome.errors);
    problems.value = errors.map((error) => messagesFor(error));
    if (result.data?.outcome.shopLanguages) list.value = result.data.outcome.shopLanguages;
    if (errors.length === 0) await readShopAgain(handle.client);
    busy.value = false;
    return errors.length === 0;
  }

  return {
    languages: computed(() => list.value?.languages ?? []),
    loading: computed(() => query.fetching.value && !list.value),
    failed: computed(() => query.error.value !== undefined && !list.value),
    busy,
    problems,
    reload: () => query.executeQuery({ requestPolicy: 'network-only' }),
    add: (language: LanguageCode) => send(ShopLanguageAddDocument, { language }),
    update: (language: LanguageCode, change: Omit<ShopLanguageUpdateInput, 'language'>) =>
      send(ShopLanguageUpdateDocument, { language, ...change }),
    remove: (language: LanguageCode) => send(ShopLanguageRemoveDocument, { language }),
  };
}

/** Of all texts of a language, in percent; 100 only when none is missing. */
export function percentWritten({ coverage }: Pick<ShopLanguage, 'coverage'>): number {
  const total = coverage.reduce((sum, area) => sum + area.total, 0);
  const written = coverage.reduce((sum, area) => sum + area.written, 0);
  return total === 0 ? 100 : Math.floor((written / total) * 100);
}
