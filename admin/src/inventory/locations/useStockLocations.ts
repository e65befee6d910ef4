import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { StockLocationsDocument } from '../../generated/inventory/graphql';
import { useLastData } from '../../ui/useLastData';

const CONTEXT = { additionalTypenames: ['StockLocation'] };

/** The stock locations, in the order in which orders use them. */
export function useStockLocations() {
  const query = useQuery({
    query: StockLocationsDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });
  const { kept, loading, failed } = useLastData(query);
  const locations = computed(() => kept.value?.stockLocations ?? []);
  return {
    locations,
    active: computed(() => locations.value.filter((location) => location.active)),
    choices: computed(() => locations.value.map(({ id, name }) => ({ value: id, label: name }))),
    loading,
    failed,
    reload: (): void => void query.executeQuery({ requestPolicy: 'network-only' }),
  };
}

export type LocationView = ReturnType<typeof useStockLocations>['locations']['value'][number];
