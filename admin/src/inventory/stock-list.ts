import { h } from 'vue';
import { StockItemExportCreateDocument, StockItemsDocument } from '../generated/inventory/graphql';
import type { StockItemsQuery } from '../generated/inventory/graphql';
import { code, figure, text } from '../ui/lists/cells';
import { readAgainWithOrders } from '../orders/list/with-orders';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import type { Tools } from '../ui/useTools';
import VariantName from '../ui/VariantName.vue';
import { adjustMany } from './adjust-many';
import { useStockLocations } from './locations/useStockLocations';
import StockCard from './StockCard.vue';
import { STOCK_SORTS, STOCK_STATES, toStockFilter } from './stock-filter';
import StockLevelText from './StockLevelText.vue';

type StockItem = StockItemsQuery['stockItems']['nodes'][number];
/** An item has the id of its variant. */
export type StockRow = StockItem & { id: string };

const itemTo = ({ id }: StockRow) => ({ name: 'stock-item', params: { id } });

export const stockList = defineList({
  name: 'stock',
  title: 'inventory.title',
  query: StockItemsDocument,
  connection: ({ stockItems }) => ({
    ...stockItems,
    nodes: stockItems.nodes.map((item): StockRow => ({ ...item, id: item.variant.id })),
  }),
  types: ['StockItem', 'Order', 'ProductVariant'],
  search: 'inventory.search',
  sorts: STOCK_SORTS,
  sortMessages: 'inventory.sorts',
  filters: {
    state: {
      label: 'inventory.state',
      kind: 'one',
      choices: ({ t }) => STOCK_STATES.map((value) => ({ value, label: t(`inventory.states.${value}`) })),
    },
    location: { label: 'inventory.location', kind: 'one' },
  },
  choices: () => {
    const { choices } = useStockLocations();
    return { location: () => choices.value };
  },
  toFilter: toStockFilter,
  exports: listExport(StockItemExportCreateDocument, (data) => data.stockItemExportCreate, {
    name: ['PRODUCT', 'VARIANT'],
    sku: ['SKU'],
    available: ['AVAILABLE'],
    onHand: ['ON_HAND'],
    reserved: ['RESERVED'],
    backordered: ['BACKORDERED'],
    places: ['LOCATIONS'],
  }),
  bulk: [adjustMany],
  columns: {
    name: {
      header: 'inventory.item',
      required: true,
      sorts: ['NAME_ASC'],
      ascending: 'NAME_ASC',
      cell: (row) =>
        h(VariantName, {
          image: row.variant.image,
          product: row.productName,
          variant: row.variant.name,
          to: itemTo(row),
          class: 'max-w-72',
        }),
    },
    sku: {
      header: 'product.sku',
      sorts: ['SKU_ASC'],
      ascending: 'SKU_ASC',
      cell: ({ variant }) => code(variant.sku),
    },
    state: { header: 'inventory.state', cell: (item) => h(StockLevelText, { item }) },
    available: {
      header: 'inventory.available',
      align: 'end',
      sorts: ['AVAILABLE_ASC', 'AVAILABLE_DESC'],
      ascending: 'AVAILABLE_ASC',
      cell: (row, { n }) => h('span', { class: 'font-medium text-highlighted' }, n(row.available)),
    },
    onHand: { header: 'inventory.onHand', align: 'end', cell: (row, { n }) => n(row.onHand) },
    reserved: { header: 'inventory.reserved', align: 'end', cell: (row, { n }) => figure(row.reserved, n) },
    backordered: {
      header: 'inventory.backordered',
      align: 'end',
      wideOnly: true,
      cell: (row, { n }) => figure(row.backordered, n, 'text-(--ui-warning)'),
    },
    places: {
      header: 'inventory.locations',
      wideOnly: true,
      cell: (row, tools) => text(placesOf(row, tools), { width: 'wide', look: 'text-muted' }),
    },
  },
  rowTo: itemTo,
  card: (item) => h(StockCard, { item }),
  empty: { icon: 'i-lucide-boxes', title: 'inventory.empty', hint: 'inventory.emptyHint' },
  live: readAgainWithOrders,
});

const placesOf = (row: StockRow, { n }: Tools): string =>
  row.levels
    .filter(({ onHand }) => onHand > 0)
    .map(({ location, onHand }) => `${location.name} ${n(onHand)}`)
    .join(' · ');
