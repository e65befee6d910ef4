import { h } from 'vue';
import {
  StockReservationExportCreateDocument,
  StockReservationsDocument,
} from '../generated/inventory/graphql';
import { moment } from '../ui/lists/cells';
import { readAgainWithOrders } from '../orders/list/with-orders';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import ReservationCard from './ReservationCard.vue';
import ReservationHolder from './ReservationHolder.vue';
import StockVariant from './StockVariant.vue';

export const reservationList = defineList({
  name: 'reservations',
  title: 'inventory.reservations',
  heading: 'inventory.title',
  query: StockReservationsDocument,
  connection: (data) => data.stockReservations,
  types: ['StockReservation', 'StockHold', 'StockItem', 'Order'],
  exports: listExport(StockReservationExportCreateDocument, (data) => data.stockReservationExportCreate, {
    holder: ['HOLDER', 'ORDER'],
    variant: ['PRODUCT', 'VARIANT', 'SKU'],
    quantity: ['QUANTITY'],
    location: ['LOCATION'],
    expires: ['EXPIRES_AT'],
    created: ['CREATED_AT'],
  }),
  columns: {
    holder: {
      header: 'inventory.holder',
      required: true,
      cell: (reservation) => h(ReservationHolder, { reservation }),
    },
    variant: {
      header: 'inventory.item',
      cell: ({ variant }) => variant && h(StockVariant, { variant, class: 'max-w-60' }),
    },
    quantity: { header: 'inventory.pieces', align: 'end', cell: (row, { n }) => n(row.quantity) },
    location: { header: 'inventory.location', cell: ({ location }) => location.name },
    expires: { header: 'inventory.expires', cell: (row) => moment(row.expiresAt) },
    created: { header: 'inventory.since', cell: (row) => moment(row.createdAt) },
    release: {
      header: 'inventory.release',
      required: true,
      hidesHeader: true,
      isFor: ({ can }) => can('STOCK_WRITE'),
    },
  },
  card: (reservation) => h(ReservationCard, { reservation }),
  empty: {
    icon: 'i-lucide-lock-open',
    title: 'inventory.noReservations',
    hint: 'inventory.reservationsHint',
  },
  live: readAgainWithOrders,
});
