import { h } from 'vue';
import { DisputeExportCreateDocument, DisputesDocument } from '../generated/returns/graphql';
import type { DisputesQuery } from '../generated/returns/graphql';
import { code, moment, money, rowLink, status, text } from '../ui/lists/cells';
import { readAgainWithOrders } from '../orders/list/with-orders';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import DisputeCard from './DisputeCard.vue';
import { DISPUTE_TONES } from './return-messages';

type Row = DisputesQuery['disputes']['nodes'][number];

const orderTo = ({ order: { id } }: Row) => ({ name: 'order', params: { id } });

export const disputeList = defineList({
  name: 'disputes',
  title: 'disputes.title',
  query: DisputesDocument,
  connection: (data) => data.disputes,
  types: ['Dispute'],
  filters: {
    open: {
      label: 'disputes.state',
      kind: 'one',
      choices: ({ t }) => [
        { value: 'yes', label: t('disputes.open') },
        { value: 'no', label: t('disputes.closed') },
      ],
    },
  },
  toFilter: ({ open: [open] }) => (open === 'yes' || open === 'no' ? { open: open === 'yes' } : {}),
  exports: listExport(DisputeExportCreateDocument, (data) => data.disputeExportCreate, {
    order: ['ORDER'],
    status: ['STATUS'],
    due: ['EVIDENCE_DUE_AT'],
    reason: ['REASON'],
    email: ['EMAIL'],
    opened: ['CREATED_AT'],
    reference: ['REFERENCE'],
    amount: ['AMOUNT', 'CURRENCY'],
  }),
  columns: {
    order: {
      header: 'orders.number',
      required: true,
      cell: (row) => rowLink(orderTo(row), `#${row.order.number}`),
    },
    status: {
      header: 'disputes.state',
      cell: (row, { t }) => status(DISPUTE_TONES[row.status], t(`disputeState.${row.status}`)),
    },
    due: { header: 'disputes.due', cell: (row) => moment(row.evidenceDueAt) },
    reason: { header: 'returns.reason' },
    email: { header: 'orders.customer', cell: ({ order }) => text(order.email) },
    opened: { header: 'disputes.opened', cell: (row) => moment(row.createdAt) },
    reference: {
      header: 'disputes.reference',
      wideOnly: true,
      cell: ({ providerReference }) => code(providerReference),
    },
    amount: { header: 'orders.total', align: 'end', pinned: true, cell: (row) => money(row.amount) },
  },
  rowTo: orderTo,
  card: (dispute) => h(DisputeCard, { dispute }),
  empty: { icon: 'i-lucide-shield-check', title: 'disputes.empty', hint: 'disputes.emptyHint' },
  live: readAgainWithOrders,
});
