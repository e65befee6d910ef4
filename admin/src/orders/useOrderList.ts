import { useQuery, useSubscription } from '@urql/vue';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { onReconnected } from '../app/live';
import { listenForOrders } from '../app/order-updates';
import { OrdersChangedDocument, OrdersDocument } from '../generated/orders/graphql';
import { useListRows } from '../ui/useListQuery';
import { useListState } from '../ui/useListState';
import { orderListSpec, toOrderFilter } from './order-filter';

// Without these an empty list would not hear that an order changed: it holds no Order to recognise.
const CONTEXT = { additionalTypenames: ['Order'] };

/** Changes that come within this time are read together. */
const TOGETHER_MS = 500;

/** The order list of the present address. New orders enter the first page by themselves. */
export function useOrderList() {
  const list = useListState(orderListSpec);
  const variables = computed(() => ({
    ...list.page.value,
    search: list.state.value.search || null,
    filter: toOrderFilter(list.state.value.filters),
    sort: list.state.value.sort,
  }));
  const query = useQuery({
    query: OrdersDocument,
    variables,
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });

  const freshIds = ref<string[]>([]);
  const reload = (): void => {
    void query.executeQuery({ requestPolicy: 'network-only' });
  };
  const stopListening = listenForOrders((updates) => {
    if (!list.isFirstPage.value || list.state.value.sort !== 'NEWEST') return false;
    freshIds.value = [updates.orderId, ...freshIds.value];
    setTimeout(() => (freshIds.value = freshIds.value.filter((id) => id !== updates.orderId)), 6000);
    reload();
    return true;
  });
  onScopeDispose(stopListening);
  onReconnected(reload);

  // A colleague ships, a buyer pays: the rows change, and so may which rows the filter lets in. Read once for many.
  const changes = useSubscription({ query: OrdersChangedDocument, variables: {} });
  let soon: ReturnType<typeof setTimeout> | undefined;
  watch(changes.data, () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      reload();
    }, TOGETHER_MS);
  });
  onScopeDispose(() => clearTimeout(soon));

  return { list, freshIds, reload, ...useListRows(query, (data) => data.orders) };
}
