import { statement, t, type ValuesOf } from '../../../platform/database/database.js';
import type { CaptureMethod, ProviderDispute, ProviderIntent, ProviderRefund } from '../port.js';

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

const INTENT_ROW = {
  id: t.text,
  clientSecret: t.text,
  amount: t.int,
  received: t.int,
  currency: t.text,
  metadata: t.json<{ readonly payment_id?: string }>(),
  status: t.textOf<ProviderIntent['status']>(),
  captureMethod: t.textOf<CaptureMethod>(),
  failureCode: t.text.orNull,
  refunded: t.int,
  /** True if a `processing` payment has reached its time to settle. */
  isDue: t.boolean,
};
/** An intent row of the test provider. */
export type IntentRow = ValuesOf<typeof INTENT_ROW>;

// DO UPDATE instead of DO NOTHING, so that the same statement returns an existing row.
export const createIntent = statement('test-provider.create-intent', {
  params: {
    id: t.text,
    idempotencyKey: t.text,
    clientSecret: t.text,
    amount: t.int,
    currency: t.text,
    metadata: t.json<{ payment_id: string; order_id: string }>(),
    captureMethod: t.text,
  },
  row: INTENT_ROW,
  sql: `INSERT INTO test_provider_intent (id, idempotency_key, client_secret, amount, currency, metadata, capture_method)
   VALUES (:id, :idempotencyKey, :clientSecret, :amount, :currency, :metadata, :captureMethod)
   ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = EXCLUDED.idempotency_key
   RETURNING ${INTENT}`,
});

export const intentById = statement('test-provider.intent', {
  params: { intentReference: t.text },
  row: INTENT_ROW,
  sql: `SELECT ${INTENT} FROM test_provider_intent WHERE id = :intentReference`,
});

export const intentBySecret = statement('test-provider.intent-by-secret', {
  params: { clientSecret: t.text },
  row: INTENT_ROW,
  sql: `SELECT ${INTENT} FROM test_provider_intent WHERE client_secret = :clientSecret`,
});

export const intentByPayment = statement('test-provider.intent-by-payment', {
  params: { paymentId: t.text, since: t.timestamp },
  row: INTENT_ROW,
  sql: `SELECT ${INTENT} FROM test_provider_intent WHERE metadata ->> 'payment_id' = :paymentId AND created_at >= :since`,
});

/** Part of a list since a moment, after the reference of the last row that was read. */
const PAGE = { since: t.timestamp, after: t.text };

export const intentsSince = statement('test-provider.intents-since', {
  params: PAGE,
  row: INTENT_ROW,
  sql: `SELECT ${INTENT} FROM test_provider_intent WHERE created_at >= :since AND id > :after ORDER BY id LIMIT 100`,
});

// What a capture takes; `trouble` is that of the card (test-cards.ts).
const captured = (trouble: string): string =>
  `CASE WHEN ${trouble} = 'captured-in-part' THEN amount - greatest(1, amount / 10) ELSE amount END`;

// With manual capture the money is authorized, not captured.
export const confirmIntent = statement('test-provider.confirm-intent', {
  params: {
    clientSecret: t.text,
    status: t.text,
    failureCode: t.text.orNull,
    settleAfterSeconds: t.double,
    trouble: t.text.orNull,
    id: t.text,
  },
  row: INTENT_ROW,
  sql: `WITH paid AS (
     UPDATE test_provider_intent
     SET status = CASE WHEN :status = 'succeeded' AND capture_method = 'MANUAL' THEN 'requires_capture' ELSE :status END, failure_code = :failureCode,
         received = CASE WHEN :status = 'succeeded' AND capture_method = 'AUTOMATIC' THEN ${captured(':trouble::text')} ELSE 0 END,
         settles_at = CASE WHEN :status = 'processing' THEN now() + make_interval(secs => :settleAfterSeconds) END, trouble = :trouble::text
     WHERE client_secret = :clientSecret AND status IN ('requires_payment_method', 'requires_action')
     RETURNING *
   ), disputed AS (
     INSERT INTO test_provider_dispute (id, intent_id, amount, reason, evidence_due_at)
     SELECT :id, id, amount, 'fraudulent', now() + interval '7 days' FROM paid WHERE trouble = 'dispute' AND status = 'succeeded'
   )
   SELECT ${INTENT} FROM paid`,
});

export const settleIntent = statement('test-provider.settle-intent', {
  params: { intentReference: t.text, status: t.text, failureCode: t.text.orNull },
  row: INTENT_ROW,
  sql: `UPDATE test_provider_intent SET status = :status, failure_code = :failureCode, settles_at = NULL,
     received = CASE WHEN :status = 'succeeded' THEN amount ELSE 0 END
   WHERE id = :intentReference AND status = 'processing'
   RETURNING ${INTENT}`,
});

export const cancelIntent = statement('test-provider.cancel-intent', {
  params: { intentReference: t.text },
  row: INTENT_ROW,
  sql: `UPDATE test_provider_intent
   SET status = CASE WHEN status IN ('succeeded', 'processing') THEN status ELSE 'canceled' END
   WHERE id = :intentReference
   RETURNING ${INTENT}`,
});

