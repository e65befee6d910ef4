import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { StockItemDocument } from '../generated/inventory/graphql';

/** What is known of one variant's stock, at every place. */
export function useStockItem(variantId: () => string, pause: () => boolean = () => false) {
  const query = useQuery({
    query: StockItemDocument,
    variables: computed(() => ({ variantId: variantId() })),
    requestPolicy: 'cache-and-network',
    pause,
    context: { additionalTypenames: ['StockItem', 'Order'] },
  });
  return {
    item: computed(() => query.data.value?.stockItem ?? null),
    loading: computed(() => query.fetching.value && !query.data.value),
    failed: computed(() => Boolean(query.error.value) && !query.data.value),
    reload: async (): Promise<void> => {
      await query.executeQuery({ requestPolicy: 'network-only' });
    },
  };
}

export type StockItemView = NonNullable<ReturnType<typeof useStockItem>['item']['value']>;
