import { statement } from '../../../platform/database/database.js';
import { IS_OPEN_DISPUTE } from '../payment-states.js';

const DISPUTE = `d.id, d.payment_id AS "paymentId", d.provider_reference AS "providerReference", d.amount, d.currency, d.reason, d.status,
  d.evidence_due_at AS "evidenceDueAt", d.created_at AS "createdAt", d.updated_at AS "updatedAt", p.order_id AS "orderId", p.provider`;
export const disputeColumns = DISPUTE;
const DISPUTES = 'dispute d JOIN payment p ON p.id = d.payment_id';

/** Within one payment: two providers may use the same reference. */
export const disputeByReference = statement(
  'payments.dispute-by-reference',
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.payment_id = $1 AND d.provider_reference = $2`,
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
  `SELECT ${DISPUTE} FROM ${DISPUTES} WHERE d.status ${IS_OPEN_DISPUTE} ORDER BY d.created_at LIMIT 500`,
);
export const openDisputeOfOrder = statement(
  'payments.open-dispute-of-order',
  `SELECT 1 FROM ${DISPUTES} WHERE p.order_id = $1 AND d.status ${IS_OPEN_DISPUTE} LIMIT 1`,
);
export const insertDispute = statement(
  'payments.insert-dispute',
  `INSERT INTO dispute (id, payment_id, provider_reference, amount, currency, reason, status, evidence_due_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider_reference, payment_id) DO NOTHING`,
);
export const updateDispute = statement(
  'payments.update-dispute',
  `UPDATE dispute SET amount = $2, reason = $3, status = $4, evidence_due_at = $5, updated_at = now()
   WHERE id = $1 AND (amount, reason, status, evidence_due_at) IS DISTINCT FROM ($2::bigint, $3, $4, $5::timestamptz)`,
);
