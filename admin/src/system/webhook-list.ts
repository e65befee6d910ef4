import { h } from 'vue';
import { RouterLink } from 'vue-router';
import {
  WebhookEventBulkReplayDocument,
  WebhookEventExportCreateDocument,
  WebhookEventsDocument,
} from '../generated/system/graphql';
import type { WebhookRowFragment } from '../generated/system/graphql';
import { code, moment, status, text } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import { usePolling } from '../ui/usePolling';
import { startBulk } from '../ui/lists/selection/bulk-action';
import { toWebhookFilter, WEBHOOK_STATES, WEBHOOK_TONES, WEBHOOK_TYPES } from './webhook-messages';
import WebhookCard from './WebhookCard.vue';

const eventTo = ({ id }: WebhookRowFragment) => ({ name: 'webhook', params: { id } });

export const webhookList = defineList({
  name: 'webhooks',
  title: 'webhooks.title',
  query: WebhookEventsDocument,
  connection: (data) => data.webhookEvents,
  types: ['WebhookEvent'],
  search: 'webhooks.search',
  filters: {
    status: {
      label: 'webhooks.state',
      kind: 'many',
      choices: ({ t }) => WEBHOOK_STATES.map((value) => ({ value, label: t(`webhookState.${value}`) })),
    },
    type: {
      label: 'webhooks.type',
      kind: 'one',
      choices: () => WEBHOOK_TYPES.map((value) => ({ value, label: value })),
    },
  },
  toFilter: toWebhookFilter,
  exports: listExport(WebhookEventExportCreateDocument, (data) => data.webhookEventExportCreate, {
    type: ['TYPE'],
    status: ['STATUS'],
    received: ['RECEIVED_AT'],
    provider: ['PROVIDER'],
    object: ['OBJECT_ID'],
    attempts: ['ATTEMPTS'],
    error: ['ERROR'],
  }),
  bulk: [
    {
      key: 'REPLAY',
      label: 'webhooks.bulk.REPLAY',
      hint: 'webhooks.bulkHint.REPLAY',
      icon: 'i-lucide-rotate-ccw',
      isFor: ({ can }) => can('SYSTEM'),
      start: startBulk(WebhookEventBulkReplayDocument, (data) => data.webhookEventBulkReplay),
    },
  ],
  columns: {
    type: {
      header: 'webhooks.type',
      required: true,
      cell: (row) =>
        h(
          RouterLink,
          { to: eventTo(row), class: 'font-mono text-xs font-medium text-highlighted hover:underline' },
          () => row.type,
        ),
    },
    status: {
      header: 'webhooks.state',
      cell: (row, { t }) => status(WEBHOOK_TONES[row.status], t(`webhookState.${row.status}`)),
    },
    received: { header: 'webhooks.received', cell: (row) => moment(row.receivedAt) },
    provider: {
      header: 'webhooks.provider',
      cell: ({ provider }, { t }) => t(`paymentProvider.${provider}`),
    },
    object: { header: 'webhooks.object', cell: ({ objectId }) => code(objectId) },
    attempts: { header: 'webhooks.attempts', align: 'end', cell: (row, { n }) => n(row.attempts) },
    error: {
      header: 'webhooks.error',
      cell: ({ error }) => text(error, { width: 'wide', look: 'text-error' }),
    },
  },
  rowTo: eventTo,
  card: (event) => h(WebhookCard, { event }),
  empty: { icon: 'i-lucide-webhook', title: 'webhooks.empty', hint: 'webhooks.emptyHint' },
  // Nobody is told of them: the page asks while one is worked on, and not while one waits to be tried again.
  live: ({ rows, reload }) =>
    usePolling(() => rows.value.some(({ status, attempts }) => status === 'NEW' && attempts === 0), reload),
});
