import { h } from 'vue';
import {
  ReturnBulkApproveDocument,
  ReturnExportCreateDocument,
  ReturnsDocument,
} from '../generated/returns/graphql';
import type { ReturnRowFragment } from '../generated/returns/graphql';
import { link, moment, money, rowLink, status, text } from '../ui/lists/cells';
import { readAgainWithOrders } from '../orders/list/with-orders';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import { startBulk } from '../ui/lists/selection/bulk-action';
import { buyerOf, RETURN_SORTS, RETURN_STATES, RETURN_TONES, toReturnFilter } from './return-messages';
import ReturnCard from './ReturnCard.vue';

const returnTo = ({ id }: ReturnRowFragment) => ({ name: 'return', params: { id } });

export const returnList = defineList({
  name: 'returns',
  title: 'returns.title',
  query: ReturnsDocument,
  connection: (data) => data.returns,
  types: ['Return'],
  search: 'returns.search',
  sorts: RETURN_SORTS,
  sortMessages: 'orders.sorts',
  filters: {
    status: {
      label: 'returns.state',
      kind: 'many',
      choices: ({ t }) => RETURN_STATES.map((value) => ({ value, label: t(`returnState.${value}`) })),
    },
  },
  toFilter: toReturnFilter,
  exports: listExport(ReturnExportCreateDocument, (data) => data.returnExportCreate, {
    number: ['NUMBER'],
    created: ['CREATED_AT'],
    status: ['STATUS'],
    order: ['ORDER'],
    customer: ['FIRST_NAME', 'LAST_NAME', 'EMAIL'],
    pieces: ['UNITS', 'ITEMS'],
    reason: ['REASON'],
    resolution: ['RESOLUTION'],
  }),
  bulk: [
    {
      key: 'APPROVE',
      label: 'returns.bulk.APPROVE',
      hint: 'returns.bulkHint.APPROVE',
      icon: 'i-lucide-check',
      isFor: ({ can }) => can('ORDER_WRITE'),
      start: startBulk(ReturnBulkApproveDocument, (data) => data.returnBulkApprove),
    },
  ],
  columns: {
    number: {
      header: 'returns.number',
      required: true,
      cell: (row) => rowLink(returnTo(row), row.number),
    },
    created: {
      header: 'returns.asked',
      sorts: ['NEWEST', 'OLDEST'],
      ascending: 'OLDEST',
      cell: (row) => moment(row.createdAt),
    },
    status: {
      header: 'returns.state',
      cell: (row, { t }) => status(RETURN_TONES[row.status], t(`returnState.${row.status}`)),
    },
    order: {
      header: 'orders.number',
      cell: ({ order }) => link({ name: 'order', params: { id: order.id } }, `#${order.number}`),
    },
    customer: { header: 'orders.customer', cell: (row) => text(buyerOf(row)) },
    pieces: {
      header: 'inventory.pieces',
      align: 'end',
      wideOnly: true,
      cell: ({ lines }, { n }) => n(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
    },
    reason: { header: 'returns.reason', cell: ({ reason }, { t }) => t(`returnReason.${reason}`) },
    resolution: {
      header: 'returns.resolution',
      cell: ({ resolution }, { t }) => t(`returnResolution.${resolution}`),
    },
    value: { header: 'returns.value', align: 'end', pinned: true, cell: (row) => money(row.value) },
  },
  rowTo: returnTo,
  card: (item) => h(ReturnCard, { item }),
  empty: { icon: 'i-lucide-package-open', title: 'returns.empty', hint: 'returns.emptyHint' },
  live: readAgainWithOrders,
});
