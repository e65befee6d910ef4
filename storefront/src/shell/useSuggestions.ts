import { useClientHandle } from '@urql/vue';
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { SearchSuggestDocument, type SearchSuggestQuery } from '../generated/shell/graphql';

type Suggestions = SearchSuggestQuery['searchSuggestions'];

export type Suggestion =
  | { kind: 'category'; id: string; slug: string; name: string }
  | { kind: 'product'; id: string; slug: string; name: string; product: Suggestions['products'][number] };

const PAUSE = 180;

/** Search suggestions while typing, and the suggestion selected by the arrow keys. */
export function useSuggestions(term: Ref<string>) {
  const { client } = useClientHandle();
  const found = ref<Suggestions | null>(null);
  const active = ref(-1);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const suggestions = computed<Suggestion[]>(() => [
    ...(found.value?.categories ?? []).map(({ id, slug, name }) => ({
      kind: 'category' as const,
      id,
      slug,
      name,
    })),
    ...(found.value?.products ?? []).map((product) => ({
      kind: 'product' as const,
      id: product.id,
      slug: product.slug,
      name: product.name,
      product,
    })),
  ]);

  watch(term, (typed) => {
    clearTimeout(timer);
    active.value = -1;
    if (typed.trim().length < 2) {
      found.value = null;
      return;
    }
    timer = setTimeout(() => void ask(typed.trim()), PAUSE);
  });
  onScopeDispose(() => clearTimeout(timer));

  async function ask(typed: string): Promise<void> {
    const { data } = await client.query(SearchSuggestDocument, { term: typed }).toPromise();
    // A response to an earlier term must not replace a later one.
    if (data && term.value.trim() === typed) found.value = data.searchSuggestions;
  }

  /** Moves from the field to the first suggestion, and from the last one back to the field. */
  function moveSelection(step: 1 | -1): void {
    const places = suggestions.value.length + 1;
    active.value = ((active.value + 1 + step + places) % places) - 1;
  }

  return { suggestions, active, moveSelection, hasAsked: computed(() => found.value !== null) };
}
