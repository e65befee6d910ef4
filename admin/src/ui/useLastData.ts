import type { CombinedError } from '@urql/core';
import { computed, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';

interface Answer<Data> {
  data: Ref<Data | undefined>;
  error: Ref<CombinedError | undefined>;
  fetching: Ref<boolean>;
}

/**
 * What a page shows of its query: the last answer that came. A later question that fails, because the server or the
 * network is away, takes nothing off the screen: a form with unsaved work stays.
 */
export function useLastData<Data>({ data, error, fetching }: Answer<Data>) {
  const kept = shallowRef<Data>();
  // Data and error arrive one after the other. Half an answer, such as null for want of a session, is none.
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
