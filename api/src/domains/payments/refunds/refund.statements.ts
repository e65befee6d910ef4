import { RefundEntity } from '../payment.entity.js';
import { statement, t, rowOf } from '../../../platform/database/database.js';
import { refundKey } from '../idempotency-keys.js';
import { IS_LIVE_REFUND, IS_OPEN_DISPUTE } from '../payment-states.js';

const REFUND = `id, payment_id AS "paymentId", amount, reason, status, provider_reference AS "providerReference", key, origin,
  key_failed_at AS "keyFailedAt", failure_code AS "failureCode", order_refund_id AS "orderRefundId", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What can no longer be refunded of a payment, and whether the bank is still deciding. */
export const moneyGone = statement('payments.money-gone', {
  params: { paymentId: t.uuid },
  row: { gone: t.int, isDisputed: t.boolean },
  sql: `SELECT
     (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = :paymentId AND status ${IS_LIVE_REFUND})::bigint
       + (SELECT coalesce(sum(amount), 0) FROM dispute WHERE payment_id = :paymentId AND status = 'LOST')::bigint AS gone,
     EXISTS (SELECT 1 FROM dispute WHERE payment_id = :paymentId AND status ${IS_OPEN_DISPUTE}) AS "isDisputed"`,
});
export const insertRefund = statement('payments.insert-refund', {
  params: {
    id: t.uuid,
    paymentId: t.uuid,
    amount: t.int,
    reason: t.text,
    status: t.text,
    orderRefundId: t.uuid.orNull,
  },
  sql: `INSERT INTO refund (id, payment_id, amount, reason, key, status, order_refund_id) VALUES (:id, :paymentId, :amount, :reason, ${refundKey(':id::uuid')}, :status, :orderRefundId)`,
});
export const refundById = statement('payments.refund-by-id', {
  params: { refundId: t.uuid },
  row: rowOf(RefundEntity),
  sql: `SELECT ${REFUND} FROM refund WHERE id = :refundId`,
});
/** Two providers may use the same reference. */
export const refundByReference = statement('payments.refund-by-reference', {
  params: { name: t.text, reference: t.text },
  row: rowOf(RefundEntity),
  sql: `SELECT ${REFUND} FROM refund
   WHERE provider_reference = :reference AND (SELECT provider FROM payment p WHERE p.id = payment_id) = :name`,
});
/**
 * Refunds without a final status, in turn; those that wait for a bank at growing intervals, so that they do not delay
 * others. A refund that has just become final is checked once more: the reading that said so may have begun before
 * another one that was written first.
 */
export const claimOpenRefunds = statement('payments.claim-open-refunds', {
  row: rowOf(RefundEntity),
  sql: `UPDATE refund SET last_checked_at = now(), checks = checks + 1
   WHERE id IN (
     SELECT id FROM refund
     WHERE status IN ('REQUESTED', 'PENDING') AND coalesce(last_checked_at, updated_at) < now() - interval '1 minute'
         * CASE WHEN status = 'PENDING' THEN least(power(2, greatest(checks - 1, 0)), 64) ELSE 1 END
       OR status NOT IN ('REQUESTED', 'PENDING') AND provider_reference IS NOT NULL
         AND updated_at > now() - interval '1 day' AND updated_at < now() - interval '1 minute'
         AND (last_checked_at IS NULL OR last_checked_at < updated_at)
     ORDER BY coalesce(last_checked_at, updated_at) LIMIT 50 FOR UPDATE SKIP LOCKED)
   RETURNING ${REFUND}`,
});
/** Like `noteCreateFailure`, for a refund's key. */
export const noteRefundFailure = statement('payments.note-refund-failure', {
  params: { refundId: t.uuid, key: t.text, listLagSeconds: t.double },
  row: { isListed: t.boolean },
  sql: `UPDATE refund SET key_failed_at = coalesce(key_failed_at, clock_timestamp()) WHERE id = :refundId AND key = :key
   RETURNING key_failed_at <= clock_timestamp() - make_interval(secs => :listLagSeconds) AS "isListed"`,
});
/** Conditional on the key that failed, like `renewCreateKey`. */
export const renewRefundKey = statement('payments.renew-refund-key', {
  params: { refundId: t.uuid, key: t.text, nextKey: t.text },
  sql: `UPDATE refund SET key = :nextKey, key_failed_at = NULL WHERE id = :refundId AND key = :key AND status = 'REQUESTED'`,
});
export const refundsOfPayment = statement('payments.refunds-of-payment', {
  params: { paymentId: t.uuid },
  row: rowOf(RefundEntity),
  sql: `SELECT ${REFUND} FROM refund WHERE payment_id = :paymentId ORDER BY created_at, id`,
});
export const refundsByPayment = statement('payments.refunds-by-payment', {
  params: { ids: t.uuids },
  row: { ...rowOf(RefundEntity), currency: t.text },
  sql: `SELECT ${REFUND}, (SELECT currency FROM payment p WHERE p.id = payment_id) AS currency
   FROM refund WHERE payment_id = ANY(:ids::uuid[]) ORDER BY created_at, id`,
});
export const insertTheirRefund = statement('payments.insert-their-refund', {
  params: {
    id: t.uuid,
    paymentId: t.uuid,
    amount: t.int,
    status: t.text,
    reference: t.text,
    failureCode: t.text.orNull,
  },
  sql: `INSERT INTO refund (id, payment_id, amount, reason, status, provider_reference, key, origin, failure_code)
   VALUES (:id, :paymentId, :amount, 'at the provider', :status, :reference, ${refundKey(':id::uuid')}, 'PROVIDER', :failureCode) ON CONFLICT (provider_reference, payment_id) DO NOTHING`,
});
/** Ignores what the provider says of another refund than the row's. A new status is checked once more. */
export const markRefund = statement('payments.mark-refund', {
  params: {
    refundId: t.uuid,
    status: t.text,
    reference: t.text.orNull,
    failureCode: t.text.orNull,
    from: t.texts,
  },
  sql: `UPDATE refund SET status = :status, provider_reference = coalesce(provider_reference, :reference), failure_code = :failureCode, updated_at = now(), checks = 0
   WHERE id = :refundId AND status <> :status AND status = ANY(:from::text[]) AND (:reference::text IS NULL OR provider_reference IS NULL OR provider_reference = :reference::text)`,
});
