import type { PaymentMethod } from '../../payments/index.js';
import { statement, t } from '../../../platform/database/database.js';
import { sqlList } from '../../../platform/database/sql-list.js';
import { LIVE_STATUSES } from '../../orders/index.js';
import { IS_UNPAID } from './unpaid-orders.js';

// The same ownership rule as in the cart's own statements: a customer's cart is never reached by a token.
const CART = `c.status = 'ACTIVE' AND (c.user_id = :userId OR (c.token_hash = :tokenHash AND c.user_id IS NULL)) AND c.version = :cartVersion`;

/**
 * Inserts a checkout attempt. Returns no row for a cart that was changed, ordered or emptied meanwhile, or has no
 * e-mail.
 */
export const insertAttempt = statement('checkout.insert-attempt', {
  params: {
    id: t.uuid,
    userId: t.uuid.orNull,
    tokenHash: t.bytea.orNull,
    cartVersion: t.int,
    network: t.bytea,
    wideNetwork: t.bytea.orNull,
    paymentMethod: t.text,
  },
  row: { largestLine: t.int },
  sql: `WITH attempt AS (
   INSERT INTO checkout_attempt (id, cart_id, cart_version, network, wide_network, email, phone, user_id, payment_method, units, value)
   SELECT :id, c.id, c.version, :network, :wideNetwork::bytea, counted_email(c.email), counted_phone(coalesce(c.phone, c.shipping_address ->> 'phone')), c.user_id, :paymentMethod,
     sum(l.quantity), sum(l.quantity * v.price)
   FROM cart c JOIN cart_line l ON l.cart_id = c.id JOIN variant v ON v.id = l.variant_id
   WHERE ${CART} AND c.email IS NOT NULL GROUP BY c.id
   RETURNING cart_id)
   SELECT max(l.quantity) AS "largestLine" FROM attempt JOIN cart_line l USING (cart_id) GROUP BY cart_id`,
});

/**
 * In the transaction of the order, after the cart's lock: the order is placed with the version that was checked.
 * Updates no row when the attempt was checked for another version of the cart, or not at all.
 */
export const markPlaced = statement('checkout.mark-attempt-placed', {
  params: { attemptId: t.uuid, cartId: t.uuid, version: t.int },
  sql: 'UPDATE checkout_attempt SET placed = true WHERE id = :attemptId AND cart_id = :cartId AND cart_version = :version',
});

/** Deletes an attempt that created no order. */
export const deleteAttempt = statement('checkout.delete-attempt', {
  params: { attemptId: t.uuid },
  sql: 'DELETE FROM checkout_attempt WHERE id = :attemptId AND NOT placed',
});

const SIDE = (of: string): string => `
     count(*) FILTER (WHERE ${of} AND comparable AND held)::int AS "${of}Orders",
     count(*) FILTER (WHERE ${of} AND comparable AND NOT paid AND created_at > now() - interval '1 hour')::int AS "${of}PastHour",
     count(*) FILTER (WHERE ${of} AND lapsed AND created_at > now() - interval '1 day')::int AS "${of}Lapsed"`;

/**
 * What the buyer and the network of an attempt hold besides it. `freeUnits` is how many units of each order are free for a
 * network.
 *
 * Contact data typed by a stranger must not block another buyer: a signed-in customer is recognized by the account
 * alone, and a guest's e-mail address and number only within the guest's own network. From other networks they prove
 * nothing, and whoever changes networks to hold more can change the contact as well. Paid orders do not count, and
 * orders that wait for a courier or a bank are no reason to refuse a payment by card.
 *
 * Each attempt is committed before it is checked: of two that are checked concurrently each sees the other, so a
 * limit is never exceeded; exactly at the limit both may be refused. An attempt is pending for the seconds in which
 * its order is written.
 */