export const captureIntent = statement('test-provider.capture-intent', {
  params: { intentReference: t.text },
  row: INTENT_ROW,
  sql: `UPDATE test_provider_intent
   SET status = CASE WHEN status = 'requires_capture' THEN 'succeeded' ELSE status END,
       received = CASE WHEN status = 'requires_capture' THEN ${captured('trouble')} ELSE received END
   WHERE id = :intentReference
   RETURNING ${INTENT}`,
});

/** Disputes that a test card opened by itself; they have no webhook. */
export const cardDisputesSince = statement('test-provider.card-disputes-since', {
  params: { since: t.timestamp },
  row: { id: t.text, status: t.textOf<ProviderDispute['status']>() },
  sql: `SELECT d.id, d.status FROM test_provider_dispute d JOIN test_provider_intent i ON i.id = d.intent_id
   WHERE i.trouble = 'dispute' AND i.created_at >= :since ORDER BY d.id`,
});

const REFUND_ROW = {
  reference: t.text,
  status: t.textOf<'pending' | 'succeeded' | 'failed' | 'canceled'>(),
  intentReference: t.text.orNull,
  amount: t.int,
  refundId: t.text.orNull,
  failureCode: t.text.orNull,
  currency: t.text,
};

// One statement: the amount is deducted from the refundable rest, or no refund is created. A key that was used
// meanwhile violates the unique constraint, which reverts the deduction as well.
export const createRefund = statement('test-provider.create-refund', {
  params: {
    id: t.text,
    idempotencyKey: t.text,
    intentReference: t.text,
    amount: t.int,
    currency: t.text,
    refundId: t.text,
  },
  row: REFUND_ROW,
  sql: `WITH taken AS (
     UPDATE test_provider_intent SET refunded = refunded + :amount
     WHERE id = :intentReference AND status = 'succeeded' AND currency = :currency AND refunded + :amount <= received
       AND NOT EXISTS (SELECT 1 FROM test_provider_dispute d WHERE d.intent_id = :intentReference AND d.status <> 'WON')
     RETURNING id
   ), r AS (
     INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount, refund_id)
     SELECT :id, :idempotencyKey, taken.id, :amount, :refundId FROM taken
     RETURNING *
   )
   SELECT ${REFUND} FROM r`,
});

// A refund to a card that cannot receive it fails a while later, and its amount becomes refundable again.
export const failDueRefunds = statement('test-provider.fail-due-refunds', {
  params: { settleAfterSeconds: t.double },
  sql: `WITH failed AS (
     UPDATE test_provider_refund r SET status = 'failed', failure_code = 'expired_or_canceled_card'
     FROM test_provider_intent i
     WHERE i.id = r.intent_id AND i.trouble = 'refund-fails' AND r.status = 'succeeded' AND r.created_at < now() - make_interval(secs => :settleAfterSeconds)
     RETURNING r.intent_id, r.amount
   )
   UPDATE test_provider_intent i SET refunded = i.refunded - f.amount
   FROM (SELECT intent_id, sum(amount)::bigint AS amount FROM failed GROUP BY 1) f WHERE f.intent_id = i.id`,
});

export const refundById = statement('test-provider.refund', {
  params: { refundReference: t.text },
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} FROM test_provider_refund r WHERE r.id = :refundReference`,
});

export const refundByKey = statement('test-provider.refund-by-key', {
  params: { key: t.text },
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} FROM test_provider_refund r WHERE r.idempotency_key = :key`,
});

export const refundsOfIntent = statement('test-provider.refunds-of-intent', {
  params: { intentReference: t.text },
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} FROM test_provider_refund r WHERE r.intent_id = :intentReference ORDER BY r.created_at, r.id`,
});

export const refundsSince = statement('test-provider.refunds-since', {
  params: PAGE,
  row: REFUND_ROW,
  sql: `SELECT ${REFUND} FROM test_provider_refund r WHERE r.created_at >= :since AND r.id > :after ORDER BY r.id LIMIT 100`,
});

const DISPUTE_ROW = {
  reference: t.text,
  intentReference: t.text.orNull,
  amount: t.int,
  reason: t.text,
  status: t.textOf<'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST'>(),
  evidenceDueAt: t.timestamp.orNull,
  currency: t.text,
};

export const disputeById = statement('test-provider.dispute', {
  params: { disputeReference: t.text },
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM test_provider_dispute d WHERE d.id = :disputeReference`,
});

export const disputesSince = statement('test-provider.disputes-since', {
  params: PAGE,
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM test_provider_dispute d WHERE d.created_at >= :since AND d.id > :after ORDER BY d.id LIMIT 100`,
});

export const isDisputed = statement('test-provider.is-disputed', {
  params: { intentId: t.text },
  row: { found: t.int },
  sql: `SELECT 1 AS found FROM test_provider_dispute WHERE intent_id = :intentId AND status <> 'WON'`,
});
