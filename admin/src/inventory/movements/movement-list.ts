import { h } from 'vue';
import { StockMovementExportCreateDocument, StockMovementsDocument } from '../../generated/inventory/graphql';
import type { InventoryMovementFragment } from '../../generated/inventory/graphql';
import { link, moment, status, text } from '../../ui/lists/cells';
import { readAgainWithOrders } from '../../orders/list/with-orders';
import { defineList } from '../../ui/lists/define-list';
import { listExport } from '../../ui/lists/export/list-export';
import { useStockLocations } from '../locations/useStockLocations';
import { MOVEMENT_KINDS, MOVEMENT_TONES, signed, toMovementFilter } from '../stock-filter';
import { useReceivedLists } from './useReceivedLists';
import StockVariant from '../StockVariant.vue';
import MovementList from './MovementList.vue';

export const movementList = defineList({
  name: 'movements',
  title: 'inventory.movements',
  heading: 'inventory.title',
  query: StockMovementsDocument,
  connection: (data) => data.stockMovements,
  types: ['StockMovement', 'StockItem', 'Order'],
  filters: {
    kind: {
      label: 'inventory.kind',
      kind: 'many',
      choices: ({ t }) => MOVEMENT_KINDS.map((value) => ({ value, label: t(`movementKind.${value}`) })),
    },
    location: { label: 'inventory.location', kind: 'one' },
    import: { label: 'imports.import', kind: 'one', isFor: ({ can }) => can('IMPORT') },
    from: { label: 'inventory.fromDay', kind: 'date' },
    to: { label: 'inventory.toDay', kind: 'date' },
  },
  choices: () => {
    const { choices } = useStockLocations();
    const lists = useReceivedLists();
    return { location: () => choices.value, import: () => lists.value };
  },
  toFilter: toMovementFilter,
  exports: listExport(StockMovementExportCreateDocument, (data) => data.stockMovementExportCreate, {
    at: ['AT'],
    kind: ['KIND'],
    variant: ['PRODUCT', 'VARIANT', 'SKU'],
    location: ['LOCATION'],
    onHand: ['ON_HAND_CHANGE'],
    reserved: ['RESERVED_CHANGE'],
    reason: ['REASON'],
    order: ['ORDER'],
    actor: ['ACTOR'],
  }),
  columns: {
    at: { header: 'inventory.when', required: true, cell: (row) => moment(row.at) },
    kind: {
      header: 'inventory.kind',
      cell: (row, { t }) => status(MOVEMENT_TONES[row.kind], t(`movementKind.${row.kind}`)),
    },
    variant: {
      header: 'inventory.item',
      cell: ({ variant }) => variant && h(StockVariant, { variant, class: 'max-w-52' }),
    },
    location: { header: 'inventory.location', cell: ({ location }) => location.name },
    onHand: {
      header: 'inventory.onHand',
      align: 'end',
      cell: (row, { n }) => h('span', { class: 'font-medium text-highlighted' }, signed(row.onHandChange, n)),
    },
    reserved: {
      header: 'inventory.reserved',
      align: 'end',
      cell: (row, { n }) => signed(row.reservedChange, n),
    },
    reason: { header: 'stock.reason' },
    order: {
      header: 'orders.number',
      cell: ({ orderId, orderNumber }, { can }) =>
        orderId && orderNumber && can('ORDER_READ')
          ? link({ name: 'order', params: { id: orderId } }, `#${orderNumber}`)
          : null,
    },
    actor: {
      header: 'inventory.actor',
      wideOnly: true,
      cell: (row, { t }) => text(row.actorName ?? t('actor.SYSTEM'), { width: 'narrow', look: 'text-muted' }),
    },
  },
  card: movementCard,
  empty: { icon: 'i-lucide-arrow-right-left', title: 'inventory.noMovements' },
  live: readAgainWithOrders,
});

function movementCard(movement: InventoryMovementFragment) {
  return [
    movement.variant && h(StockVariant, { variant: movement.variant, class: 'mb-1' }),
    h(MovementList, { movements: [movement] }),
  ];
}
