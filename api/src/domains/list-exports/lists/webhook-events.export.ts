import { Role } from '../../../platform/graphql/roles.js';
import {
  eventQuery,
  WebhookEventFilter,
  WebhookEventList,
  type EventQuery,
  type WebhookEventEntity,
} from '../../payments/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

export const webhookEventExport = coreExport<WebhookEventEntity, EventQuery>({
  name: 'WebhookEvent',
  rows: 'webhook events',
  role: Role.ADMIN,
  permission: 'SYSTEM',
  search: 200,
  filter: WebhookEventFilter,
  query: eventQuery,
  columns: {
    TYPE: typedColumn("The provider's word for what happened.", ({ type }) => type),
    STATUS: plainColumn('What became of it.', ({ status }) => status),
    RECEIVED_AT: momentColumn('When it came.', ({ receivedAt }) => receivedAt),
    PROCESSED_AT: momentColumn('When it was worked off.', ({ processedAt }) => processedAt),
    PROVIDER: plainColumn('Who sent it.', ({ provider }) => provider),
    EVENT_ID: typedColumn("The provider's id of it.", ({ eventId }) => eventId),
    OBJECT_ID: typedColumn("The provider's id of what it is about.", ({ objectId }) => objectId),
    ATTEMPTS: plainColumn('How often it was worked on.', ({ attempts }) => attempts),
    ERROR: typedColumn('How the last try failed.', ({ error }) => error),
  },
  read: ({ database, cursors }) => {
    const list = new WebhookEventList(database, cursors);
    return {
      page: (query, _sort, page) => list.page(query, page),
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
    };
  },
});
