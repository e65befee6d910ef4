import { statement } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { IS_LIVE_REFUND } from '../payments/index.js';
import { LIVE_STATUSES, PLACED_STATUSES } from './order-states.js';

/** All columns of an order; `prefix` is the table's alias with its dot. */
export const orderColumns = (prefix = ''): string =>
  [
    'id',
    'number',
    'status',
    'currency',
    'language',
    'email',
    'phone',
    'refunded',
    'version',
    'cart_id AS "cartId"',
    'user_id AS "userId"',
    'payment_status AS "paymentStatus"',
    'fulfillment_status AS "fulfillmentStatus"',
    'shipping_address AS "shippingAddress"',
    'billing_address AS "billingAddress"',
    'shipping_method_id AS "shippingMethodId"',
    'shipping_method_name AS "shippingMethodName"',
    'subtotal_net AS "subtotalNet"',
    'subtotal_gross AS "subtotalGross"',
    'shipping_net AS "shippingNet"',
    'shipping_gross AS "shippingGross"',
    'total_net AS "totalNet"',
    'total_gross AS "totalGross"',
    'tax_lines AS "taxLines"',
    'payment_method AS "paymentMethod"',
    'source',
    'discount',
    'note',
    'created_by AS "createdBy"',
    'created_at AS "createdAt"',
    'updated_at AS "updatedAt"',
    'placed_at AS "placedAt"',
    'expires_at AS "expiresAt"',
  ]
    .map((column) => prefix + column)
    .join(', ');

const ORDER = orderColumns();

export const orderById = statement('orders.by-id', `SELECT ${ORDER} FROM shop_order WHERE id = $1`);
export const orderByNumber = statement(
  'orders.by-number',
  `SELECT ${ORDER} FROM shop_order WHERE number = $1`,
);
export const ordersByIds = statement(
  'orders.by-ids',
  `SELECT ${ORDER} FROM shop_order WHERE id = ANY($1::uuid[])`,
);
/**
 * Not FOR UPDATE: a transaction that holds stock levels writes sales of other orders that waited for them, and a
 * foreign key to a row locked FOR UPDATE would wait for that lock, against the order of locks.
 */
export const lockOrder = statement(
  'orders.lock',
  `SELECT ${ORDER} FROM shop_order WHERE id = $1 FOR NO KEY UPDATE`,
);
export const liveOrderOfCart = statement(
  'orders.live-of-cart',
  `SELECT ${ORDER} FROM shop_order WHERE cart_id = $1 AND status IN ${sqlList(LIVE_STATUSES)}`,
);
/**
 * Locks the cart an order was made of and the buyer's present cart, in id order: transactions that check them out or
 * change them wait here.
 */
export const lockCartsOfBuyer = statement(
  'orders.lock-carts',
  `SELECT id, status = 'ACTIVE' AS "isOpen" FROM cart
   WHERE id = $1 OR (status = 'ACTIVE' AND (follows = $1 OR user_id = (SELECT user_id FROM cart WHERE id = $1)))
   ORDER BY id FOR UPDATE`,
);
/** Converts the active cart of an order again if its lines still equal the order's; any other cart stays open. */
export const reconvertCart = statement(
  'orders.take-cart-back',
  `UPDATE cart c SET status = 'CONVERTED', updated_at = now() FROM shop_order o
   WHERE o.id = $1 AND c.id = o.cart_id AND c.status = 'ACTIVE' AND NOT EXISTS (
     SELECT 1 FROM (SELECT variant_id, quantity FROM cart_line WHERE cart_id = c.id) l
     FULL JOIN (SELECT variant_id, quantity FROM order_line WHERE order_id = o.id) m USING (variant_id, quantity)
     WHERE l.variant_id IS NULL OR m.variant_id IS NULL)`,
);

const LINE = `id, order_id AS "orderId", position, variant_id AS "variantId", product_id AS "productId",
  product_name AS "productName", product_slug AS "productSlug", variant_name AS "variantName", sku, image, quantity, fulfilled, cancelled,
  unit_price AS "unitPrice", discount, total_net AS "totalNet", total_gross AS "totalGross", tax_basis_points AS "taxBasisPoints"`;

// The subquery hides how many orders the list names: the planner would otherwise plan each call anew.
export const linesByOrder = statement(
  'orders.lines',
  `SELECT ${LINE}, (SELECT currency FROM shop_order o WHERE o.id = order_id) AS currency,
     (SELECT coalesce(sum(b.quantity), 0)::int FROM backorder b
      WHERE b.order_id = order_line.order_id AND b.variant_id = order_line.variant_id AND b.status = 'OWED') AS backordered
   FROM order_line WHERE order_id = ANY(ARRAY(SELECT unnest($1::uuid[]))) ORDER BY order_id, position`,
);

/** Cancels all units that were not shipped. */
export const giveUpUnits = statement(
  'orders.give-up-units',
  'UPDATE order_line SET cancelled = quantity - fulfilled WHERE order_id = $1 AND cancelled < quantity - fulfilled',
);

/** Every change of an order uses this statement: it increments the version and writes the timeline at once. */
export const changeOrder = statement(
  'orders.change',
  `WITH told AS (
     INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id, data) VALUES (new_id(), $1, $2, $3, $4, $5)
   )
   UPDATE shop_order SET status = $6, payment_status = $7, fulfillment_status = $8, placed_at = coalesce(placed_at, $9),
     expires_at = $10, refunded = $11, version = version + 1, updated_at = now()
   WHERE id = $1 RETURNING ${ORDER}`,
);
export const appendTimelineEntry = statement(
  'orders.tell',
  `INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id, data) VALUES (new_id(), $1, $2, $3, $4, $5)`,
);
/**
 * Claims expired orders for one run, those first that were not tried yet or were tried longest ago: an order that
 * cannot be decided blocks no other.
 */
