import { everyValueOf } from '@vitrine/client/every-value';
import { h } from 'vue';
import {
  CheckoutBlockBulkRemoveDocument,
  CheckoutBlockExportCreateDocument,
  CheckoutBlocksDocument,
} from '../../generated/orders/graphql';
import type { CheckoutBlockKind, CheckoutBlockLineFragment } from '../../generated/orders/graphql';
import { shortDate } from '../../ui/dates';
import { link, moment, status, text } from '../../ui/lists/cells';
import { defineList } from '../../ui/lists/define-list';
import { listExport } from '../../ui/lists/export/list-export';
import { startBulk } from '../../ui/lists/selection/bulk-action';
import type { Tools } from '../../ui/useTools';

const KINDS = everyValueOf<CheckoutBlockKind>({ EMAIL: true, PHONE: true, NETWORK: true });
const STATES = ['active', 'ended'] as const;

export const blockList = defineList({
  name: 'blocks',
  title: 'blocks.title',
  query: CheckoutBlocksDocument,
  connection: (data) => data.checkoutBlocks,
  types: ['CheckoutBlock'],
  search: 'blocks.search',
  filters: {
    state: {
      label: 'blocks.state',
      kind: 'one',
      choices: ({ t }) => STATES.map((value) => ({ value, label: t(`blocks.${value}`) })),
    },
    kind: {
      label: 'blocks.kind',
      kind: 'many',
      choices: ({ t }) => KINDS.map((value) => ({ value, label: t(`blockKind.${value}`) })),
    },
  },
  toFilter: ({ state: [state], kind }) => {
    const kinds = KINDS.filter((one) => kind.includes(one));
    return {
      ...((state === 'active' || state === 'ended') && { inForce: state === 'active' }),
      ...(kinds.length > 0 && { kinds }),
    };
  },
  exports: listExport(CheckoutBlockExportCreateDocument, (data) => data.checkoutBlockExportCreate, {
    buyer: ['KIND', 'CONTACT'],
    state: ['ENDED_HOW', 'ENDED_AT', 'ENDED_BY'],
    until: ['EXPIRES_AT'],
    reason: ['REASON'],
    order: ['ORDER'],
    placed: ['CREATED_AT'],
    by: ['CREATED_BY'],
  }),
  bulk: [
    {
      key: 'LIFT',
      label: 'blocks.bulk.LIFT',
      hint: 'blocks.bulkHint.LIFT',
      icon: 'i-lucide-lock-open',
      isFor: ({ can }) => can('ORDER_WRITE'),
      start: startBulk(CheckoutBlockBulkRemoveDocument, (data) => data.checkoutBlockBulkRemove),
    },
  ],
  columns: {
    buyer: {
      header: 'blocks.buyer',
      required: true,
      cell: ({ kind, contact }, { t }) => [
        text(contact ?? t(`blockKind.${kind}`), { look: 'font-medium text-highlighted' }),
        contact && h('span', { class: 'block text-xs text-muted' }, t(`blockKind.${kind}`)),
      ],
    },
    state: { header: 'blocks.state', cell: state },
    until: {
      header: 'blocks.untilColumn',
      cell: ({ expiresAt }, { locale }) => h('span', { class: 'text-muted' }, shortDate(expiresAt, locale)),
    },
    reason: { header: 'blocks.reason', cell: ({ reason }) => text(reason, { width: 'narrow' }) },
    order: {
      header: 'orders.number',
      cell: ({ orderId, orderNumber }) =>
        orderId && orderNumber && link({ name: 'order', params: { id: orderId } }, `#${orderNumber}`),
    },
    placed: { header: 'blocks.placedColumn', cell: ({ createdAt }) => moment(createdAt) },
    by: {
      header: 'blocks.by',
      wideOnly: true,
      cell: ({ createdBy }) => text(createdBy, { width: 'narrow', look: 'text-muted' }),
    },
    lift: {
      header: 'blocks.lift',
      required: true,
      hidesHeader: true,
      pinned: true,
      isFor: ({ can }) => can('ORDER_WRITE'),
    },
  },
  empty: { icon: 'i-lucide-shield-check', title: 'blocks.empty', hint: 'blocks.emptyHint' },
});

/** In force, or when and how it ended, and by whom. */
function state({ endedAt, endedHow, endedBy }: CheckoutBlockLineFragment, { t, locale }: Tools) {
  if (!endedAt || !endedHow) return status('bad', t('blocks.inForce'));
  const how = t(`blocks.endedHow.${endedHow}`, { date: shortDate(endedAt, locale) });
  return [status('quiet', how), endedBy && h('span', { class: 'block ps-4 text-xs text-muted' }, endedBy)];
}
