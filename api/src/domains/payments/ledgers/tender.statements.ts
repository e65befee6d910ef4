import { rowOf, statement, t } from '../../../platform/database/database.js';
import { intentKey } from '../idempotency-keys.js';
import { PaymentEntity } from '../payment.entity.js';
import { PAYMENT } from '../payment.statements.js';
import type { StoredTender } from './ledger.js';

/** A tender that is held for an order of which the caller holds the lock, or has just inserted it. */
export const insertTender = statement('payments.insert-tender', {
  params: {
    id: t.uuid,
    orderId: t.uuid,
    amount: t.int,
    currency: t.text,
    tender: t.json<StoredTender>(),
  },
  sql: `INSERT INTO payment (id, order_id, attempt, provider, method, purpose, tender, capture_method, status, amount, currency, create_key)
   SELECT :id::uuid, :orderId::uuid, (SELECT coalesce(max(attempt), 0) + 1 FROM payment WHERE order_id = :orderId::uuid), 'OFFLINE', 'MANUAL',
     'TENDER', :tender, 'AUTOMATIC', 'AUTHORIZED', :amount::bigint, :currency::char(3), ${intentKey(':id::uuid')}`,
});

/** The tenders of a locked order in one of these statuses, in their order. */
export const lockTenders = statement('payments.lock-tenders', {
  params: { orderId: t.uuid, status: t.text },
  row: rowOf(PaymentEntity),
  sql: `SELECT ${PAYMENT} FROM payment WHERE order_id = :orderId AND purpose = 'TENDER' AND status = :status ORDER BY attempt FOR UPDATE`,
});

/** Moves all tenders of a locked order from one status to another. */
export const moveTenders = statement('payments.move-tenders', {
  params: { orderId: t.uuid, from: t.text, to: t.text },
  sql: `UPDATE payment SET status = :to, updated_at = now(), captured_amount = CASE :to::text WHEN 'CAPTURED' THEN amount END,
     captured_at = CASE :to::text WHEN 'CAPTURED' THEN now() END
   WHERE order_id = :orderId AND purpose = 'TENDER' AND status = :from`,
});
