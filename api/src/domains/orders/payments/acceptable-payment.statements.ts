import { statement, t, type ValuesOf } from '../../../platform/database/database.js';
import { IS_LIVE_REFUND, IS_OPEN_DISPUTE, IS_OPEN_PAYMENT } from '../../payments/index.js';
import { FORGOTTEN_EMAIL } from '../buyer/forgotten-buyer.js';
import { FulfillmentStatus, OrderStatus } from '../order-states.js';
import { OrderSource } from '../placing/order-source.js';

const ACCEPTABLE_ROW = { orderId: t.uuid, paymentId: t.uuid, amount: t.int, currency: t.text };

/** The one payment that holds the money of an order in REVIEW. `amount`: what is left of it, minor units. */
export type AcceptablePayment = ValuesOf<typeof ACCEPTABLE_ROW>;

const NOTHING_LEFT = `q.captured_amount <= (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = q.id AND r.status ${IS_LIVE_REFUND})
       + (SELECT coalesce(sum(amount), 0) FROM dispute d WHERE d.payment_id = q.id AND d.status = 'LOST')`;

/**
 * The payment of which staff may accept what is left as the price; no row for an order where nothing can be accepted.
 * Nothing of the order was shipped or cancelled, no money of the payment is on its way back or disputed, and no other
 * payment of the order holds money or may still be made; tenders that are held pay their part as agreed. An exchange is
 * left out, because its credit is money of another order.
 */
export const acceptablePayments = statement('orders.acceptable-payments', {
  params: { ids: t.uuids },
  row: ACCEPTABLE_ROW,
  sql: `SELECT o.id AS "orderId", p.id AS "paymentId", p.captured_amount - gone.amount AS amount, p.currency
   FROM shop_order o JOIN payment p ON p.order_id = o.id AND p.purpose = 'ORDER' AND p.status = 'CAPTURED'
   CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount), 0)::bigint AS amount FROM refund r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED') gone
   WHERE o.id = ANY(:ids::uuid[]) AND p.captured_amount > gone.amount AND o.status = '${OrderStatus.REVIEW}' AND o.fulfillment_status = '${FulfillmentStatus.UNFULFILLED}'
     AND o.source <> '${OrderSource.EXCHANGE}' AND o.email <> '${FORGOTTEN_EMAIL}'
     AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.cancelled > 0)
     AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.status IN ('REQUESTED', 'PENDING'))
     AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND (d.status ${IS_OPEN_DISPUTE} OR d.status = 'LOST'))
     AND NOT EXISTS (SELECT 1 FROM payment q WHERE q.order_id = o.id AND q.id <> p.id AND NOT (q.purpose = 'TENDER' AND q.status = 'AUTHORIZED')
       AND (q.status ${IS_OPEN_PAYMENT} OR q.status = 'CAPTURED' AND NOT (${NOTHING_LEFT})))`,
});

/**
 * What went back before is no refund of the price that is accepted, and may be more than that price. Requires the order
 * lock.
 */
export const forgetRefunded = statement('orders.forget-refunded', {
  params: { orderId: t.uuid },
  sql: 'UPDATE shop_order SET refunded = 0 WHERE id = :orderId',
});
