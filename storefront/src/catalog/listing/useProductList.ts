import type { CombinedError } from '@urql/core';
import { useClientHandle } from '@urql/vue';
import { computed, onMounted, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import {
  useRoute,
  useRouter,
  type LocationQuery,
  type LocationQueryRaw,
  type RouteLocationRaw,
} from 'vue-router';
import { usePageQuery } from '../../app/page-query';
import { useShop } from '../../app/shop';
import { usePageResponse } from '../../app/page-response';
import {
  ProductListDocument,
  type ProductListQuery,
  type ProductListQueryVariables,
} from '../../generated/catalog/graphql';
import { variantsById, type CardProduct, type CardVariant } from '../card-view';
import {
  readChoice,
  toProductFilter,
  valuesOfFacets,
  withPresentNames,
  writeChoice,
  type ListingChoice,
} from './product-filters';

const PAGE = 24;

type ListPage = ProductListQuery['products'];

export interface ListScope {
  category?: MaybeRefOrGetter<string | undefined>;
  search?: MaybeRefOrGetter<string | undefined>;
}

/**
 * The product list for the current address: filters, sorting and page are query parameters.
 *
 * "Load more" is a real link to `?after=…`. In the browser it appends to the list; the previous pages
 * are stored in the history entry, so that going back shows all of them again, from the cache.
 */
export function useProductList(scope: ListScope) {
  const route = useRoute();
  const router = useRouter();
  const response = usePageResponse();
  const { client } = useClientHandle();
  const shop = useShop();
  const currency = computed(() => shop.value?.currency ?? null);

  const choice = computed(() => readChoice(route.query));
  const after = computed(() => (typeof route.query.after === 'string' ? route.query.after : undefined));
  const variables = computed<ProductListQueryVariables>(() => variablesAt(after.value));
  const passed = ref<ListPage[]>([]);

  const { data, error, fetching } = usePageQuery(
    { query: ProductListDocument, variables },
    (answer) => {
      if (!answer) return;
      const { facets } = answer.products;
      response.values = valuesOfFacets(facets);
      const present = withPresentNames(choice.value, facets);
      if (present) [response.status, response.redirect] = [301, router.resolve(addressOf(present)).href];
    },
    (failure) => {
      const { href } = router.resolve(plainAddress());
      // A redirect to the same address would never end.
      if (!isRefusedInput(failure) || href === router.resolve(route.fullPath).href) return false;
      response.status = 302;
      response.redirect = href;
      return true;
    },
  );

  // For an invalid cursor or filter the list is shown without it.
  watch(error, (failure) => {
    if (failure && isRefusedInput(failure)) void router.replace(plainAddress());
  });

  function plainAddress(): RouteLocationRaw {
    const { after: _cursor, ...filters } = route.query;
    const isAboutCursor = after.value !== undefined;
    return { path: route.path, query: isAboutCursor ? filters : searchOnly(route.query) };
  }

  function variablesAt(cursor: string | undefined): ProductListQueryVariables {
    const search = toValue(scope.search);
    return {
      first: PAGE,
      after: cursor,
      search: search || undefined,
      filter: toProductFilter(choice.value, currency.value, toValue(scope.category)),
      sort: choice.value.sort ?? (search ? 'RELEVANCE' : 'NEWEST'),
    };
  }

  function showPassedPages(): void {
    const cursors = cursorsOfHistory();
    const pages = cursors.map((cursor) =>
      client.readQuery(ProductListDocument, variablesAt(cursor ?? undefined)),
    );
    const known = pages.every((page) => page?.data);
    passed.value = known ? pages.flatMap((page) => page?.data?.products ?? []) : [];
  }

  onMounted(showPassedPages);
  watch(after, showPassedPages);

  const addressOf = (next: ListingChoice) => ({
    path: route.path,
    query: { ...searchOnly(route.query), ...writeChoice(next) },
  });

  async function change(next: ListingChoice): Promise<void> {
    await router.push(addressOf(next));
  }

  /** Opens the next page while keeping the previous ones shown. */
  async function loadMore(): Promise<void> {
    const cursors = [...cursorsOfHistory(), after.value ?? null];
    await router.replace({ query: nextQuery.value, state: { cursors } });
  }

  const connection = computed(() => data.value?.products);
  onFormerNames(connection, choice, (present) => void router.replace(addressOf(present)));
  const nextQuery = computed<LocationQueryRaw>(() => ({
    ...route.query,
    after: connection.value?.pageInfo.endCursor ?? undefined,
  }));
  const pages = computed(() => [...passed.value, ...(connection.value ? [connection.value] : [])]);
  const variants = computed(() => new Map<string, CardVariant>(pages.value.flatMap(variantsById)));
  const products: ComputedRef<CardProduct[]> = computed(() => {
    const seen = new Set<string>();
    // While the next page loads, `data` still holds the last one, which is among the previous pages too.
    return pages.value
      .flatMap(({ nodes }) => nodes)
      .filter((product) => !seen.has(product.id) && seen.add(product.id));
  });

  return { choice, change, connection, products, variants, nextQuery, loadMore, after, error, fetching };
}

/** On the server the answer is a redirect; a link within the shop may bear the former name of a tag as well. */
function onFormerNames(
  connection: ComputedRef<ListPage | undefined>,
  choice: ComputedRef<ListingChoice>,
  goTo: (present: ListingChoice) => void,
): void {
  watch(connection, (page) => {
    const present = page && withPresentNames(choice.value, page.facets);
    if (present) goTo(present);
  });
}

function searchOnly({ q }: LocationQuery): LocationQueryRaw {
  return typeof q === 'string' ? { q } : {};
}

/** True when the API rejected the input from the address, which is no server failure. */
function isRefusedInput({ graphQLErrors }: CombinedError): boolean {
  return graphQLErrors.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
}

function cursorsOfHistory(): (string | null)[] {
  if (import.meta.env.SSR) return [];
  const cursors: unknown = history.state?.cursors;
  return Array.isArray(cursors) ? cursors : [];
}
