import { statement } from '../../platform/database/database.js';
import { intentKey } from './idempotency-keys.js';
import { IS_OPEN_PAYMENT } from './payment-states.js';

export const PAYMENT = `id, order_id AS "orderId", attempt, provider, method, purpose, order_edit_id AS "orderEditId",
  capture_method AS "captureMethod", captured_amount AS "capturedAmount", captured_at AS "capturedAt", status, amount, currency,
  provider_reference AS "providerReference", create_key AS "createKey", key_failed_at AS "keyFailedAt", failure_code AS "failureCode",
  last_checked_at AS "lastCheckedAt", checks, asked_at AS "askedAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The payment that counts for an order: the one still open, else the captured one, else the newest. */
export const currentPayment = statement(
  'payments.current',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1
   ORDER BY (status ${IS_OPEN_PAYMENT}) DESC, (status = 'CAPTURED') DESC, attempt DESC LIMIT 1`,
);
export const openPayment = statement(
  'payments.open',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND status ${IS_OPEN_PAYMENT}`,
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
     WHERE provider <> 'OFFLINE' AND status ${IS_OPEN_PAYMENT}
       AND coalesce(last_checked_at, updated_at) < now() - $1::interval * least(power(2, checks), 64)
     ORDER BY updated_at LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${PAYMENT}`,
);

/** Attempts are counted under the order's lock. */
export const insertPayment = statement(
  'payments.insert',
  `INSERT INTO payment (id, order_id, attempt, provider, method, purpose, order_edit_id, capture_method, status, amount, currency, create_key)
   SELECT $1::uuid, $2::uuid, (SELECT coalesce(max(attempt), 0) + 1 FROM payment WHERE order_id = $2::uuid), $3, $4,
     CASE WHEN $5::uuid IS NULL THEN 'ORDER' ELSE 'EDIT' END, $5::uuid, $6, $7, $8::bigint, $9::char(3), ${intentKey('$1::uuid')}
   RETURNING ${PAYMENT}`,
);
/** Newest first: refunds use the last payment first. */
export const lockCaptured = statement(
  'payments.lock-captured',
  `SELECT ${PAYMENT} FROM payment WHERE order_id = $1 AND status = 'CAPTURED' ORDER BY attempt DESC FOR UPDATE`,
);
