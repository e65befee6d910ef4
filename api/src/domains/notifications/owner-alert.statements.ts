import { statement, type PositionalStatement } from '../../platform/database/database.js';
import type { OwnerAlert } from './templates/mail-model.js';
/** The query of an alert; $1 is the subject's id. Columns as in Row; missing ones are null. */
const ask = (name: string, text: string): PositionalStatement =>
  statement(`notifications.alert-${name}`, text);

const LINES = `(SELECT json_agg(json_build_object('name', l.product_name, 'variant', l.variant_name, 'quantity', l.quantity, 'total', l.total_gross) ORDER BY l.position)
  FROM order_line l WHERE l.order_id = o.id) AS lines`;

/** Staff accounts have no page among the customers. */
const ACCOUNT = `SELECT u.id, u.email AS subject, CASE u.role WHEN 'CUSTOMER' THEN u.id END AS "pageId" FROM app_user u`;

export const QUESTIONS: Readonly<Record<OwnerAlert, PositionalStatement>> = {
  'new-order': ask(
    'new-order',
    `SELECT o.number AS subject, o.shipping_method_name AS detail, o.total_gross AS amount, o.currency, o.id AS "pageId", ${LINES}
     FROM shop_order o WHERE o.id = $1`,
  ),
  'stock-low': ask(
    'stock-low',
    `SELECT p.name AS subject, v.sku AS detail, v.id AS "pageId" FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = $1`,
  ),
  'return-requested': ask(
    'return-requested',
    `SELECT b.number AS subject, o.number AS detail, b.id AS "pageId"
     FROM order_return b JOIN shop_order o ON o.id = b.order_id WHERE b.id = $1`,
  ),
  'refund-failed': ask(
    'refund-failed',
    `SELECT o.number AS subject, r.failure_code AS detail, r.amount, o.currency, o.id AS "pageId"
     FROM refund r JOIN payment p ON p.id = r.payment_id JOIN shop_order o ON o.id = p.order_id WHERE r.id = $1`,
  ),
  'dispute-opened': ask(
    'dispute-opened',
    `SELECT o.number AS subject, d.reason AS detail, d.amount, d.currency, d.evidence_due_at AS "dueAt", o.id AS "pageId"
     FROM dispute d JOIN payment p ON p.id = d.payment_id JOIN shop_order o ON o.id = p.order_id WHERE d.id = $1`,
  ),
  'payment-mismatch': ask(
    'payment-mismatch',
    // Also for money that belongs to no payment of ours: then the event's payload names the order.
    `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM (VALUES ($1::uuid)) AS about (id) LEFT JOIN payment p ON p.id = about.id LEFT JOIN shop_order o ON o.id = p.order_id`,
  ),
  'order-refused-late': ask(
    'order-refused-late',
    `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE p.id = $1`,
  ),
  'webhook-dead': ask(
    'webhook-dead',
    `SELECT type AS subject, id AS "pageId" FROM webhook_inbox WHERE id = $1`,
  ),
  'payment-outage': ask('payment-outage', `SELECT NULL AS subject WHERE $1::uuid IS NOT NULL`),
  'mail-failed': ask(
    'mail-failed',
    `SELECT coalesce(o.number, m.template) AS subject, m.template AS detail
     FROM email m LEFT JOIN shop_order o ON o.id = substring(m.dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid WHERE m.id = $1`,
  ),
  'integrity-broken': ask(
    'integrity-broken',
    `SELECT '' AS subject, violations AS count,
       (SELECT string_agg(law ->> 'code', ', ') FROM jsonb_array_elements(report) law WHERE (law ->> 'violations')::int > 0) AS detail
     FROM integrity_check WHERE id = $1`,
  ),
  'stock-held-unpaid': ask(
    'stock-held-unpaid',
    // The event's payload has the amount; the order may have been refused.
    `SELECT o.number AS subject, o.id AS "pageId" FROM (VALUES ($1::uuid)) AS about (id)
     LEFT JOIN shop_order o ON o.cart_id = about.id ORDER BY o.created_at DESC LIMIT 1`,
  ),
  'token-reused': ask('token-reused', `${ACCOUNT} WHERE u.id = $1`),
  // Without an account the alert is about the whole shop.
  'logins-refused': ask(
    'logins-refused',
    `SELECT a.* FROM (VALUES ($1::uuid)) AS about (id) LEFT JOIN (${ACCOUNT}) a ON a.id = about.id`,
  ),
};

/** Which id of the event's payload each query uses; the aggregate's if none is named. */
export const ABOUT: Readonly<Partial<Record<OwnerAlert, string>>> = {
  'return-requested': 'returnId',
  'refund-failed': 'refundId',
  'dispute-opened': 'disputeId',
  'payment-mismatch': 'paymentId',
  'order-refused-late': 'paymentId',
  'mail-failed': 'mailId',
};
