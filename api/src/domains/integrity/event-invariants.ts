import type { Invariant } from '../../platform/database/invariant.js';
import { PLACED } from './invariant-sql.js';

/** Invariants of notifications: timeline, events, mails, webhooks. */
export const EVENT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'TIMELINE_ONCE',
    description:
      'The timeline says once that an order was made, once that it was placed and once that it was paid.',
    offenders: `SELECT o.number AS sample FROM shop_order o JOIN order_event e ON e.order_id = o.id AND e.kind IN ('CREATED', 'PLACED', 'PAID')
      GROUP BY o.number, e.kind HAVING count(*) > 1
      UNION ALL SELECT o.number FROM shop_order o WHERE NOT EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND e.kind = 'CREATED')`,
  },
  {
    code: 'TIMELINE_MAILS',
    description: 'The timeline lists each mail that went out to the buyer.',
    offenders: `SELECT o.number AS sample FROM shop_order o
      LEFT JOIN (SELECT order_id, count(*) AS recorded FROM order_event WHERE kind = 'MAIL_SENT' GROUP BY 1) e ON e.order_id = o.id
      LEFT JOIN (SELECT split_part(dedupe_key, ':', 2)::uuid AS order_id, count(*) AS sent FROM email
        WHERE status IN ('SENT', 'BOUNCED') AND dedupe_key LIKE 'order:%' GROUP BY 1) m ON m.order_id = o.id
      WHERE coalesce(e.recorded, 0) <> coalesce(m.sent, 0)`,
  },
  {
    code: 'NEWS_PLACED',
    description: 'A placed order was announced, and only a placed one.',
    offenders: `SELECT o.number AS sample FROM shop_order o WHERE (o.placed_at IS NOT NULL) <> EXISTS (
      SELECT 1 FROM outbox e WHERE e.kind = 'order.placed' AND e.aggregate_id = o.id)`,
  },
  {
    code: 'MAIL_CONFIRMATION',
    description: 'Each placed order has its confirmation written to the buyer.',
    offenders: `SELECT o.number AS sample FROM shop_order o WHERE o.placed_at < SETTLED AND NOT EXISTS (
      SELECT 1 FROM email m WHERE m.dedupe_key = 'order:' || o.id || ':confirmation')`,
  },
  {
    code: 'MAIL_PARCEL',
    description: 'Each shipment has its mail written to the buyer.',
    offenders: `SELECT o.number AS sample FROM shipment s JOIN shop_order o ON o.id = s.order_id WHERE s.shipped_at < SETTLED AND NOT EXISTS (
      SELECT 1 FROM email m WHERE m.dedupe_key = 'order:' || s.order_id || ':shipped:' || s.id)`,
  },
  {
    code: 'MAIL_SENT',
    description: 'No mail is left lying once it is due.',
    // A mail that was never tried waits for its time, such as alerts that are sent as a digest.
    offenders: `SELECT id AS sample FROM email WHERE status IN ('QUEUED', 'SENDING', 'UNKNOWN')
      AND CASE attempts WHEN 0 THEN next_attempt_at ELSE created_at END < SETTLED`,
  },
  {
    code: 'MAIL_FAILED',
    description: 'A mail to a buyer that failed or bounced was sent again, or the owner was alerted to it.',
    offenders: `SELECT m.id AS sample FROM email m WHERE m.status IN ('FAILED', 'BOUNCED') AND m.dedupe_key LIKE 'order:%' AND m.updated_at < SETTLED
      AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.kind = 'mail.failed' AND e.aggregate_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM email again WHERE again.dedupe_key LIKE m.dedupe_key || ':r%')`,
  },
  {
    code: 'PARCEL_UNITS',
    description: 'A line is shipped as far as its shipments hold it.',
    offenders: `SELECT o.number || ' ' || l.sku AS sample FROM order_line l JOIN shop_order o ON o.id = l.order_id
      LEFT JOIN (SELECT order_line_id, sum(quantity) AS quantity FROM shipment_line GROUP BY 1) s ON s.order_line_id = l.id
      WHERE l.fulfilled <> coalesce(s.quantity, 0)`,
  },
  {
    code: 'FULFILLMENT_STATUS',
    description:
      'A placed order says of its shipments what its lines say: nothing, a part or everything has left.',
    offenders: `SELECT o.number AS sample FROM shop_order o, LATERAL (
        SELECT sum(l.fulfilled) AS sent, bool_and(l.fulfilled = l.quantity - l.cancelled) AS whole FROM order_line l WHERE l.order_id = o.id) l
      WHERE o.status IN ${PLACED} AND (o.fulfillment_status <> CASE WHEN l.sent = 0 THEN 'UNFULFILLED' WHEN l.whole THEN 'FULFILLED' ELSE 'PARTIALLY_FULFILLED' END
        OR (o.status IN ('FULFILLED', 'COMPLETED')) <> (o.fulfillment_status = 'FULFILLED'))`,
  },
  {
    code: 'RETURN_UNITS',
    description: 'No more of a line is on its way back than was sent.',
    offenders: `SELECT o.number || ' ' || l.sku AS sample FROM order_return_line t JOIN order_return b ON b.id = t.return_id
      JOIN order_line l ON l.id = t.order_line_id JOIN shop_order o ON o.id = l.order_id
      WHERE b.status NOT IN ('REJECTED', 'CANCELLED')
      GROUP BY o.number, l.id
      HAVING sum(CASE WHEN b.status IN ('REQUESTED', 'APPROVED') THEN t.quantity ELSE t.received END) > l.fulfilled`,
  },
  {
    code: 'ORDER_EXPIRY',
    description: 'No unpaid order is left standing past its time.',
    offenders: `SELECT number AS sample FROM shop_order WHERE status = 'PENDING_PAYMENT' AND expires_at < SETTLED`,
  },
  {
    code: 'NEWS_PASSED_ON',
    description: 'All events were passed on.',
    offenders: `SELECT kind || ' ' || id AS sample FROM outbox WHERE published_at IS NULL AND created_at < SETTLED`,
  },
  {
    code: 'WEBHOOKS_DONE',
    description: 'Every message of a payment provider was worked off.',
    offenders: `SELECT event_id AS sample FROM webhook_inbox WHERE status = 'DEAD' OR status = 'NEW' AND received_at < SETTLED`,
  },
];
