import { h, onScopeDispose } from 'vue';
import { listenForOrders } from '../../app/order-updates';
import {
  OrderBulkCompleteDocument,
  OrderBulkShipDocument,
  OrderExportCreateDocument,
  OrdersDocument,
} from '../../generated/orders/graphql';
import type { OrderRowFragment, OrderSort } from '../../generated/orders/graphql';
import { moment, money, quiet, rowLink, status, text } from '../../ui/lists/cells';
import { defineList } from '../../ui/lists/define-list';
import { listExport } from '../../ui/lists/export/list-export';
import { startBulk } from '../../ui/lists/selection/bulk-action';
import type { LiveList } from '../../ui/lists/define-list';
import {
  FULFILLMENT_STATUSES,
  ORDER_STATUSES,
  ORDER_TONES,
  PAYMENT_STATUSES,
  PAYMENT_TONES,
  shippingOf,
} from '../order-tones';
import { cancelMany } from './cancel-many';
import OrderCard from './OrderCard.vue';
import { ORDER_SORTS, toOrderFilter } from './order-filter';
import type { OrderFilterKey } from './order-filter';
import { readAgainWithOrders } from './with-orders';

const orderTo = ({ id }: OrderRowFragment) => ({ name: 'order', params: { id } });
const buyer = ({ shippingAddress: { firstName, lastName } }: OrderRowFragment): string =>
  `${firstName} ${lastName}`;

export const orderList = defineList({
  name: 'orders',
  title: 'orders.title',
  query: OrdersDocument,
  connection: (data) => data.orders,
  types: ['Order'],
  search: 'orders.search',
  sorts: ORDER_SORTS,
  sortMessages: 'orders.sorts',
  filters: {
    status: {
      label: 'orders.status',
      kind: 'many',
      choices: ({ t }) => ORDER_STATUSES.map((value) => ({ value, label: t(`orderStatus.${value}`) })),
    },
    payment: {
      label: 'orders.payment',
      kind: 'many',
      choices: ({ t }) => PAYMENT_STATUSES.map((value) => ({ value, label: t(`paymentStatus.${value}`) })),
    },
    shipping: {
      label: 'orders.fulfillment',
      kind: 'many',
      choices: ({ t }) =>
        FULFILLMENT_STATUSES.map((value) => ({ value, label: t(`fulfillmentStatus.${value}`) })),
    },
    from: { label: 'orders.placedFrom', kind: 'date' },
    to: { label: 'orders.placedTo', kind: 'date' },
    min: { label: 'orders.totalMin', kind: 'price' },
    max: { label: 'orders.totalMax', kind: 'price' },
  },
  toFilter: toOrderFilter,
  exports: listExport(OrderExportCreateDocument, (data) => data.orderExportCreate, {
    number: ['NUMBER'],
    placed: ['PLACED_AT'],
    customer: ['FIRST_NAME', 'LAST_NAME', 'EMAIL'],
    city: ['CITY'],
    status: ['STATUS'],
    payment: ['PAYMENT_STATUS'],
    fulfillment: ['FULFILLMENT_STATUS'],
    total: ['TOTAL', 'CURRENCY'],
  }),
  bulk: [
    {
      key: 'SHIP',
      label: 'orders.bulk.SHIP',
      hint: 'orders.bulkHint.SHIP',
      icon: 'i-lucide-truck',
      isFor: ({ can }) => can('ORDER_WRITE'),
      start: startBulk(OrderBulkShipDocument, (data) => data.orderBulkShip),
    },
    {
      key: 'COMPLETE',
      label: 'orders.bulk.COMPLETE',
      hint: 'orders.bulkHint.COMPLETE',
      icon: 'i-lucide-check-check',
      isFor: ({ can }) => can('ORDER_WRITE'),
      start: startBulk(OrderBulkCompleteDocument, (data) => data.orderBulkComplete),
    },
    cancelMany,
  ],
  columns: {
    number: {
      header: 'orders.number',
      required: true,
      sorts: ['NUMBER_DESC', 'NUMBER_ASC'],
      ascending: 'NUMBER_ASC',
      cell: (row) => rowLink(orderTo(row), `#${row.number}`),
    },
    placed: {
      header: 'orders.placed',
      sorts: ['NEWEST', 'OLDEST'],
      ascending: 'OLDEST',
      cell: (row) => moment(row.placedAt ?? row.createdAt),
    },
    customer: {
      header: 'orders.customer',
      cell: (row) => text(buyer(row), { hint: `${buyer(row)} · ${row.email}` }),
    },
    city: {
      header: 'orders.city',
      wideOnly: true,
      cell: ({ shippingAddress }) => quiet(shippingAddress.cityName),
    },
    status: {
      header: 'orders.status',
      cell: (row, { t }) => status(ORDER_TONES[row.status], t(`orderStatus.${row.status}`)),
    },
    payment: {
      header: 'orders.payment',
      cell: ({ paymentStatus }, { t }) =>
        status(PAYMENT_TONES[paymentStatus], t(`paymentStatus.${paymentStatus}`)),
    },
    fulfillment: {
      header: 'orders.fulfillment',
      cell: (row, { t }) => {
        const { tone, word } = shippingOf(row);
        return status(tone, t(`fulfillmentStatus.${word}`));
      },
    },
    total: {
      header: 'orders.total',
      align: 'end',
      pinned: true,
      sorts: ['TOTAL_DESC', 'TOTAL_ASC'],
      ascending: 'TOTAL_ASC',
      cell: (row) => money(row.total.gross),
    },
  },
  rowTo: orderTo,
  card: (order) => h(OrderCard, { order }),
  empty: { icon: 'i-lucide-receipt-text', title: 'orders.empty', hint: 'orders.emptyHint' },
  live: listenForChanges,
});

/** New orders are added to the first page by themselves; after a change of one, its row and the rows that match may differ. */
function listenForChanges({
  state,
  isFirstPage,
  reload,
  mark,
}: LiveList<OrderRowFragment, OrderSort, OrderFilterKey>): void {
  onScopeDispose(
    listenForOrders(({ orderId }) => {
      if (!isFirstPage.value || state.value.sort !== 'NEWEST') return false;
      mark(orderId);
      void reload();
      return true;
    }),
  );
  readAgainWithOrders({ reload });
}
