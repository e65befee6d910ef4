import { statement } from '../../platform/database/database.js';

export const PAYMENT = `id, order_id AS "orderId", attempt, provider, method, purpose, order_edit_id AS "orderEditId",
  capture_method AS "captureMethod", captured_amount AS "capturedAmount", captured_at AS "capturedAt", status, amount, currency,
  provider_reference AS "providerReference", create_key AS "createKey", key_failed_at AS "keyFailedAt", failure_code AS "failureCode",
  last_checked_at AS "lastCheckedAt", checks, asked_at AS "askedAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The payment that counts for an order: the one still open, else the captured one, else the newest. */
export const currentPayment = statement(
  'payments.current',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1
   ORDER BY (status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')) DESC, (status = 'CAPTURED') DESC, attempt DESC LIMIT 1`,
);
export const openPayment = statement(
  'payments.open',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')`,
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

export const lockAuthorized = statement(
  'payments.lock-authorized',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND status = 'AUTHORIZED' FOR UPDATE`,
);
/** $2: whether a cancelled one may still be received, because its order expired. */
export const lockOffline = statement(
  'payments.lock-offline',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND provider = 'OFFLINE'
     AND (status = 'PENDING' OR status = 'CANCELLED' AND $2::boolean)
   ORDER BY status = 'PENDING' DESC, attempt DESC LIMIT 1 FOR UPDATE`,
);
export const openOffline = statement(
  'payments.open-offline',
  `SELECT id FROM payment WHERE order_id = $1 AND provider = 'OFFLINE' AND status = 'PENDING'`,
);
export const paymentsSince = statement(
  'payments.since',
  `SELECT id, order_id AS "orderId", status, provider_reference AS "providerReference" FROM payment
   WHERE provider = $1 AND created_at >= $2 AND provider_reference IS NOT NULL`,
);

/** Every transition is conditional on the present status: no row means that a concurrent transaction was first. */
export const markPending = statement(
  'payments.mark-pending',
  `UPDATE payment SET status = 'PENDING', provider_reference = $2, updated_at = now() WHERE id = $1 AND status = 'CREATING'`,
);
export const markState = statement(
  'payments.mark-state',
  `UPDATE payment SET status = $2, provider_reference = coalesce(provider_reference, $3), failure_code = $4, updated_at = now(),
     captured_amount = $6::bigint, captured_at = CASE WHEN $6::bigint IS NOT NULL THEN now() END
   WHERE id = $1 AND status = ANY($5::text[])`,
);

/**
 * Notes when the provider was first seen to replay a failure for this key; no row when another key is in use by now.
 */
export const noteCreateFailure = statement(
  'payments.note-create-failure',
  `UPDATE payment SET key_failed_at = coalesce(key_failed_at, clock_timestamp()) WHERE id = $1 AND create_key = $2
   RETURNING key_failed_at <= clock_timestamp() - make_interval(secs => $3) AS "isListed"`,
);
/**
 * Conditional on the key that failed: of several processes that see the failure, one sets the new key and all use it.
 */
export const renewCreateKey = statement(
  'payments.renew-create-key',
  `UPDATE payment SET create_key = $3, key_failed_at = NULL WHERE id = $1 AND create_key = $2 AND status = 'CREATING'`,
);

/** Claims the right to ask the provider for a buyer's page: one process gets it every so many seconds. */
export const claimAsking = statement(
  'payments.claim-asking',
  `UPDATE payment SET asked_at = clock_timestamp()
   WHERE id = $1 AND (asked_at IS NULL OR asked_at <= clock_timestamp() - make_interval(secs => $2))`,
);

/**
 * Claims the capture of an authorized payment for so many seconds; no row while another request holds the claim. The
 * time is returned as text, to the microsecond.
 */
export const claimCapture = statement(
  'payments.claim-capture',
  `UPDATE payment SET capturing_until = clock_timestamp() + make_interval(secs => $2)
   WHERE id = $1 AND status = 'AUTHORIZED' AND (capturing_until IS NULL OR capturing_until <= clock_timestamp())
   RETURNING capturing_until::text AS turn`,
);
/** Ends only the caller's own claim: after its time another request may hold one. */
export const endCapture = statement(
  'payments.end-capture',
  'UPDATE payment SET capturing_until = NULL WHERE id = $1 AND capturing_until = $2::timestamptz',
);

/** Payments without a final status, checked at growing intervals. */
export const claimUnfinished = statement(
  'payments.claim-unfinished',
  `UPDATE payment SET last_checked_at = now(), checks = checks + 1
   WHERE id IN (
     SELECT id FROM payment
     WHERE provider <> 'OFFLINE' AND status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')
       AND coalesce(last_checked_at, updated_at) < now() - $1::interval * least(power(2, checks), 64)
     ORDER BY updated_at LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${PAYMENT}`,
);

/** Attempts are counted under the order's lock. */
export const insertPayment = statement(
  'payments.insert',
  `INSERT INTO payment (id, order_id, attempt, provider, method, purpose, order_edit_id, capture_method, status, amount, currency, create_key)
   SELECT $1::uuid, $2::uuid, (SELECT coalesce(max(attempt), 0) + 1 FROM payment WHERE order_id = $2::uuid), $3, $4,
     CASE WHEN $5::uuid IS NULL THEN 'ORDER' ELSE 'EDIT' END, $5::uuid, $6, $7, $8::bigint, $9::char(3), 'pi:' || $1::uuid
   RETURNING ${PAYMENT}`,
);
/** Newest first: refunds use the last payment first. */
export const lockCaptured = statement(
  'payments.lock-captured',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND status = 'CAPTURED' ORDER BY attempt DESC FOR UPDATE`,
);

const REFUND = `id, payment_id AS "paymentId", amount, reason, status, provider_reference AS "providerReference", key, origin,
  key_failed_at AS "keyFailedAt", failure_code AS "failureCode", order_refund_id AS "orderRefundId", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What can no longer be refunded of a payment, and whether the bank is still deciding. */
export const moneyGone = statement(
  'payments.money-gone',
  `SELECT
     (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = $1 AND status NOT IN ('FAILED', 'CANCELLED'))::bigint
       + (SELECT coalesce(sum(amount), 0) FROM dispute WHERE payment_id = $1 AND status = 'LOST')::bigint AS gone,
     EXISTS (SELECT 1 FROM dispute WHERE payment_id = $1 AND status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW')) AS "isDisputed"`,
);
export const insertRefund = statement(
  'payments.insert-refund',
  `INSERT INTO refund (id, payment_id, amount, reason, key, status, order_refund_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);
export const refundById = statement('payments.refund-by-id', `SELECT ${REFUND} FROM refund WHERE id = $1`);
export const refundByReference = statement(
  'payments.refund-by-reference',
  `SELECT ${REFUND} FROM refund WHERE provider_reference = $1`,
);
/**
 * Refunds without a final status, in turn; those that wait for a bank at growing intervals, so that they do not delay
 * others. A refund that has just become final is checked once more: the reading that said so may have begun before
 * another one that was written first.
 */
export const claimOpenRefunds = statement(
  'payments.claim-open-refunds',
  `UPDATE refund SET last_checked_at = now(), checks = checks + 1
   WHERE id IN (
     SELECT id FROM refund
     WHERE status IN ('REQUESTED', 'PENDING') AND coalesce(last_checked_at, updated_at) < now() - interval '1 minute'
         * CASE WHEN status = 'PENDING' THEN least(power(2, greatest(checks - 1, 0)), 64) ELSE 1 END
       OR status NOT IN ('REQUESTED', 'PENDING') AND provider_reference IS NOT NULL
         AND updated_at > now() - interval '1 day' AND updated_at < now() - interval '1 minute'
         AND (last_checked_at IS NULL OR last_checked_at < updated_at)
     ORDER BY coalesce(last_checked_at, updated_at) LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${REFUND}`,
);
/** Like `noteCreateFailure`, for a refund's key. */
export const noteRefundFailure = statement(
  'payments.note-refund-failure',
  `UPDATE refund SET key_failed_at = coalesce(key_failed_at, clock_timestamp()) WHERE id = $1 AND key = $2
   RETURNING key_failed_at <= clock_timestamp() - make_interval(secs => $3) AS "isListed"`,
);
/** Conditional on the key that failed, like `renewCreateKey`. */
export const renewRefundKey = statement(
  'payments.renew-refund-key',
  `UPDATE refund SET key = $3, key_failed_at = NULL WHERE id = $1 AND key = $2 AND status = 'REQUESTED'`,
);
export const refundsOfPayment = statement(
  'payments.refunds-of-payment',
  `SELECT ${REFUND} FROM refund WHERE payment_id = $1 ORDER BY created_at, id`,
);
export const refundsByPayment = statement(
  'payments.refunds-by-payment',
  `SELECT ${REFUND}, (SELECT currency FROM payment p WHERE p.id = payment_id) AS currency
   FROM refund WHERE payment_id = ANY($1::uuid[]) ORDER BY created_at, id`,
);
export const insertTheirRefund = statement(
  'payments.insert-their-refund',
  `INSERT INTO refund (id, payment_id, amount, reason, status, provider_reference, key, origin, failure_code)
   VALUES ($1, $2, $3, 'at the provider', $4, $5, 're:' || $1::uuid, 'PROVIDER', $6) ON CONFLICT (provider_reference) DO NOTHING`,
);
/** Ignores what the provider says of another refund than the row's. A new status is checked once more. */
export const markRefund = statement(
  'payments.mark-refund',
  `UPDATE refund SET status = $2, provider_reference = coalesce(provider_reference, $3), failure_code = $4, updated_at = now(), checks = 0
   WHERE id = $1 AND status <> $2 AND status = ANY($5::text[]) AND ($3::text IS NULL OR provider_reference IS NULL OR provider_reference = $3::text)`,
);

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

const DISPUTE = `d.id, d.payment_id AS "paymentId", d.provider_reference AS "providerReference", d.amount, d.currency, d.reason, d.status,
  d.evidence_due_at AS "evidenceDueAt", d.created_at AS "createdAt", d.updated_at AS "updatedAt", p.order_id AS "orderId", p.provider`;
export const disputeColumns = DISPUTE;
const DISPUTES = 'dispute d JOIN payment p ON p.id = d.payment_id';

export const disputeByReference = statement(
  'payments.dispute-by-reference',
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.provider_reference = $1`,
);
export const disputeById = statement(
  'payments.dispute-by-id',
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.id = $1`,
);
export const disputesByOrder = statement(
  'payments.disputes-by-order',
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE p.order_id = ANY($1::uuid[]) ORDER BY d.created_at, d.id`,
);
export const openDisputes = statement(
  'payments.open-disputes',
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW') ORDER BY d.created_at LIMIT 500`,
);
export const openDisputeOfOrder = statement(
  'payments.open-dispute-of-order',
  `SELECT 1 FROM ${DISPUTES} WHERE p.order_id = $1 AND d.status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW') LIMIT 1`,
);
export const insertDispute = statement(
  'payments.insert-dispute',
  `INSERT INTO dispute (id, payment_id, provider_reference, amount, currency, reason, status, evidence_due_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider_reference) DO NOTHING`,
);
export const updateDispute = statement(
  'payments.update-dispute',
  `UPDATE dispute SET amount = $2, reason = $3, status = $4, evidence_due_at = $5, updated_at = now()
   WHERE id = $1 AND (amount, reason, status, evidence_due_at) IS DISTINCT FROM ($2::bigint, $3, $4, $5::timestamptz)`,
);
