import { WebhookEventEntity } from '../payment.entity.js';
import { statement, t, rowOf } from '../../../platform/database/database.js';

export const storeEvent = statement('payments.store-event', {
  params: {
    id: t.uuid,
    name: t.text,
    eventId: t.text,
    type: t.text,
    objectKind: t.text.orNull,
    objectReference: t.text.orNull,
    apiVersion: t.text.orNull,
    verified: t.boolean,
    payload: t.jsonText,
    rawBody: t.bytea,
    status: t.text,
  },
  sql: `INSERT INTO webhook_inbox (id, provider, event_id, type, object_kind, object_id, api_version, verified, payload, raw, status, processed_at)
   VALUES (:id, :name, :eventId, :type, :objectKind, :objectReference, :apiVersion, :verified, :payload, :rawBody, :status, CASE WHEN :status = 'IGNORED' THEN now() END)
   ON CONFLICT (provider, event_id) DO NOTHING`,
});

const EVENT = `id, provider, event_id AS "eventId", type, object_kind AS "objectKind", object_id AS "objectId", api_version AS "apiVersion",
  verified, status, attempts, error, received_at AS "receivedAt", processed_at AS "processedAt"`;

export const readEvent = statement('payments.read-event', {
  params: { providerName: t.text, eventId: t.text },
  row: rowOf(WebhookEventEntity),
  sql: `SELECT ${EVENT} FROM webhook_inbox WHERE provider = :providerName AND event_id = :eventId`,
});
export const eventById = statement('payments.event-by-id', {
  params: { id: t.uuid },
  row: rowOf(WebhookEventEntity),
  sql: `SELECT ${EVENT} FROM webhook_inbox WHERE id = :id`,
});
/** Bodies as received; for events from before bodies were stored, the stored JSON. */
export const eventBodies = statement(
  'payments.event-bodies',
  // As bytes: a body that is no valid UTF-8 must not make the query fail for the others.
  {
    params: { ids: t.uuids },
    row: { id: t.uuid, body: t.bytea },
    sql: `SELECT id, coalesce(raw, convert_to(payload::text, 'UTF8')) AS body FROM webhook_inbox WHERE id = ANY(:ids::uuid[])`,
  },
);
export const knownEvents = statement('payments.known-events', {
  params: { name: t.text, eventIds: t.texts },
  row: { eventId: t.text },
  sql: `SELECT event_id AS "eventId" FROM webhook_inbox WHERE provider = :name AND event_id = ANY(:eventIds::text[])`,
});
export const lockEvent = statement('payments.lock-event', {
  params: { id: t.uuid },
  row: rowOf(WebhookEventEntity),
  sql: `SELECT ${EVENT} FROM webhook_inbox WHERE id = :id FOR UPDATE`,
});
export const eventColumns = EVENT;
export const finishEvent = statement('payments.finish-event', {
  params: { provider: t.text, eventId: t.text, status: t.text, reason: t.text.orNull },
  sql: `UPDATE webhook_inbox SET status = :status, error = :reason, attempts = attempts + 1, processed_at = now()
   WHERE provider = :provider AND event_id = :eventId`,
});
export const failEvent = statement('payments.fail-event', {
  params: { provider: t.text, eventId: t.text, reason: t.text },
  row: { id: t.uuid, status: t.text },
  sql: `UPDATE webhook_inbox SET attempts = attempts + 1, error = :reason, status = CASE WHEN attempts >= 9 THEN 'DEAD' ELSE 'NEW' END
   WHERE provider = :provider AND event_id = :eventId AND status = 'NEW' RETURNING id, status`,
});
export const reviveEvent = statement('payments.revive-event', {
  params: { id: t.uuid },
  sql: `UPDATE webhook_inbox SET status = 'NEW', attempts = 0, error = NULL, processed_at = NULL WHERE id = :id`,
});
/** Unprocessed events whose job gave up long ago or died with its process, at growing intervals. */
export const abandonedEvents = statement('payments.abandoned-events', {
  row: { provider: t.text, eventId: t.text },
  sql: `SELECT provider, event_id AS "eventId" FROM webhook_inbox
   WHERE status = 'NEW' AND received_at < now() - interval '1 hour' * power(2, attempts) ORDER BY received_at LIMIT 50`,
});
