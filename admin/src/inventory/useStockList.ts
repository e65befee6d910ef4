import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { StockItemsDocument } from '../generated/inventory/graphql';
import { chipsOf } from '../ui/lists/filter-chips';
import type { FilterField } from '../ui/lists/list';
import { useListRows } from '../ui/lists/useListQuery';
import { useListState } from '../ui/lists/useListState';
import { STOCK_STATES, stockListSpec, toStockFilter } from './stock-filter';
import type { StockFilterKey } from './stock-filter';
import { useStockLocations } from './locations/useStockLocations';

const CONTEXT = { additionalTypenames: ['StockItem', 'Order', 'ProductVariant'] };

/** The stock list for the current address, with labels of its filters. */
export function useStockList() {
  const { t, locale } = useI18n();
  const { choices } = useStockLocations();
  const list = useListState(stockListSpec);
  const variables = computed(() => ({
    ...list.page.value,
    search: list.state.value.search || null,
    filter: toStockFilter(list.state.value.filters),
    sort: list.state.value.sort,
  }));
  const query = useQuery({
    query: StockItemsDocument,
    variables,
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });

  const fields = computed((): (FilterField & { key: StockFilterKey })[] => [
    {
      key: 'state',
      label: t('inventory.state'),
      kind: 'one',
      choices: STOCK_STATES.map((value) => ({ value, label: t(`inventory.states.${value}`) })),
    },
    { key: 'location', label: t('inventory.location'), kind: 'one', choices: choices.value },
  ]);

  return {
    list,
    fields,
    chips: computed(() =>
      chipsOf(fields.value, list.state.value.filters, { language: locale.value, currency: '' }),
    ),
    reload: (): void => void query.executeQuery({ requestPolicy: 'network-only' }),
    ...useListRows(query, ({ stockItems }) => ({
      ...stockItems,
      nodes: stockItems.nodes.map((item) => ({ ...item, id: item.variant.id })),
    })),
  };
}

export type StockRow = ReturnType<typeof useStockList>['rows']['value'][number];
