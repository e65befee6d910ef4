import { useQuery } from '@urql/vue';
import type { TypedDocumentNode } from '@urql/core';
import { computed, onScopeDispose, ref, watch } from 'vue';

const SHORTEST = 2;

/** Searches once typing pauses. */
export function useSearch<Data>(query: TypedDocumentNode<Data, { search: string }>) {
  const typed = ref('');
  const search = ref('');
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(pause);
    pause = setTimeout(() => (search.value = text.trim()), 200);
  });
  onScopeDispose(() => clearTimeout(pause));

  const answer = useQuery({
    query,
    variables: computed(() => ({ search: search.value })),
    pause: () => search.value.length < SHORTEST,
    requestPolicy: 'network-only',
  });
  return {
    typed,
    searching: answer.fetching,
    found: computed(() => (search.value.length < SHORTEST ? undefined : answer.data.value)),
  };
}
