import { useQuery, useSubscription } from '@urql/vue';
import { computed, watch } from 'vue';
import { ReturnDocument, ReturnOrderUpdatedDocument } from '../generated/returns/graphql';
import { useLastData } from '../ui/useLastData';

/** One return, read again when its order changes. */
export function useReturn(id: () => string) {
  const query = useQuery({
    query: ReturnDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const requested = computed(() => kept.value?.return ?? null);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
  };

  // The provider settles a refund after the response of the API; the order's events report when that is done.
  const changes = useSubscription({
    query: ReturnOrderUpdatedDocument,
    variables: computed(() => ({ orderId: requested.value?.order.id ?? '' })),
    pause: () => !requested.value,
  });
  watch(changes.data, (answer) => {
    if (answer?.orderUpdated.orderId === requested.value?.order.id) void reload();
  });

  return { requested, reload, loading, failed };
}

export type ReturnView = NonNullable<ReturnType<typeof useReturn>['requested']['value']>;
