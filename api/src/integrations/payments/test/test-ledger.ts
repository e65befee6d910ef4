import { statement } from '../../../platform/database/database.js';
import type { CaptureMethod, ProviderDispute, ProviderIntent, ProviderRefund } from '../port.js';

/** An intent row of the test provider. */
export interface IntentRow {
  readonly id: string;
  readonly clientSecret: string;
  readonly amount: number;
  readonly received: number;
  readonly currency: string;
  readonly metadata: { readonly payment_id?: string };
  readonly status: ProviderIntent['status'];
  readonly captureMethod: CaptureMethod;
  readonly failureCode: string | null;
  readonly refunded: number;
  /** True if a `processing` payment has reached its time to settle. */
  readonly isDue: boolean;
}

export interface RefundRow extends Omit<ProviderRefund, 'amount'> {
  readonly amount: number;
  readonly currency: string;
}

export interface DisputeRow extends Omit<ProviderDispute, 'amount'> {
  readonly amount: number;
  readonly currency: string;
}

const INTENT = `id, client_secret AS "clientSecret", amount, received, currency, metadata, status, capture_method AS "captureMethod",
  failure_code AS "failureCode", refunded, coalesce(settles_at <= now(), false) AS "isDue"`;
const REFUND = `r.id AS reference, r.status, r.intent_id AS "intentReference", r.amount, r.refund_id AS "refundId",
  r.failure_code AS "failureCode", (SELECT i.currency FROM test_provider_intent i WHERE i.id = r.intent_id) AS currency`;
const DISPUTE = `d.id AS reference, d.intent_id AS "intentReference", d.amount, d.reason, d.status, d.evidence_due_at AS "evidenceDueAt",
  (SELECT i.currency FROM test_provider_intent i WHERE i.id = d.intent_id) AS currency`;

// DO UPDATE instead of DO NOTHING, so that the same statement returns an existing row.
export const createIntent = statement(
  'test-provider.create-intent',
  `INSERT INTO test_provider_intent (id, idempotency_key, client_secret, amount, currency, metadata, capture_method)
   VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = EXCLUDED.idempotency_key
   RETURNING ${INTENT}`,
);

export const intentById = statement(
  'test-provider.intent',
  `SELECT ${INTENT} FROM test_provider_intent WHERE id = $1`,
);

export const intentBySecret = statement(
  'test-provider.intent-by-secret',
  `SELECT ${INTENT} FROM test_provider_intent WHERE client_secret = $1`,
);

export const intentByPayment = statement(
  'test-provider.intent-by-payment',
  `SELECT ${INTENT} FROM test_provider_intent WHERE metadata ->> 'payment_id' = $1 AND created_at >= $2`,
);

export const intentsSince = statement(
  'test-provider.intents-since',
  `SELECT ${INTENT} FROM test_provider_intent WHERE created_at >= $1 AND id > $2 ORDER BY id LIMIT 100`,
);

// With manual capture the money is authorized, not captured.
export const confirmIntent = statement(
  'test-provider.confirm-intent',
  `WITH paid AS (
     UPDATE test_provider_intent
     SET status = CASE WHEN $2 = 'succeeded' AND capture_method = 'MANUAL' THEN 'requires_capture' ELSE $2 END, failure_code = $3,
         received = CASE WHEN $2 = 'succeeded' AND capture_method = 'AUTOMATIC' THEN amount ELSE 0 END,
         settles_at = CASE WHEN $2 = 'processing' THEN now() + make_interval(secs => $4) END, trouble = $5
     WHERE client_secret = $1 AND status IN ('requires_payment_method', 'requires_action')
     RETURNING *
   ), disputed AS (
     INSERT INTO test_provider_dispute (id, intent_id, amount, reason, evidence_due_at)
     SELECT $6, id, amount, 'fraudulent', now() + interval '7 days' FROM paid WHERE trouble = 'dispute' AND status = 'succeeded'
   )
   SELECT ${INTENT} FROM paid`,
);

export const settleIntent = statement(
  'test-provider.settle-intent',
  `UPDATE test_provider_intent SET status = $2, failure_code = $3, settles_at = NULL,
     received = CASE WHEN $2 = 'succeeded' THEN amount ELSE 0 END
   WHERE id = $1 AND status = 'processing'
   RETURNING ${INTENT}`,
);

