import { OrderEntity, OrderLineEntity, type TimelineData, OrderEventEntity } from './order.entity.js';
import { statement, t, rowOf } from '../../platform/database/database.js';
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
    'tendered',
    'version',
    'cart_id AS "cartId"',
    'customer_id AS "customerId"',
    'user_id AS "userId"',
    'payment_status AS "paymentStatus"',
    'fulfillment_status AS "fulfillmentStatus"',
    'shipping_address AS "shippingAddress"',
    'billing_address AS "billingAddress"',
    'shipping_method_id AS "shippingMethodId"',
    'shipping_method_name AS "shippingMethodName"',
    'shipping_kind AS "shippingKind"',
    'shipping_days_min AS "shippingDaysMin"',
    'shipping_days_max AS "shippingDaysMax"',
    'cheapest_shipping_gross AS "cheapestShippingGross"',
    'subtotal_net AS "subtotalNet"',
    'subtotal_gross AS "subtotalGross"',
    'shipping_net AS "shippingNet"',
    'shipping_gross AS "shippingGross"',
    'shipping_rates AS "shippingRates"',
    'charges_net AS "chargesNet"',
    'charges_gross AS "chargesGross"',
    'total_net AS "totalNet"',
    'total_gross AS "totalGross"',
    'tax_lines AS "taxLines"',
    'tax_mode AS "taxMode"',
    'payment_method AS "paymentMethod"',
    'source',
    'discount',
    'adjustments',
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

export const orderById = statement('orders.by-id', {
  params: { id: t.uuid },
  row: rowOf(OrderEntity),
  sql: `SELECT ${ORDER} FROM shop_order WHERE id = :id`,
});
export const orderByNumber = statement('orders.by-number', {
  params: { number: t.text },
  row: rowOf(OrderEntity),
  sql: `SELECT ${ORDER} FROM shop_order WHERE number = :number`,
});
export const ordersByIds = statement('orders.by-ids', {
  params: { ids: t.uuids },
  row: rowOf(OrderEntity),
  sql: `SELECT ${ORDER} FROM shop_order WHERE id = ANY(:ids::uuid[])`,
});
/**
 * Not FOR UPDATE: a transaction that holds stock levels writes sales of other orders that waited for them, and a
 * foreign key to a row locked FOR UPDATE would wait for that lock, against the order of locks.
 */
export const lockOrder = statement('orders.lock', {
  params: { id: t.uuid },
  row: rowOf(OrderEntity),
  sql: `SELECT ${ORDER} FROM shop_order WHERE id = :id FOR NO KEY UPDATE`,
});
/** Whether a cart has an order that is being paid or placed. */
export const liveOrderOfCart = statement('orders.live-of-cart', {
  params: { cartId: t.uuid },
  row: { '?column?': t.int },
  sql: `SELECT 1 FROM shop_order WHERE cart_id = :cartId AND status IN ${sqlList(LIVE_STATUSES)} LIMIT 1`,
});
/**
 * Locks the cart an order was made of and the buyer's present cart, in id order: transactions that check them out or
 * change them wait here.
 */
export const lockCartsOfBuyer = statement('orders.lock-carts', {
  params: { cartId: t.uuid },
  row: { id: t.uuid, isOpen: t.boolean },
  sql: `SELECT id, status = 'ACTIVE' AS "isOpen" FROM cart
   WHERE id = :cartId OR (status = 'ACTIVE' AND (follows = :cartId OR user_id = (SELECT user_id FROM cart WHERE id = :cartId)))
   ORDER BY id FOR UPDATE`,
});
/** Converts the active cart of an order again if its lines still equal the order's; any other cart stays open. */
export const reconvertCart = statement('orders.reconvert-cart', {
  params: { orderId: t.uuid },
  sql: `UPDATE cart c SET status = 'CONVERTED', updated_at = now() FROM shop_order o
   WHERE o.id = :orderId AND c.id = o.cart_id AND c.status = 'ACTIVE' AND NOT EXISTS (
     SELECT 1 FROM (SELECT variant_id, quantity FROM cart_line WHERE cart_id = c.id) l
     FULL JOIN (SELECT variant_id, quantity FROM order_line WHERE order_id = o.id) m USING (variant_id, quantity)
     WHERE l.variant_id IS NULL OR m.variant_id IS NULL)`,
});

const LINE = `id, order_id AS "orderId", position, variant_id AS "variantId", product_id AS "productId",
  product_name AS "productName", product_slug AS "productSlug", variant_name AS "variantName", sku, image, quantity, fulfilled, cancelled,
  unit_price AS "unitPrice", discount, total_net AS "totalNet", total_gross AS "totalGross", tax_basis_points AS "taxBasisPoints"`;

// The subquery hides how many orders the list names: the planner would otherwise plan each call anew.
export const linesByOrder = statement('orders.lines', {
  params: { ids: t.uuids },
  row: { ...rowOf(OrderLineEntity), currency: t.text, backordered: t.int },
  sql: `SELECT ${LINE}, (SELECT currency FROM shop_order o WHERE o.id = order_id) AS currency,
     (SELECT coalesce(sum(b.quantity), 0)::int FROM backorder b
      WHERE b.order_id = order_line.order_id AND b.variant_id = order_line.variant_id AND b.status = 'OWED') AS backordered
   FROM order_line WHERE order_id = ANY(ARRAY(SELECT unnest(:ids::uuid[]))) ORDER BY order_id, position`,
});

/** Cancels all units that were not shipped. */
export const giveUpUnits = statement('orders.give-up-units', {
  params: { orderId: t.uuid },
  sql: 'UPDATE order_line SET cancelled = quantity - fulfilled WHERE order_id = :orderId AND cancelled < quantity - fulfilled',
});

