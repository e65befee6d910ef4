import { InvoiceEntity } from './invoice.entity.js';
import { printedNumber } from './invoice-number.js';
import type { InvoiceContent, RefundedLine } from './invoice-content.js';
import type { RefundedCharge, RefundedRate } from '../orders/index.js';
import { statement, t, rowOf } from '../../platform/database/database.js';

const INVOICE = `id, series, number, printed_number AS "printedNumber", kind, order_id AS "orderId", source_key AS "sourceKey", content, total_gross AS "totalGross", currency,
  issued_at AS "issuedAt"`;

export const invoiceById = statement('invoicing.invoice', {
  params: { id: t.uuid },
  row: rowOf(InvoiceEntity),
  sql: `SELECT ${INVOICE} FROM invoice WHERE id = :id`,
});

/** Without the content: lists show number and sum. */
export const invoicesByOrder = statement('invoicing.invoices', {
  params: { ids: t.uuids },
  row: rowOf(InvoiceEntity, [
    'id',
    'series',
    'number',
    'printedNumber',
    'kind',
    'orderId',
    'totalGross',
    'currency',
    'issuedAt',
  ]),
  sql: `SELECT id, series, number, printed_number AS "printedNumber", kind, order_id AS "orderId", total_gross AS "totalGross", currency, issued_at AS "issuedAt"
   FROM invoice WHERE order_id = ANY(:ids::uuid[]) ORDER BY order_id, issued_at, number`,
});

/**
 * Every document of an order, oldest first. Requires the order lock, so that no other document is issued meanwhile.
 */
export const issuedFor = statement('invoicing.issued-for', {
  params: { orderId: t.uuid },
  row: rowOf(InvoiceEntity),
  sql: `SELECT ${INVOICE} FROM invoice WHERE order_id = :orderId ORDER BY number`,
});

/**
 * The captured and the refunded money of an order, the surplus of second payments included; and whether it is the
 * amount agreed for the order. Another amount waits for staff, and nothing is sold for it until they accept it as the
 * price.
 */
export const moneyOf = statement('invoicing.money', {
  params: { orderId: t.uuid },
  row: { captured: t.int, returned: t.int, isAgreed: t.boolean },
  sql: `SELECT coalesce(sum(p.captured_amount), 0)::bigint AS captured,
     coalesce(sum((SELECT sum(r.amount) FROM refund r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED')), 0)::bigint AS returned,
     coalesce(bool_or(p.purpose = 'ORDER' AND (p.captured_amount = p.amount OR p.accepted_at IS NOT NULL)
       OR p.purpose = 'TENDER' AND NOT EXISTS (SELECT 1 FROM payment o WHERE o.order_id = p.order_id AND o.purpose = 'ORDER' AND o.status <> 'CANCELLED')), false) AS "isAgreed"
   FROM payment p WHERE p.order_id = :orderId AND p.status = 'CAPTURED'`,
});

/** Differences that buyers paid for applied edits, oldest first. */
export const paidEdits = statement('invoicing.paid-edits', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, amount: t.int },
  sql: `SELECT p.id, p.amount FROM payment p JOIN order_edit e ON e.id = p.order_edit_id
   WHERE p.order_id = :orderId AND p.status = 'CAPTURED' AND e.status = 'APPLIED' ORDER BY p.created_at, p.id`,
});

/**
 * The units are returned only where they belong to this order: money for exchanged goods is refunded through the
 * first order. What staff refunded before they accepted the rest as the price was never invoiced.
 */
export const refundForCredit = statement('invoicing.refund', {
  params: { id: t.uuid },
  row: {
    id: t.uuid,
    amount: t.int,
    status: t.text,
    orderId: t.uuid,
    shippingRates: t.json<readonly RefundedRate[]>(),
    charges: t.json<readonly RefundedCharge[]>(),
    lines: t.json<readonly RefundedLine[]>(),
  },
  sql: `SELECT r.id, r.amount, r.status, p.order_id AS "orderId", 
     CASE WHEN d.order_id = p.order_id THEN d.shipping_rates ELSE '[]' END AS "shippingRates",
     CASE WHEN d.order_id = p.order_id THEN d.charges ELSE '[]' END AS charges,
     coalesce((SELECT json_agg(json_build_object('orderLineId', l.order_line_id, 'quantity', l.quantity, 'amount', l.amount, 'tax', l.tax))
       FROM order_refund_line l WHERE l.order_refund_id = d.id AND d.order_id = p.order_id), '[]') AS lines
   FROM refund r JOIN payment p ON p.id = r.payment_id
     LEFT JOIN order_refund d ON d.id = r.order_refund_id AND NOT r.precedes_price WHERE r.id = :id`,
});

/**
 * Inserts a document with the next number of its series in one statement. The series row stays locked until the
 * commit: the next transaction waits, and takes the same number when this transaction fails.
 */
export const issueNext = statement('invoicing.issue', {
  params: {
    series: t.text,
    id: t.uuid,
    kind: t.text,
    orderId: t.uuid,
    sourceKey: t.text,
    content: t.json<InvoiceContent>(),
    gross: t.int,
    currency: t.text,
    issuedAt: t.timestamp,
  },
  row: rowOf(InvoiceEntity),
  sql: `WITH next AS (
     INSERT INTO invoice_series AS s (code, last_number) VALUES (:series, 1)
     ON CONFLICT (code) DO UPDATE SET last_number = s.last_number + 1 RETURNING last_number
   )
   INSERT INTO invoice (id, series, number, printed_number, kind, order_id, source_key, content, total_gross, currency, issued_at)
   SELECT :id, :series, last_number, ${printedNumber(':series::text', 'last_number')}, :kind, :orderId, :sourceKey, :content, :gross, :currency, :issuedAt FROM next
   RETURNING ${INVOICE}`,
});
