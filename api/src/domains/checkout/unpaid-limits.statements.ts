import { statement } from '../../platform/database/database.js';

// One mine-or-not rule with the cart's own statements: a customer's cart is never reached by a token.
const CART = `c.status = 'ACTIVE' AND (c.user_id = $1 OR (c.token_hash = $2 AND c.user_id IS NULL)) AND c.version = $3`;

/** Writes down the press of pay. No row comes back for a cart that was changed, ordered or emptied meanwhile: nothing to hold. */
export const insertAttempt = statement(
  'checkout.insert-attempt',
  `INSERT INTO checkout_attempt (cart_id, cart_version, network, email, phone, user_id, payment_method, units, value)
   SELECT c.id, c.version, $4, counted_email(c.email), counted_phone(coalesce(c.phone, c.shipping_address ->> 'phone')), c.user_id, $5,
     sum(l.quantity), sum(l.quantity * v.price)
   FROM cart c JOIN cart_line l ON l.cart_id = c.id JOIN variant v ON v.id = l.variant_id
   WHERE ${CART} AND c.email IS NOT NULL GROUP BY c.id
   ON CONFLICT (cart_id, cart_version) DO UPDATE SET payment_method = excluded.payment_method, created_at = excluded.created_at
   RETURNING cart_id AS "cartId"`,
);

/** Takes back an attempt that came to nothing at once. */
export const deleteAttempt = statement(
  'checkout.delete-attempt',
  `DELETE FROM checkout_attempt a WHERE a.cart_id = $1 AND a.cart_version = $2
   AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = a.cart_id AND o.status IN ('PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED'))`,
);

const SIDE = (of: string): string => `
     count(*) FILTER (WHERE ${of} AND held)::int AS "${of}Orders",
     count(*) FILTER (WHERE ${of} AND NOT paid AND created_at > now() - interval '1 hour')::int AS "${of}PastHour",
     count(*) FILTER (WHERE ${of} AND lapsed AND created_at > now() - interval '1 day')::int AS "${of}Lapsed"`;

/**
 * What the buyer and the network of an attempt hold besides it. $3 is how many units of each order a network has free.
 *
 * A customer who is signed in is known by the account alone: whoever orders under somebody else's e-mail address or number
 * must not be able to keep its owner from ordering. Orders that are paid count for nothing, so a rush of buyers behind one
 * address is no reason to refuse the next.
 *
 * The attempt was committed before: of two that are judged side by side each sees the other, so a limit is never passed;
 * at its very edge both may be refused. An attempt is pending for the seconds in which its order is written.
 */
export const standing = statement(
  'checkout.unpaid-standing',
  `WITH me AS (SELECT * FROM checkout_attempt WHERE cart_id = $1 AND cart_version = $2),
   other AS (
     SELECT a.cart_id, a.units, a.value, a.created_at, a.network = me.network AS network,
       CASE WHEN me.user_id IS NOT NULL THEN a.user_id = me.user_id ELSE a.email = me.email OR a.phone = me.phone END IS TRUE AS buyer,
       o.id IS NOT NULL AS live,
       c.status = 'ACTIVE' AND c.version = a.cart_version AND a.created_at > now() - interval '15 seconds' AS pending,
       a.cart_id <> me.cart_id AND NOT EXISTS (
         SELECT 1 FROM checkout_attempt later WHERE later.cart_id = a.cart_id AND later.cart_version > a.cart_version) AS newest,
       o.status = 'PENDING_PAYMENT' OR (o.status = 'PLACED' AND o.payment_status = 'PENDING' AND o.fulfilment_status = 'UNFULFILLED') AS unpaid
     FROM me JOIN checkout_attempt a
       ON (a.network = me.network OR a.email = me.email OR a.phone = me.phone OR a.user_id = me.user_id)
       AND (a.cart_id, a.cart_version) <> (me.cart_id, me.cart_version)
     JOIN cart c ON c.id = a.cart_id
     LEFT JOIN shop_order o ON o.cart_id = a.cart_id AND o.status IN ('PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED')
   ), weighed AS (
     SELECT other.*, newest AND (unpaid IS TRUE OR pending) AS held, newest AND live AND unpaid IS NOT TRUE AS paid,
       NOT (newest AND (live OR pending)) AS lapsed
     FROM other
   ), sums AS (
     SELECT ${SIDE('buyer')}, ${SIDE('network')},
       coalesce(sum(units) FILTER (WHERE buyer AND held), 0)::int AS "buyerUnits",
       coalesce(sum(value) FILTER (WHERE buyer AND held), 0)::bigint AS "buyerValue",
       coalesce(sum(greatest(0, units - $3)) FILTER (WHERE network AND held), 0)::int AS "networkUnits"
     FROM weighed
   )
   SELECT me.units, me.value, me.payment_method AS "paymentMethod", sums.*,
     EXISTS (SELECT 1 FROM checkout_block b WHERE b.expires_at > now() AND (b.network = me.network
       OR (b.kind = 'EMAIL' AND b.contact = me.email) OR (b.kind = 'PHONE' AND b.contact = me.phone))) AS "isBlocked",
     CASE WHEN me.payment_method = 'CARD' THEN '[]' ELSE (
       SELECT coalesce(json_agg(json_build_object('wanted', wanted.units, 'onHand', stock.units)), '[]') FROM (
         SELECT l.variant_id, sum(l.quantity) AS units FROM cart_line l
         WHERE l.variant_id IN (SELECT m.variant_id FROM cart_line m WHERE m.cart_id = me.cart_id)
           AND (l.cart_id = me.cart_id OR l.cart_id IN (SELECT w.cart_id FROM weighed w WHERE w.buyer AND w.held))
         GROUP BY l.variant_id) wanted
       JOIN variant v ON v.id = wanted.variant_id AND v.stock_policy <> 'CONTINUE'
       CROSS JOIN LATERAL (SELECT coalesce(sum(s.on_hand), 0) AS units FROM stock_level s WHERE s.variant_id = v.id) stock
     ) END AS variants
   FROM me, sums`,
);

/** Units on hand of everything: what shares are measured by. */
export const shopStock = statement(
  'checkout.shop-stock',
  'SELECT coalesce(sum(on_hand), 0)::bigint AS units FROM stock_level',
);

/** Attempts that hold nothing and are too old to count. In batches. */
export const deleteOldAttempts = statement(
  'checkout.delete-old-attempts',
  `DELETE FROM checkout_attempt WHERE (cart_id, cart_version) IN (
     SELECT a.cart_id, a.cart_version FROM checkout_attempt a
     WHERE a.created_at < now() - interval '2 days' AND NOT EXISTS (
       SELECT 1 FROM shop_order o WHERE o.cart_id = a.cart_id AND (o.status = 'PENDING_PAYMENT'
         OR (o.status = 'PLACED' AND o.payment_status = 'PENDING' AND o.fulfilment_status = 'UNFULFILLED')))
     LIMIT 1000)`,
);
