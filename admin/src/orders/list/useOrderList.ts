import { useQuery, useSubscription } from '@urql/vue';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { onReconnected } from '../../app/live';
import { listenForOrders } from '../../app/order-updates';
import { OrdersChangedDocument, OrdersDocument } from '../../generated/orders/graphql';
import { useListRows } from '../../ui/lists/useListQuery';
import { useListState } from '../../ui/lists/useListState';
import { orderListSpec, toOrderFilter } from './order-filter';

// Without these the cache would not refresh an empty list after a change, because it contains no Order.
const CONTEXT = { additionalTypenames: ['Order'] };

/** Changes within this time cause one reload. In milliseconds. */
const TOGETHER_MS = 500;

/** The order list for the current address. New orders are added to the first page by themselves. */
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

  // After a change of an order its row changes, and so may the rows that match the filter. One reload for many changes.
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
