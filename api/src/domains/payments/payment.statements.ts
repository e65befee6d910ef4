import { PaymentEntity } from './payment.entity.js';
import { statement, t, rowOf } from '../../platform/database/database.js';
import { intentKey } from './idempotency-keys.js';
import { IS_OPEN_PAYMENT } from './payment-states.js';

export const PAYMENT = `id, order_id AS "orderId", attempt, provider, method, purpose, order_edit_id AS "orderEditId", tender,
  capture_method AS "captureMethod", captured_amount AS "capturedAmount", captured_at AS "capturedAt", status, amount, currency,
  provider_reference AS "providerReference", create_key AS "createKey", key_failed_at AS "keyFailedAt", failure_code AS "failureCode",
  last_checked_at AS "lastCheckedAt", checks, asked_at AS "askedAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

/**
 * The payment that counts for an order: the one still open, else the captured one, else the newest. Tenders are none:
 * they move with their order.
 */
export const currentPayment = statement('payments.current', {
  params: { orderId: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND purpose <> 'TENDER'
   ORDER BY (status ${IS_OPEN_PAYMENT}) DESC, (status = 'CAPTURED') DESC, attempt DESC LIMIT 1`,
});
export const openPayment = statement('payments.open', {
  params: { orderId: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND status ${IS_OPEN_PAYMENT} AND purpose <> 'TENDER'`,
});
/** A payment by bank transfer that has not come in yet; no row when there is none. */
export const awaitedTransfer = statement('payments.awaited-transfer', {
  row: { found: t.int },
  sql: `SELECT 1 AS found FROM payment WHERE method = 'BANK_TRANSFER' AND status ${IS_OPEN_PAYMENT} LIMIT 1`,
});
export const paymentById = statement('payments.by-id', {
  params: { paymentId: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE id = :paymentId`,
});
export const paymentByReference = statement('payments.by-reference', {
  params: { provider: t.text, reference: t.text },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE provider = :provider AND provider_reference = :reference`,
});
export const lockPayment = statement('payments.lock', {
  params: { id: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE id = :id FOR UPDATE`,
});
export const paymentsByOrder = statement('payments.by-order', {
  params: { ids: t.uuids },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = ANY(:ids::uuid[]) ORDER BY attempt`,
});

export const lockAuthorized = statement('payments.lock-authorized', {
  params: { orderId: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND status = 'AUTHORIZED' AND purpose <> 'TENDER' FOR UPDATE`,
});
/** $2: whether a cancelled one may still be received, because its order expired. */
export const lockOffline = statement('payments.lock-offline', {
  params: { orderId: t.uuid, late: t.boolean },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND provider = 'OFFLINE' AND purpose <> 'TENDER'
     AND (status = 'PENDING' OR status = 'CANCELLED' AND :late::boolean)
   ORDER BY status = 'PENDING' DESC, attempt DESC LIMIT 1 FOR UPDATE`,
});
export const openOffline = statement('payments.open-offline', {
  params: { orderId: t.uuid },
  row: { id: t.uuid },
  sql: `SELECT id FROM payment WHERE order_id = :orderId AND provider = 'OFFLINE' AND status = 'PENDING'`,
});
export const paymentsSince = statement('payments.since', {
  params: { name: t.text, since: t.timestamp },
  row: rowOf(PaymentEntity, ['id', 'orderId', 'status', 'providerReference']),
  sql: `SELECT id, order_id AS "orderId", status, provider_reference AS "providerReference" FROM payment
   WHERE provider = :name AND created_at >= :since AND provider_reference IS NOT NULL`,
});

/** Every transition is conditional on the present status: no row means that a concurrent transaction was first. */
export const markPending = statement('payments.mark-pending', {
  params: { paymentId: t.uuid, reference: t.text },
  sql: `UPDATE payment SET status = 'PENDING', provider_reference = :reference, updated_at = now() WHERE id = :paymentId AND status = 'CREATING'`,
});
export const markState = statement('payments.mark-state', {
  params: {
    paymentId: t.uuid,
    to: t.text,
    reference: t.text.orNull,
    failure: t.text.orNull,
    statuss: t.texts,
    capturedAmount: t.int.orNull,
  },
  sql: `UPDATE payment SET status = :to, provider_reference = coalesce(provider_reference, :reference), failure_code = :failure, updated_at = now(),
     captured_amount = :capturedAmount::bigint, captured_at = CASE WHEN :capturedAmount::bigint IS NOT NULL THEN now() END
   WHERE id = :paymentId AND status = ANY(:statuss::text[])`,
});

/**
 * This amount is accepted as the price of the order, and what went back of its payments before is no refund of that
 * price. Requires the locks of order and payments.
 */
export const markAccepted = statement('payments.mark-accepted', {
  params: { paymentId: t.uuid, amount: t.int },
  sql: `WITH before AS (
     UPDATE refund r SET precedes_price = true FROM payment p, payment a
     WHERE a.id = :paymentId AND p.order_id = a.order_id AND r.payment_id = p.id AND r.status = 'SUCCEEDED')
   UPDATE payment SET accepted_at = clock_timestamp(), accepted_amount = :amount, updated_at = now() WHERE id = :paymentId AND status = 'CAPTURED' AND accepted_at IS NULL`,
});

/**
 * Notes when the provider was first seen to replay a failure for this key; no row when another key is in use by now.
 */
export const noteCreateFailure = statement('payments.note-create-failure', {
  params: { id: t.uuid, createKey: t.text, listLagSeconds: t.double },
  row: { isListed: t.boolean },
  sql: `UPDATE payment SET key_failed_at = coalesce(key_failed_at, clock_timestamp()) WHERE id = :id AND create_key = :createKey
   RETURNING key_failed_at <= clock_timestamp() - make_interval(secs => :listLagSeconds) AS "isListed"`,
});
/**
 * Conditional on the key that failed: of several processes that see the failure, one sets the new key and all use it.
 */
export const renewCreateKey = statement('payments.renew-create-key', {
  params: { id: t.uuid, createKey: t.text, nextKey: t.text },
  sql: `UPDATE payment SET create_key = :nextKey, key_failed_at = NULL WHERE id = :id AND create_key = :createKey AND status = 'CREATING'`,
});

/** Claims the right to ask the provider for a buyer's page: one process gets it every so many seconds. */
export const claimAsking = statement('payments.claim-asking', {
  params: { id: t.uuid, everySeconds: t.double },
  sql: `UPDATE payment SET asked_at = clock_timestamp()
   WHERE id = :id AND (asked_at IS NULL OR asked_at <= clock_timestamp() - make_interval(secs => :everySeconds))`,
});

/**
 * Claims the capture of an authorized payment for so many seconds; no row while another request holds the claim. The
 * time is returned as text, to the microsecond.
 */
export const claimCapture = statement('payments.claim-capture', {
  params: { paymentId: t.uuid, claimSeconds: t.double },
  row: { turn: t.text },
  sql: `UPDATE payment SET capturing_until = clock_timestamp() + make_interval(secs => :claimSeconds)
   WHERE id = :paymentId AND status = 'AUTHORIZED' AND (capturing_until IS NULL OR capturing_until <= clock_timestamp())
   RETURNING capturing_until::text AS turn`,
});
/** Ends only the caller's own claim: after its time another request may hold one. */
export const endCapture = statement('payments.end-capture', {
  params: { paymentId: t.uuid, turn: t.timestampText },
  sql: 'UPDATE payment SET capturing_until = NULL WHERE id = :paymentId AND capturing_until = :turn::timestamptz',
});

/** Payments without a final status, checked at growing intervals. */
export const claimUnfinished = statement('payments.claim-unfinished', {
  params: { firstWait: t.interval },
  row: rowOf(PaymentEntity),
  sql: `UPDATE payment SET last_checked_at = now(), checks = checks + 1
   WHERE id IN (
     SELECT id FROM payment
     WHERE provider <> 'OFFLINE' AND status ${IS_OPEN_PAYMENT}
       AND coalesce(last_checked_at, updated_at) < now() - :firstWait::interval * least(power(2, checks), 64)
     ORDER BY updated_at LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${PAYMENT}`,
});

/** Attempts are counted under the order's lock. */
export const insertPayment = statement('payments.insert', {
  params: {
    id: t.uuid,
    orderId: t.uuid,
    provider: t.text,
    method: t.text,
    orderEditId: t.uuid.orNull,
    captureMethod: t.text,
    status: t.text,
    amount: t.int,
    currency: t.text,
  },
  row: rowOf(PaymentEntity),
  sql: `INSERT INTO payment (id, order_id, attempt, provider, method, purpose, order_edit_id, capture_method, status, amount, currency, create_key)
   SELECT :id::uuid, :orderId::uuid, (SELECT coalesce(max(attempt), 0) + 1 FROM payment WHERE order_id = :orderId::uuid), :provider, :method,
     CASE WHEN :orderEditId::uuid IS NULL THEN 'ORDER' ELSE 'EDIT' END, :orderEditId::uuid, :captureMethod, :status, :amount::bigint, :currency::char(3), ${intentKey(':id::uuid')}
   RETURNING ${PAYMENT}`,
});
/** Newest first, tenders last: refunds use the last payment first. */
export const lockCaptured = statement('payments.lock-captured', {
  params: { orderId: t.uuid },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND status = 'CAPTURED'
   ORDER BY purpose = 'TENDER', attempt DESC FOR UPDATE`,
});