export const progress = statement('checkout.unpaid-situation', {
  params: { attemptId: t.uuid, freeUnits: t.int },
  row: {
    cartId: t.uuid,
    units: t.int,
    value: t.int,
    paymentMethod: t.textOf<PaymentMethod>(),
    buyerOrders: t.int,
    buyerPastHour: t.int,
    buyerLapsed: t.int,
    networkOrders: t.int,
    networkPastHour: t.int,
    networkLapsed: t.int,
    wideOrders: t.int,
    widePastHour: t.int,
    wideLapsed: t.int,
    buyerUnits: t.int,
    buyerValue: t.int,
    networkUnits: t.int,
    wideUnits: t.int,
    isBlocked: t.boolean,
    variants: t.json<readonly { readonly wanted: number; readonly onHand: number }[]>(),
  },
  sql: `WITH me AS (SELECT * FROM checkout_attempt WHERE id = :attemptId),
   other AS (
     SELECT a.cart_id, a.units, a.value, a.created_at, a.network = me.network AS network,
       a.wide_network = me.wide_network IS TRUE AS wide, a.placed,
       CASE WHEN me.user_id IS NOT NULL THEN a.user_id = me.user_id
         ELSE (a.email = me.email OR a.phone = me.phone) AND (a.network = me.network OR a.wide_network = me.wide_network) END IS TRUE AS buyer,
       me.payment_method <> 'CARD' OR a.payment_method = 'CARD' AS comparable,
       NOT a.placed AND c.status = 'ACTIVE' AND c.version = a.cart_version AND a.created_at > now() - interval '15 seconds' AS pending,
       a.placed AND a.cart_id <> me.cart_id AND o.id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM checkout_attempt later WHERE later.cart_id = a.cart_id AND later.placed AND later.cart_version > a.cart_version) AS live,
       ${IS_UNPAID} AS unpaid
     FROM me JOIN checkout_attempt a
       ON (a.network = me.network OR a.wide_network = me.wide_network OR a.user_id = me.user_id)
       AND (a.cart_id, a.cart_version) <> (me.cart_id, me.cart_version)
     JOIN cart c ON c.id = a.cart_id
     LEFT JOIN shop_order o ON o.cart_id = a.cart_id AND o.status IN ${sqlList(LIVE_STATUSES)}
   ), weighed AS (
     SELECT other.*, pending OR (live AND unpaid IS TRUE) AS held, live AND unpaid IS NOT TRUE AS paid, placed AND NOT live AS lapsed
     FROM other WHERE placed OR pending
   ), sums AS (
     SELECT ${SIDE('buyer')}, ${SIDE('network')}, ${SIDE('wide')},
       coalesce(sum(units) FILTER (WHERE buyer AND held), 0)::int AS "buyerUnits",
       coalesce(sum(value) FILTER (WHERE buyer AND held), 0)::bigint AS "buyerValue",
       coalesce(sum(greatest(0, units - :freeUnits)) FILTER (WHERE network AND held), 0)::int AS "networkUnits",
       coalesce(sum(greatest(0, units - :freeUnits)) FILTER (WHERE wide AND held), 0)::int AS "wideUnits"
     FROM weighed
   )
   SELECT me.cart_id AS "cartId", me.units, me.value, me.payment_method AS "paymentMethod", sums.*,
     EXISTS (SELECT 1 FROM checkout_block b WHERE b.ended_at IS NULL AND b.expires_at > now() AND (b.network = me.network
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
});

/** Units on hand of all variants, which shares are measured by. */
export const shopStock = statement('checkout.shop-stock', {
  row: { units: t.int },
  sql: 'SELECT coalesce(sum(on_hand), 0)::bigint AS units FROM stock_level',
});

/** Attempts that hold nothing and are too old to count. In batches. */
export const deleteOldAttempts = statement('checkout.delete-old-attempts', {
  sql: `DELETE FROM checkout_attempt WHERE id IN (
     SELECT a.id FROM checkout_attempt a
     WHERE a.created_at < now() - interval '2 days' AND NOT (a.placed AND EXISTS (
       SELECT 1 FROM shop_order o WHERE o.cart_id = a.cart_id AND ${IS_UNPAID}))
     LIMIT 1000)`,
});
