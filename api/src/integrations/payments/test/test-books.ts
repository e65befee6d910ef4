import { statement } from '../../../platform/database/database.js';
import type { ProviderIntent } from '../port.js';

/** A row of the test provider's books. */
export interface IntentRow {
  readonly id: string;
  readonly clientSecret: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: { readonly payment_id?: string };
  readonly status: ProviderIntent['status'];
  readonly failureCode: string | null;
  readonly refunded: number;
  /** The bank has had its time with a `processing` payment. */
  readonly isDue: boolean;
}

const INTENT = `id, client_secret AS "clientSecret", amount, currency, metadata, status, failure_code AS "failureCode",
  refunded, coalesce(settles_at <= now(), false) AS "isDue"`;
const REFUND = 'id AS "reference", status';

// DO UPDATE instead of DO NOTHING: only so does the row that was there first come back, in the same statement.
export const createIntent = statement(
  'test-provider.create-intent',
  `INSERT INTO test_provider_intent (id, idempotency_key, client_secret, amount, currency, metadata)
   VALUES ($1, $2, $3, $4, $5, $6)
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

export const confirmIntent = statement(
  'test-provider.confirm-intent',
  `UPDATE test_provider_intent
   SET status = $2, failure_code = $3,
       settles_at = CASE WHEN $2 = 'processing' THEN now() + make_interval(secs => $4) END
   WHERE client_secret = $1 AND status IN ('requires_payment_method', 'requires_action')
   RETURNING ${INTENT}`,
);

export const settleIntent = statement(
  'test-provider.settle-intent',
  `UPDATE test_provider_intent SET status = $2, failure_code = $3, settles_at = NULL
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

// One statement: the amount is taken from what is left, or no refund is made. A key that was used meanwhile breaks
// the unique constraint, which undoes the taking as well.
export const createRefund = statement(
  'test-provider.create-refund',
  `WITH taken AS (
     UPDATE test_provider_intent SET refunded = refunded + $4
     WHERE id = $3 AND status = 'succeeded' AND currency = $5 AND refunded + $4 <= amount
     RETURNING id
   )
   INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount)
   SELECT $1, $2, taken.id, $4 FROM taken
   RETURNING ${REFUND}`,
);

export const refundById = statement(
  'test-provider.refund',
  `SELECT ${REFUND} FROM test_provider_refund WHERE id = $1`,
);

export const refundByKey = statement(
  'test-provider.refund-by-key',
  `SELECT ${REFUND}, intent_id AS "intentId", amount FROM test_provider_refund WHERE idempotency_key = $1`,
);