export const claimDue = statement(
  'orders.claim-due',
  `UPDATE shop_order SET close_tried_at = $1 WHERE id IN (
     SELECT id FROM shop_order WHERE status = 'PENDING_PAYMENT' AND expires_at < $1
     ORDER BY close_tried_at NULLS FIRST, expires_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
   RETURNING id, expires_at < $1::timestamptz - interval '1 day' AS "isLongDue"`,
);
export const paidAndReturned = statement(
  'orders.paid-and-returned',
  `SELECT
     coalesce((SELECT sum(captured_amount) FROM payment WHERE order_id = $1 AND status = 'CAPTURED'), 0)::bigint AS captured,
     coalesce((SELECT sum(r.amount) FROM refund r JOIN payment p ON p.id = r.payment_id
       WHERE p.order_id = $1 AND r.status = 'SUCCEEDED'), 0)::bigint AS returned`,
);

export const addNote = statement(
  'orders.add-note',
  `UPDATE shop_order SET note = concat_ws(E'\\n', note, $2::text) WHERE id = $1`,
);

/** Failed refunds that have no timeline entry yet. */
export const unreportedFailedRefunds = statement(
  'orders.untold-failed-refunds',
  `SELECT r.id, r.amount, r.failure_code AS "failureCode" FROM refund r JOIN payment p ON p.id = r.payment_id
   WHERE p.order_id = $1 AND r.status = 'FAILED' AND NOT EXISTS (
     SELECT 1 FROM order_event e WHERE e.order_id = $1 AND e.kind = 'REFUND_FAILED' AND e.data ->> 'refundId' = r.id::text)
   ORDER BY r.created_at`,
);
export const recordDisputeAlert = statement(
  'orders.dispute-told',
  `SELECT 1 FROM order_event WHERE order_id = $1 AND kind = $2 AND data ->> 'disputeId' = $3::text`,
);
/**
 * Captured payments of orders that are not placed, whose amount exceeds their refunds and their disputes (unless
 * won), and that no `payment.mismatch` or `refund.failed` event reported to staff.
 */
export const unaccountedPayments = statement(
  'orders.unaccounted-payments',
  `SELECT p.id, p.order_id AS "orderId" FROM payment p JOIN shop_order o ON o.id = p.order_id
   WHERE p.status = 'CAPTURED' AND o.status NOT IN ${sqlList(PLACED_STATUSES)}
     AND p.captured_amount > (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.status ${IS_LIVE_REFUND})
       + (SELECT coalesce(sum(amount), 0) FROM dispute d WHERE d.payment_id = p.id AND d.status <> 'WON')
     AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.kind IN ('payment.mismatch', 'refund.failed') AND e.aggregate_id = o.id)`,
);

export const eventsByOrder = statement(
  'orders.events',
  `SELECT e.id, e.order_id AS "orderId", e.kind, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.data, e.at, o.currency,
     CASE WHEN e.actor_kind = 'STAFF' THEN (SELECT u.first_name || ' ' || u.last_name FROM app_user u WHERE u.id = e.actor_id) END AS "actorName"
   FROM order_event e JOIN shop_order o ON o.id = e.order_id WHERE e.order_id = ANY($1::uuid[]) ORDER BY e.at, e.id`,
);

const SHIPMENT = `id, order_id AS "orderId", status, carrier, tracking_number AS "trackingNumber", tracking_url AS "trackingUrl",
  shipped_at AS "shippedAt", delivered_at AS "deliveredAt"`;

export const shipmentsByOrder = statement(
  'orders.shipments',
  `SELECT ${SHIPMENT}, (SELECT json_agg(json_build_object('orderLineId', order_line_id, 'quantity', quantity)) FROM shipment_line WHERE shipment_id = id) AS lines
   FROM shipment WHERE order_id = ANY($1::uuid[]) ORDER BY shipped_at, id`,
);
export const shipmentById = statement('orders.shipment', `SELECT ${SHIPMENT} FROM shipment WHERE id = $1`);
export const insertShipment = statement(
  'orders.insert-shipment',
  `WITH sent AS (
     INSERT INTO shipment (id, order_id, carrier, tracking_number, tracking_url) VALUES ($1, $2, $3, $4, $5)
   ), parcel AS (
     INSERT INTO shipment_line (shipment_id, order_line_id, quantity)
     SELECT $1, l.id, l.quantity FROM unnest($6::uuid[], $7::int[]) AS l(id, quantity)
   )
   UPDATE order_line o SET fulfilled = o.fulfilled + l.quantity
   FROM unnest($6::uuid[], $7::int[]) AS l(id, quantity) WHERE o.id = l.id AND o.order_id = $2`,
);
export const updateShipment = statement(
  'orders.update-shipment',
  `UPDATE shipment SET status = $2, carrier = $3, tracking_number = $4, tracking_url = $5,
     delivered_at = CASE WHEN $2 = 'DELIVERED' THEN coalesce(delivered_at, now()) ELSE delivered_at END
   WHERE id = $1`,
);
export const undelivered = statement(
  'orders.undelivered',
  `SELECT count(*)::int AS left FROM shipment WHERE order_id = $1 AND status = 'SHIPPED'`,
);
