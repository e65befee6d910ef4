import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { StockMovementsDocument } from '../../generated/inventory/graphql';
import { chipsOf } from '../../ui/lists/filter-chips';
import type { FilterField } from '../../ui/lists/list';
import { useListRows } from '../../ui/lists/useListQuery';
import { useListState } from '../../ui/lists/useListState';
import { MOVEMENT_KINDS, movementListSpec, toMovementFilter } from '../stock-filter';
import type { MovementFilterKey } from '../stock-filter';
import { useStockLocations } from '../locations/useStockLocations';

const CONTEXT = { additionalTypenames: ['StockMovement', 'StockItem', 'Order'] };

/** All stock movements, newest first, filtered by the current address. */
export function useMovementList() {
  const { t, locale } = useI18n();
  const { choices } = useStockLocations();
  const list = useListState(movementListSpec);
  const query = useQuery({
    query: StockMovementsDocument,
    variables: computed(() => ({
      ...list.page.value,
      filter: toMovementFilter(list.state.value.filters),
    })),
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });

  const fields = computed((): (FilterField & { key: MovementFilterKey })[] => [
    {
      key: 'kind',
      label: t('inventory.kind'),
      kind: 'many',
      choices: MOVEMENT_KINDS.map((value) => ({ value, label: t(`movementKind.${value}`) })),
    },
    { key: 'location', label: t('inventory.location'), kind: 'one', choices: choices.value },
    { key: 'from', label: t('inventory.fromDay'), kind: 'date' },
    { key: 'to', label: t('inventory.toDay'), kind: 'date' },
  ]);

  return {
    list,
    fields,
    chips: computed(() =>
      chipsOf(fields.value, list.state.value.filters, { language: locale.value, currency: '' }),
    ),
    reload: (): void => void query.executeQuery({ requestPolicy: 'network-only' }),
    ...useListRows(query, (data) => data.stockMovements),
  };
}
