import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { StockItemDocument } from '../generated/inventory/graphql';
import { useLastData } from '../ui/useLastData';

/** The stock of one variant at every location. */
export function useStockItem(variantId: () => string, pause: () => boolean = () => false) {
  const query = useQuery({
    query: StockItemDocument,
    variables: computed(() => ({ variantId: variantId() })),
    requestPolicy: 'cache-and-network',
    pause,
    context: { additionalTypenames: ['StockItem', 'Order'] },
  });
  const { kept, loading, failed } = useLastData(query);
  return {
    item: computed(() => kept.value?.stockItem ?? null),
    loading,
    failed,
    reload: async (): Promise<void> => {
      await query.executeQuery({ requestPolicy: 'network-only' });
    },
  };
}

export type StockItemView = NonNullable<ReturnType<typeof useStockItem>['item']['value']>;
