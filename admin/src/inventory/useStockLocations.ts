import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { StockLocationsDocument } from '../generated/inventory/graphql';

const CONTEXT = { additionalTypenames: ['StockLocation'] };

/** The places goods lie in, the one that is sold from first on top. */
export function useStockLocations() {
  const query = useQuery({
    query: StockLocationsDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });
  const locations = computed(() => query.data.value?.stockLocations ?? []);
  return {
    locations,
    active: computed(() => locations.value.filter((location) => location.active)),
    choices: computed(() => locations.value.map(({ id, name }) => ({ value: id, label: name }))),
    loading: computed(() => query.fetching.value && !query.data.value),
    failed: computed(() => Boolean(query.error.value) && !query.data.value),
    reload: (): void => void query.executeQuery({ requestPolicy: 'network-only' }),
  };
}

export type LocationView = ReturnType<typeof useStockLocations>['locations']['value'][number];
