import { statement } from '../../platform/database/database.js';

export const PAYMENT = `id, order_id AS "orderId", attempt, provider, state, amount, currency,
  provider_reference AS "providerReference", create_key AS "createKey", failure_code AS "failureCode",
  last_checked_at AS "lastCheckedAt", checks, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The payment that counts for an order: the one still open, else the captured one, else the newest. */
export const currentPayment = statement(
  'payments.current',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1
   ORDER BY (state IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')) DESC, (state = 'CAPTURED') DESC, attempt DESC LIMIT 1`,
);
export const paymentById = statement('payments.by-id', `SELECT ${PAYMENT} FROM payment WHERE id = $1`);
export const paymentByReference = statement(
  'payments.by-reference',
  `SELECT ${PAYMENT} FROM payment WHERE provider = $1 AND provider_reference = $2`,
);
export const lockPayment = statement(
  'payments.lock',
  `SELECT ${PAYMENT} FROM payment WHERE id = $1 FOR UPDATE`,
);
export const paymentsByOrder = statement(
  'payments.by-order',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = ANY($1::uuid[]) ORDER BY attempt`,
);

/** Every arrow of the state table is conditional: no row means that somebody else was first. */
export const markPending = statement(
  'payments.mark-pending',
  `UPDATE payment SET state = 'PENDING', provider_reference = $2, updated_at = now() WHERE id = $1 AND state = 'CREATING'`,
);
export const markState = statement(
  'payments.mark-state',
  `UPDATE payment SET state = $2, provider_reference = coalesce(provider_reference, $3), failure_code = $4, updated_at = now()
   WHERE id = $1 AND state = ANY($5::text[])`,
);

/** Payments without a final word: asked again ever more rarely. */
export const claimUnfinished = statement(
  'payments.claim-unfinished',
  `UPDATE payment SET last_checked_at = now(), checks = checks + 1
   WHERE id IN (
     SELECT id FROM payment
     WHERE state IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')
       AND coalesce(last_checked_at, updated_at) < now() - $1::interval * least(power(2, checks), 64)
     ORDER BY updated_at LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${PAYMENT}`,
);

const REFUND = `id, payment_id AS "paymentId", amount, reason, state, provider_reference AS "providerReference", key,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

export const sumRefunds = statement(
  'payments.sum-refunds',
  `SELECT coalesce(sum(amount) FILTER (WHERE state NOT IN ('FAILED', 'CANCELED')), 0)::bigint AS refunded FROM refund WHERE payment_id = $1`,
);
export const insertRefund = statement(
  'payments.insert-refund',
  `INSERT INTO refund (id, payment_id, amount, reason, key) VALUES ($1, $2, $3, $4, $5)`,
);
export const refundById = statement('payments.refund-by-id', `SELECT ${REFUND} FROM refund WHERE id = $1`);
export const openRefunds = statement(
  'payments.open-refunds',
  `SELECT ${REFUND} FROM refund WHERE state IN ('REQUESTED', 'PENDING') AND updated_at < now() - interval '1 minute' ORDER BY updated_at LIMIT 50`,
);
export const markRefund = statement(
  'payments.mark-refund',
  `UPDATE refund SET state = $2, provider_reference = coalesce(provider_reference, $3), updated_at = now()
   WHERE id = $1 AND state <> $2`,
);
export const succeededRefunds = statement(
  'payments.succeeded-refunds',
  `SELECT coalesce(sum(r.amount), 0)::bigint AS refunded FROM refund r JOIN payment p ON p.id = r.payment_id
   WHERE p.order_id = $1 AND r.state = 'SUCCEEDED'`,
);

export const storeEvent = statement(
  'payments.store-event',
  `INSERT INTO webhook_inbox (provider, event_id, type, object_id, api_version, verified, payload, state)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider, event_id) DO NOTHING`,
);
export const readEvent = statement(
  'payments.read-event',
  `SELECT provider, event_id AS "eventId", type, object_id AS "objectId", state, attempts FROM webhook_inbox
   WHERE provider = $1 AND event_id = $2`,
);
export const finishEvent = statement(
  'payments.finish-event',
  `UPDATE webhook_inbox SET state = $3, error = NULL, attempts = attempts + 1 WHERE provider = $1 AND event_id = $2`,
);
export const failEvent = statement(
  'payments.fail-event',
  `UPDATE webhook_inbox SET attempts = attempts + 1, error = $3, state = CASE WHEN attempts >= 9 THEN 'DEAD' ELSE 'NEW' END
   WHERE provider = $1 AND event_id = $2 RETURNING state`,
);
