import DataLoader from 'dataloader';
import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy } from '../../platform/graphql/load-many-by.js';
import { refundsByPayment } from './refunds/refund.statements.js';
import { eventBodies } from './webhooks/webhook.statements.js';

// A client secret lets its holder pay, or see, the intent: it is stored as received and never shown.
const CLIENT_SECRET = /("client_secret"\s*:\s*)"[^"]*"/g;

export const paymentLoaders = perRequest(({ database }) => ({
  refunds: loadManyBy(database, refundsByPayment, (refund) => refund.paymentId),
  eventBody: new DataLoader<string, string>(async (ids) => {
    const rows = await database.rows(eventBodies, { ids });
    const bodies = new Map(
      rows.map(({ id, body }) => [id, body.toString('utf8').replace(CLIENT_SECRET, '$1"…"')]),
    );
    return ids.map((id) => bodies.get(id) ?? '');
  }),
}));
