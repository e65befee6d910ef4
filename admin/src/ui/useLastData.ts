import type { CombinedError } from '@urql/core';
import { computed, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';

interface Answer<Data> {
  data: Ref<Data | undefined>;
  error: Ref<CombinedError | undefined>;
  fetching: Ref<boolean>;
}

/**
 * The last data of a query. A later request that fails, because the server or the network is down, does not remove
 * it, so that a form keeps its unsaved input.
 */
export function useLastData<Data>({ data, error, fetching }: Answer<Data>) {
  const kept = shallowRef<Data>();
  // Data and error arrive one after the other. Partial data, such as null without a session, is ignored.
  watch(
    [data, error],
    ([now, wrong]) => {
      if (now && (!wrong || !kept.value)) kept.value = now;
    },
    { immediate: true },
  );
  return {
    kept,
    loading: computed(() => fetching.value && !kept.value),
    failed: computed(() => Boolean(error.value) && !fetching.value && !kept.value),
  };
}