/** Every change of an order uses this statement: it increments the version and writes the timeline at once. */
export const changeOrder = statement('orders.change', {
  params: {
    orderId: t.uuid,
    event: t.text,
    actorKind: t.text,
    userId: t.uuid.orNull,
    details: t.json<TimelineData>(),
    status: t.text,
    paymentStatus: t.text,
    fulfillmentStatus: t.text,
    placedAt: t.timestamp.orNull,
    expiresAt: t.timestamp.orNull,
    refunded: t.int,
  },
  row: rowOf(OrderEntity),
  sql: `WITH entry AS (
     INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id, data) VALUES (new_id(), :orderId, :event, :actorKind, :userId, :details)
   )
   UPDATE shop_order SET status = :status, payment_status = :paymentStatus, fulfillment_status = :fulfillmentStatus, placed_at = coalesce(placed_at, :placedAt),
     expires_at = :expiresAt, refunded = :refunded, version = version + 1, updated_at = now()
   WHERE id = :orderId RETURNING ${ORDER}`,
});
export const appendTimelineEntry = statement('orders.append-timeline-entry', {
  params: {
    orderId: t.uuid,
    event: t.text,
    actorKind: t.text,
    userId: t.uuid.orNull,
    details: t.json<TimelineData>(),
  },
  sql: `INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id, data) VALUES (new_id(), :orderId, :event, :actorKind, :userId, :details)`,
});
/**
 * Claims expired orders for one run, those first that were not tried yet or were tried longest ago: an order that
 * cannot be decided blocks no other.
 */
export const claimExpired = statement('orders.claim-expired', {
  params: { closeTriedAt: t.timestamp, most: t.int },
  row: { id: t.uuid, isLongExpired: t.boolean },
  sql: `UPDATE shop_order SET close_tried_at = :closeTriedAt WHERE id IN (
     SELECT id FROM shop_order WHERE status = 'PENDING_PAYMENT' AND expires_at < :closeTriedAt
     ORDER BY close_tried_at NULLS FIRST, expires_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED)
   RETURNING id, expires_at < :closeTriedAt::timestamptz - interval '1 day' AS "isLongExpired"`,
});
export const paidAndReturned = statement('orders.paid-and-returned', {
  params: { orderId: t.uuid },
  row: { captured: t.int, returned: t.int },
  sql: `SELECT
     coalesce((SELECT sum(captured_amount) FROM payment WHERE order_id = :orderId AND status = 'CAPTURED'), 0)::bigint AS captured,
     coalesce((SELECT sum(r.amount) FROM refund r JOIN payment p ON p.id = r.payment_id
       WHERE p.order_id = :orderId AND r.status = 'SUCCEEDED'), 0)::bigint AS returned`,
});

export const addNote = statement('orders.add-note', {
  params: { orderId: t.uuid, note: t.text },
  sql: `UPDATE shop_order SET note = concat_ws(E'\\n', note, :note::text) WHERE id = :orderId`,
});

/** Failed refunds that have no timeline entry yet. */
export const unreportedFailedRefunds = statement('orders.unreported-failed-refunds', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, amount: t.int, failureCode: t.text.orNull },
  sql: `SELECT r.id, r.amount, r.failure_code AS "failureCode" FROM refund r JOIN payment p ON p.id = r.payment_id
   WHERE p.order_id = :orderId AND r.status = 'FAILED' AND NOT EXISTS (
     SELECT 1 FROM order_event e WHERE e.order_id = :orderId AND e.kind = 'REFUND_FAILED' AND e.data ->> 'refundId' = r.id::text)
   ORDER BY r.created_at`,
});
export const recordDisputeAlert = statement('orders.dispute-recorded', {
  params: { orderId: t.uuid, kind: t.text, disputeId: t.text },
  row: { '?column?': t.int },
  sql: `SELECT 1 FROM order_event WHERE order_id = :orderId AND kind = :kind AND data ->> 'disputeId' = :disputeId::text`,
});
/**
 * Captured payments of orders that are not placed, whose amount exceeds their refunds and their disputes (unless
 * won), and that no `payment.mismatch` or `refund.failed` event reported to staff.
 */
export const unaccountedPayments = statement('orders.unaccounted-payments', {
  row: { id: t.uuid, orderId: t.uuid },
  sql: `SELECT p.id, p.order_id AS "orderId" FROM payment p JOIN shop_order o ON o.id = p.order_id
   WHERE p.status = 'CAPTURED' AND o.status NOT IN ${sqlList(PLACED_STATUSES)}
     AND p.captured_amount > (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_id = p.id AND r.status ${IS_LIVE_REFUND})
       + (SELECT coalesce(sum(amount), 0) FROM dispute d WHERE d.payment_id = p.id AND d.status <> 'WON')
     AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.kind IN ('payment.mismatch', 'refund.failed') AND e.aggregate_id = o.id)`,
});

export const eventsByOrder = statement('orders.events', {
  params: { ids: t.uuids },
  row: { ...rowOf(OrderEventEntity), currency: t.text, actorName: t.text.orNull },
  sql: `SELECT e.id, e.order_id AS "orderId", e.kind, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.data, e.at, o.currency,
     CASE WHEN e.actor_kind = 'STAFF' THEN (SELECT u.first_name || ' ' || u.last_name FROM app_user u WHERE u.id = e.actor_id) END AS "actorName"
   FROM order_event e JOIN shop_order o ON o.id = e.order_id WHERE e.order_id = ANY(:ids::uuid[]) ORDER BY e.at, e.id`,
});
