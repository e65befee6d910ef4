import { h } from 'vue';
import { StockLocationsDocument } from '../../generated/inventory/graphql';
import { code, quiet, text } from '../../ui/lists/cells';
import { defineList, wholeList } from '../../ui/lists/define-list';
import type { LocationView } from './useStockLocations';

/** The API returns them in the order in which orders use their stock; the priority numbers are not shown. */
const withPosition = (location: LocationView, _at: number, all: readonly LocationView[]) => ({
  ...location,
  position: all.filter(({ active }) => active).findIndex(({ id }) => id === location.id) + 1,
});

export const locationList = defineList({
  name: 'locations',
  title: 'inventory.locations',
  heading: 'inventory.title',
  query: StockLocationsDocument,
  connection: ({ stockLocations }) => wholeList(stockLocations.map(withPosition)),
  whole: true,
  types: ['StockLocation'],
  columns: {
    name: {
      header: 'location.name',
      required: true,
      cell: ({ name }) => text(name, { look: 'font-medium text-highlighted' }),
    },
    kind: { header: 'location.kind', cell: ({ kind }, { t }) => t(`locationKind.${kind}`) },
    code: { header: 'location.code', cell: (row) => code(row.code) },
    order: {
      header: 'location.orderColumn',
      cell: ({ active, position }, { t, n }) => (active ? n(position) : quiet(t('location.inactive'))),
    },
    address: {
      header: 'location.address',
      cell: ({ address }) =>
        address && h('span', { class: 'block whitespace-normal text-muted' }, address.lines.join(', ')),
    },
    edit: {
      header: 'location.editColumn',
      required: true,
      hidesHeader: true,
      isFor: ({ can }) => can('STOCK_WRITE'),
    },
  },
  empty: { icon: 'i-lucide-warehouse', title: 'location.none', hint: 'location.hint' },
});
