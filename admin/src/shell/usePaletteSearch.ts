import { useQuery } from '@urql/vue';
import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { useSession } from '../app/session';
import {
  PaletteCustomersDocument,
  PaletteOrdersDocument,
  PaletteProductsDocument,
} from '../generated/shell/graphql';
import type { Permission } from '../generated/shell/graphql';

const SHORTEST_TERM = 2;

/** Searches orders, products and customers, each only when the user may read it. */
export function usePaletteSearch(typed: Ref<string>) {
  const { can } = useSession();
  const term = ref('');
  let typing: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(typing);
    typing = setTimeout(() => (term.value = text.trim()), 200);
  });

  const variables = computed(() => ({ term: term.value }));
  const isIdle = (permission: Permission) => () => term.value.length < SHORTEST_TERM || !can(permission);

  const orders = useQuery({ query: PaletteOrdersDocument, variables, pause: isIdle('ORDER_READ') });
  const products = useQuery({ query: PaletteProductsDocument, variables, pause: isIdle('CATALOG_READ') });
  const customers = useQuery({ query: PaletteCustomersDocument, variables, pause: isIdle('CUSTOMER_READ') });

  const isSearching = computed(() => term.value.length >= SHORTEST_TERM);
  return {
    orders: computed(() => (isSearching.value ? (orders.data.value?.orders.nodes ?? []) : [])),
    products: computed(() => (isSearching.value ? (products.data.value?.staffProducts.nodes ?? []) : [])),
    customers: computed(() => (isSearching.value ? (customers.data.value?.customers.nodes ?? []) : [])),
    searching: computed(() => orders.fetching.value || products.fetching.value || customers.fetching.value),
  };
}
