import { useClientHandle } from '@urql/vue';
import { computed, onMounted, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { usePageQuery } from '../app/page-query';
import {
  ProductListDocument,
  type ProductCard_ProductFragment,
  type ProductListQueryVariables,
} from '../generated/catalog/graphql';
import { readChoice, toProductFilter, writeChoice, type ListingChoice } from './product-filters';

const PAGE = 24;

export interface ListScope {
  category?: MaybeRefOrGetter<string | undefined>;
  search?: MaybeRefOrGetter<string | undefined>;
}

/**
 * A list of products that follows the address: filters, sorting and the page live in the query.
 *
 * "Load more" is a real link to `?after=…`. Followed in the browser it adds to the list; the pages passed on the way
 * are kept in the history entry, so that coming back shows all of them again, from the cache.
 */
export function useProductList(scope: ListScope) {
  const route = useRoute();
  const router = useRouter();
  const { client } = useClientHandle();

  const choice = computed(() => readChoice(route.query));
  const after = computed(() => (typeof route.query.after === 'string' ? route.query.after : undefined));
  const variables = computed<ProductListQueryVariables>(() => variablesAt(after.value));
  const passed = ref<ProductCard_ProductFragment[][]>([]);

  const { data, error, fetching } = usePageQuery({ query: ProductListDocument, variables });

  function variablesAt(cursor: string | undefined): ProductListQueryVariables {
    const search = toValue(scope.search);
    return {
      first: PAGE,
      after: cursor,
      search: search || undefined,
      filter: toProductFilter(choice.value, toValue(scope.category)),
      sort: choice.value.sort ?? (search ? 'RELEVANCE' : 'NEWEST'),
    };
  }

  function showPassedPages(): void {
    const cursors = cursorsOfHistory();
    const pages = cursors.map((cursor) =>
      client.readQuery(ProductListDocument, variablesAt(cursor ?? undefined)),
    );
    const known = pages.every((page) => page?.data);
    passed.value = known ? pages.map((page) => page?.data?.products.nodes ?? []) : [];
  }

  onMounted(showPassedPages);
  watch(after, showPassedPages);

  async function change(next: ListingChoice): Promise<void> {
    const kept: LocationQueryRaw = typeof route.query.q === 'string' ? { q: route.query.q } : {};
    await router.push({ query: { ...kept, ...writeChoice(next) } });
  }

  /** Follows the link to the next page without leaving the ones above it. */
  async function loadMore(): Promise<void> {
    const cursors = [...cursorsOfHistory(), after.value ?? null];
    await router.replace({ query: nextQuery.value, state: { cursors } });
  }

  const connection = computed(() => data.value?.products);
  const nextQuery = computed<LocationQueryRaw>(() => ({
    ...route.query,
    after: connection.value?.pageInfo.endCursor ?? undefined,
  }));
  const products: ComputedRef<ProductCard_ProductFragment[]> = computed(() => {
    const seen = new Set<string>();
    // While the next page is on its way, `data` still holds the last one, which is among the passed ones too.
    return [...passed.value.flat(), ...(connection.value?.nodes ?? [])].filter(
      (product) => !seen.has(product.id) && seen.add(product.id),
    );
  });

  return { choice, change, connection, products, nextQuery, loadMore, after, error, fetching };
}

function cursorsOfHistory(): (string | null)[] {
  if (import.meta.env.SSR) return [];
  const cursors: unknown = history.state?.cursors;
  return Array.isArray(cursors) ? cursors : [];
}
