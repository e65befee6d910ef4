import type { ProviderName } from '../../../integrations/payments/port.js';
import { DisputeEntity } from '../payment.entity.js';
import { statement, t, rowOf } from '../../../platform/database/database.js';
import { IS_OPEN_DISPUTE } from '../payment-states.js';

const DISPUTE = `d.id, d.payment_id AS "paymentId", d.provider_reference AS "providerReference", d.amount, d.currency, d.reason, d.status,
  d.evidence_due_at AS "evidenceDueAt", d.created_at AS "createdAt", d.updated_at AS "updatedAt", p.order_id AS "orderId", p.provider`;
export const disputeColumns = DISPUTE;
/** The row of `disputeColumns`. */
export const DISPUTE_ROW = {
  ...rowOf(DisputeEntity),
  orderId: t.uuid,
  provider: t.textOf<ProviderName>(),
};
const DISPUTES = 'dispute d JOIN payment p ON p.id = d.payment_id';

/** Within one payment: two providers may use the same reference. */
export const disputeByReference = statement('payments.dispute-by-reference', {
  params: { paymentId: t.uuid, reference: t.text },
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.payment_id = :paymentId AND d.provider_reference = :reference`,
});
export const disputeById = statement('payments.dispute-by-id', {
  params: { id: t.uuid },
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.id = :id`,
});
export const disputesByOrder = statement('payments.disputes-by-order', {
  params: { ids: t.uuids },
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE p.order_id = ANY(:ids::uuid[]) ORDER BY d.created_at, d.id`,
});
export const openDisputes = statement('payments.open-disputes', {
  row: DISPUTE_ROW,
  sql: `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.status ${IS_OPEN_DISPUTE} ORDER BY d.created_at LIMIT 500`,
});
export const openDisputeOfOrder = statement('payments.open-dispute-of-order', {
  params: { orderId: t.uuid },
  row: { '?column?': t.int },
  sql: `SELECT 1 FROM ${DISPUTES} WHERE p.order_id = :orderId AND d.status ${IS_OPEN_DISPUTE} LIMIT 1`,
});
export const insertDispute = statement('payments.insert-dispute', {
  params: {
    id: t.uuid,
    paymentId: t.uuid,
    reference: t.text,
    amount: t.int,
    currency: t.text,
    reason: t.text,
    status: t.text,
    evidenceDueAt: t.timestamp.orNull,
  },
  sql: `INSERT INTO dispute (id, payment_id, provider_reference, amount, currency, reason, status, evidence_due_at)
   VALUES (:id, :paymentId, :reference, :amount, :currency, :reason, :status, :evidenceDueAt) ON CONFLICT (provider_reference, payment_id) DO NOTHING`,
});
export const updateDispute = statement('payments.update-dispute', {
  params: {
    knownId: t.uuid,
    amount: t.int,
    reason: t.text,
    status: t.text,
    evidenceDueAt: t.timestamp.orNull,
  },
  sql: `UPDATE dispute SET amount = :amount, reason = :reason, status = :status, evidence_due_at = :evidenceDueAt, updated_at = now()
   WHERE id = :knownId AND (amount, reason, status, evidence_due_at) IS DISTINCT FROM (:amount::bigint, :reason, :status, :evidenceDueAt::timestamptz)`,
});