export const cancelIntent = statement(
  'test-provider.cancel-intent',
  `UPDATE test_provider_intent
   SET status = CASE WHEN status IN ('succeeded', 'processing') THEN status ELSE 'canceled' END
   WHERE id = $1
   RETURNING ${INTENT}`,
);

export const captureIntent = statement(
  'test-provider.capture-intent',
  `UPDATE test_provider_intent
   SET status = CASE WHEN status = 'requires_capture' THEN 'succeeded' ELSE status END,
       received = CASE WHEN status = 'requires_capture' THEN amount ELSE received END
   WHERE id = $1
   RETURNING ${INTENT}`,
);

/** Disputes that a test card opened by itself; they have no webhook. */
export const cardDisputesSince = statement(
  'test-provider.card-disputes-since',
  `SELECT d.id, d.status FROM test_provider_dispute d JOIN test_provider_intent i ON i.id = d.intent_id
   WHERE i.trouble = 'dispute' AND i.created_at >= $1 ORDER BY d.id`,
);

// One statement: the amount is deducted from the refundable rest, or no refund is created. A key that was used
// meanwhile violates the unique constraint, which reverts the deduction as well.
export const createRefund = statement(
  'test-provider.create-refund',
  `WITH taken AS (
     UPDATE test_provider_intent SET refunded = refunded + $4
     WHERE id = $3 AND status = 'succeeded' AND currency = $5 AND refunded + $4 <= received
       AND NOT EXISTS (SELECT 1 FROM test_provider_dispute d WHERE d.intent_id = $3 AND d.status <> 'WON')
     RETURNING id
   ), r AS (
     INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount, refund_id)
     SELECT $1, $2, taken.id, $4, $6 FROM taken
     RETURNING *
   )
   SELECT ${REFUND} FROM r`,
);

// A refund to a card that cannot receive it fails a while later, and its amount becomes refundable again.
export const failDueRefunds = statement(
  'test-provider.fail-due-refunds',
  `WITH failed AS (
     UPDATE test_provider_refund r SET status = 'failed', failure_code = 'expired_or_canceled_card'
     FROM test_provider_intent i
     WHERE i.id = r.intent_id AND i.trouble = 'refund-fails' AND r.status = 'succeeded' AND r.created_at < now() - make_interval(secs => $1)
     RETURNING r.intent_id, r.amount
   )
   UPDATE test_provider_intent i SET refunded = i.refunded - f.amount
   FROM (SELECT intent_id, sum(amount)::bigint AS amount FROM failed GROUP BY 1) f WHERE f.intent_id = i.id`,
);

export const refundById = statement(
  'test-provider.refund',
  `SELECT ${REFUND} FROM test_provider_refund r WHERE r.id = $1`,
);

export const refundByKey = statement(
  'test-provider.refund-by-key',
  `SELECT ${REFUND} FROM test_provider_refund r WHERE r.idempotency_key = $1`,
);

export const refundsOfIntent = statement(
  'test-provider.refunds-of-intent',
  `SELECT ${REFUND} FROM test_provider_refund r WHERE r.intent_id = $1 ORDER BY r.created_at, r.id`,
);

export const refundsSince = statement(
  'test-provider.refunds-since',
  `SELECT ${REFUND} FROM test_provider_refund r WHERE r.created_at >= $1 AND r.id > $2 ORDER BY r.id LIMIT 100`,
);

export const disputeById = statement(
  'test-provider.dispute',
  `SELECT ${DISPUTE} FROM test_provider_dispute d WHERE d.id = $1`,
);

export const disputesSince = statement(
  'test-provider.disputes-since',
  `SELECT ${DISPUTE} FROM test_provider_dispute d WHERE d.created_at >= $1 AND d.id > $2 ORDER BY d.id LIMIT 100`,
);

export const isDisputed = statement(
  'test-provider.is-disputed',
  `SELECT 1 FROM test_provider_dispute WHERE intent_id = $1 AND status <> 'WON'`,
);
