import { statement } from '../../../platform/database/database.js';
import { refundKey } from '../idempotency-keys.js';
import { IS_LIVE_REFUND, IS_OPEN_DISPUTE } from '../payment-states.js';

const REFUND = `id, payment_id AS "paymentId", amount, reason, status, provider_reference AS "providerReference", key, origin,
  key_failed_at AS "keyFailedAt", failure_code AS "failureCode", order_refund_id AS "orderRefundId", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What can no longer be refunded of a payment, and whether the bank is still deciding. */
export const moneyGone = statement(
  'payments.money-gone',
  `SELECT
     (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = $1 AND status ${IS_LIVE_REFUND})::bigint
       + (SELECT coalesce(sum(amount), 0) FROM dispute WHERE payment_id = $1 AND status = 'LOST')::bigint AS gone,
     EXISTS (SELECT 1 FROM dispute WHERE payment_id = $1 AND status ${IS_OPEN_DISPUTE}) AS "isDisputed"`,
);
export const insertRefund = statement(
  'payments.insert-refund',
  `INSERT INTO refund (id, payment_id, amount, reason, key, status, order_refund_id) VALUES ($1, $2, $3, $4, ${refundKey('$1::uuid')}, $5, $6)`,
);
export const refundById = statement('payments.refund-by-id', `SELECT ${REFUND} FROM refund WHERE id = $1`);
/** Two providers may use the same reference. */
export const refundByReference = statement(
  'payments.refund-by-reference',
  `SELECT ${REFUND} FROM refund
   WHERE provider_reference = $2 AND (SELECT provider FROM payment p WHERE p.id = payment_id) = $1`,
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
   VALUES ($1, $2, $3, 'at the provider', $4, $5, ${refundKey('$1::uuid')}, 'PROVIDER', $6) ON CONFLICT (provider_reference, payment_id) DO NOTHING`,
);
/** Ignores what the provider says of another refund than the row's. A new status is checked once more. */
export const markRefund = statement(
  'payments.mark-refund',
  `UPDATE refund SET status = $2, provider_reference = coalesce(provider_reference, $3), failure_code = $4, updated_at = now(), checks = 0
   WHERE id = $1 AND status <> $2 AND status = ANY($5::text[]) AND ($3::text IS NULL OR provider_reference IS NULL OR provider_reference = $3::text)`,
);
