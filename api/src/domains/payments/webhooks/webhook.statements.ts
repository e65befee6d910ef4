import { statement } from '../../../platform/database/database.js';

export const storeEvent = statement(
  'payments.store-event',
  `INSERT INTO webhook_inbox (id, provider, event_id, type, object_kind, object_id, api_version, verified, payload, raw, status, processed_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $11 = 'IGNORED' THEN now() END)
   ON CONFLICT (provider, event_id) DO NOTHING`,
);

const EVENT = `id, provider, event_id AS "eventId", type, object_kind AS "objectKind", object_id AS "objectId", api_version AS "apiVersion",
  verified, status, attempts, error, received_at AS "receivedAt", processed_at AS "processedAt"`;

export const readEvent = statement(
  'payments.read-event',
  `SELECT ${EVENT} FROM webhook_inbox WHERE provider = $1 AND event_id = $2`,
);
export const eventById = statement(
  'payments.event-by-id',
  `SELECT ${EVENT} FROM webhook_inbox WHERE id = $1`,
);
/** Bodies as received; for events from before bodies were stored, the stored JSON. */
export const eventBodies = statement(
  'payments.event-bodies',
  // As bytes: a body that is no valid UTF-8 must not make the query fail for the others.
  `SELECT id, coalesce(raw, convert_to(payload::text, 'UTF8')) AS body FROM webhook_inbox WHERE id = ANY($1::uuid[])`,
);
export const knownEvents = statement(
  'payments.known-events',
  `SELECT event_id AS "eventId" FROM webhook_inbox WHERE provider = $1 AND event_id = ANY($2::text[])`,
);
export const lockEvent = statement(
  'payments.lock-event',
  `SELECT ${EVENT} FROM webhook_inbox WHERE id = $1 FOR UPDATE`,
);
export const eventColumns = EVENT;
export const finishEvent = statement(
  'payments.finish-event',
  `UPDATE webhook_inbox SET status = $3, error = $4, attempts = attempts + 1, processed_at = now()
   WHERE provider = $1 AND event_id = $2`,
);
export const failEvent = statement(
  'payments.fail-event',
  `UPDATE webhook_inbox SET attempts = attempts + 1, error = $3, status = CASE WHEN attempts >= 9 THEN 'DEAD' ELSE 'NEW' END
   WHERE provider = $1 AND event_id = $2 AND status = 'NEW' RETURNING id, status`,
);
export const reviveEvent = statement(
  'payments.revive-event',
  `UPDATE webhook_inbox SET status = 'NEW', attempts = 0, error = NULL, processed_at = NULL WHERE id = $1`,
);
/** Unprocessed events whose job gave up long ago or died with its process, at growing intervals. */
export const abandonedEvents = statement(
  'payments.lying-events',
  `SELECT provider, event_id AS "eventId" FROM webhook_inbox
   WHERE status = 'NEW' AND received_at < now() - interval '1 hour' * power(2, attempts) ORDER BY received_at LIMIT 50`,
);
