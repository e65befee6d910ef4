import { useQuery, useSubscription } from '@urql/vue';
import { computed, watch } from 'vue';
import { onReconnected } from '../app/live';
import { useSession } from '../app/session';
import { OrderDocument, OrderUpdatedDocument } from '../generated/orders/graphql';
import { useLastData } from '../ui/useLastData';

/** One order, reloaded at once after a change by the buyer, a payment or other staff. */
export function useOrder(id: () => string) {
  const { can } = useSession();
  const query = useQuery({
    query: OrderDocument,
    variables: computed(() => ({ id: id(), withCustomer: can('CUSTOMER_READ') })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const order = computed(() => kept.value?.order ?? null);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
  };

  const changes = useSubscription({
    query: OrderUpdatedDocument,
    variables: computed(() => ({ orderId: id() })),
  });
  watch(changes.data, (answer) => {
    const change = answer?.orderUpdated;
    // A document is told with the version that the page may have already, so no version is passed over.
    if (change && change.orderId === order.value?.id) void reload();
  });

  onReconnected(() => void reload());

  return {
    order,
    reload,
    loading,
    failed,
  };
}

export type OrderView = NonNullable<ReturnType<typeof useOrder>['order']['value']>;
