import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import { eventQuery, WebhookEventFilter, WebhookEventList, type EventQuery } from '../../payments/index.js';
import { coreBulk } from '../core-bulk.js';

const lockEvent = statement('bulkActions.lock-event', {
  params: { id: t.uuid },
  row: { name: t.text },
  sql: 'SELECT event_id AS name FROM webhook_inbox WHERE id = :id FOR UPDATE',
});

export const webhookEventsReplay = coreBulk<EventQuery>({
  name: 'webhookEventBulkReplay',
  kind: 'WEBHOOK_EVENT_REPLAY',
  description: 'Works on all events that match again, as `webhookReplay` does on one.',
  rows: 'webhook events',
  table: 'webhook_inbox',
  role: Role.ADMIN,
  permission: 'SYSTEM',
  search: 200,
  filter: WebhookEventFilter,
  query: eventQuery,
  work: ({ database, cursors, webhooks }) => {
    const list = new WebhookEventList(database, cursors);
    return {
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
      select: (querying, query, range) => list.idsBetween(querying, query, range),
      lock: async (tx, id) => (await tx.row(lockEvent, { id }))?.name ?? null,
      apply: (tx, id) => webhooks.replayIn(tx, id),
    };
  },
});
