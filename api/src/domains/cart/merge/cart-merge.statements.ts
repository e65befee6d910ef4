import { rowOf, statement, t } from '../../../platform/database/database.js';
import { freeOfVariant, roughQuantityOf } from '../../catalog/index.js';
import { CartEntity } from '../cart.entity.js';
import { CART, MAX_LINE_QUANTITY } from '../cart.statements.js';

/** Locks a cart that became an order and its buyer's active cart, in id order. */
export const lockForReopening = statement('cart.lock-for-reopening', {
  params: { cartId: t.uuid },
  row: rowOf(CartEntity),
  sql: `SELECT ${CART} FROM cart WHERE id = :cartId OR (status = 'ACTIVE' AND (follows = :cartId OR user_id = (SELECT user_id FROM cart WHERE id = :cartId)))
   ORDER BY id FOR UPDATE`,
});
export const reopen = statement('cart.reopen', {
  params: { cartId: t.uuid },
  sql: `UPDATE cart SET status = 'ACTIVE', version = version + 1, updated_at = now() WHERE id = :cartId AND status = 'CONVERTED'`,
});
export const lockForMerge = statement('cart.lock-for-merge', {
  params: { userId: t.uuid, tokenHash: t.bytea },
  row: rowOf(CartEntity),
  sql: `SELECT ${CART} FROM cart WHERE status = 'ACTIVE' AND (user_id = :userId OR (token_hash = :tokenHash AND user_id IS NULL))
   ORDER BY id FOR UPDATE`,
});
export const adoptCart = statement('cart.adopt', {
  params: { guestId: t.uuid, userId: t.uuid },
  sql: `UPDATE cart SET user_id = :userId, token_hash = NULL, email = coalesce(email, (SELECT u.email FROM app_user u WHERE u.id = :userId)), version = version + 1, updated_at = now() WHERE id = :guestId`,
});
/** SQL: the largest quantity that a cart accepts of the variant, as `availableOf` says; back-orders are counted when they are paid for. */
const maxQuantityOf = (variant: string): string =>
  `(SELECT CASE WHEN v.stock_policy = 'CONTINUE' THEN ${MAX_LINE_QUANTITY} ELSE ${roughQuantityOf(`coalesce(${freeOfVariant('v')}, 0)::int`)} END::int FROM variant v WHERE v.id = ${variant})`;

/**
 * Adds the guest's quantities to the customer's lines, at most what is available; a line never gets smaller. Returns
 * the lines that now hold fewer than both together.
 */
export const mergeLines = statement('cart.merge-lines', {
  params: { into: t.uuid, from: t.uuid },
  row: { id: t.uuid },
  sql: `WITH both_carts AS (
     SELECT variant_id, sum(quantity) AS quantity FROM cart_line WHERE cart_id IN (:into, :from) GROUP BY variant_id
   ), merged AS (
   INSERT INTO cart_line (id, cart_id, variant_id, quantity, unit_price_at_add)
   SELECT new_id(), :into, l.variant_id, greatest(1, least(l.quantity, ${MAX_LINE_QUANTITY}, f.free)), l.unit_price_at_add
   FROM cart_line l,
     LATERAL (SELECT ${maxQuantityOf('l.variant_id')} AS free) f
   WHERE l.cart_id = :from
   ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = greatest(cart_line.quantity, least(
     ${MAX_LINE_QUANTITY}, cart_line.quantity + excluded.quantity, ${maxQuantityOf('excluded.variant_id')}))
   RETURNING id, variant_id, quantity)
   SELECT m.id FROM merged m JOIN both_carts b USING (variant_id) WHERE m.quantity < b.quantity`,
});
export const piecesOfBoth = statement('cart.pieces-of-both', {
  params: { cartIds: t.uuids },
  row: { units: t.int },
  sql: 'SELECT coalesce(sum(quantity), 0)::int AS units FROM cart_line WHERE cart_id = ANY(:cartIds::uuid[])',
});
/** Deletes a cart that no order references. */
export const dropCart = statement('cart.drop', {
  params: { guestId: t.uuid },
  sql: 'DELETE FROM cart c WHERE c.id = :guestId AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id)',
});
/**
 * Marks a guest's cart ABANDONED whose lines were moved to the cart of the customer: if its order expires, its
 * lines concern that cart now.
 */
export const abandonCart = statement('cart.abandon', {
  params: { guestId: t.uuid, userId: t.uuid },
  sql: `UPDATE cart SET status = 'ABANDONED', user_id = :userId, version = version + 1, updated_at = now() WHERE id = :guestId`,
});
/**
 * Counts the change of the customer's cart, and copies what the guest's cart contains about the delivery and the
 * accounts to pay with.
 */
export const copyDeliveryDetails = statement('cart.copy-delivery-details', {
  params: { into: t.uuid, from: t.uuid },
  sql: `UPDATE cart SET email = coalesce(cart.email, g.email),
     phone = CASE WHEN g.updated_at > cart.updated_at THEN coalesce(g.phone, cart.phone) ELSE coalesce(cart.phone, g.phone) END,
     shipping_address = CASE WHEN d.taken THEN g.shipping_address ELSE cart.shipping_address END,
     billing_address = CASE WHEN d.taken THEN g.billing_address ELSE cart.billing_address END,
     shipping_method_id = CASE WHEN d.taken THEN g.shipping_method_id ELSE cart.shipping_method_id END,
     shipping_price_quoted = CASE WHEN d.taken THEN g.shipping_price_quoted ELSE cart.shipping_price_quoted END,
     tenders = (SELECT coalesce(jsonb_agg(DISTINCT t), '[]') FROM jsonb_array_elements(cart.tenders || g.tenders) AS t),
     has_additional_data = cart.has_additional_data OR g.has_additional_data,
     version = cart.version + 1, updated_at = now()
   FROM cart g CROSS JOIN LATERAL (SELECT updated_at FROM cart WHERE id = :into) own
     CROSS JOIN LATERAL (SELECT g.shipping_address IS NOT NULL AND (g.updated_at > own.updated_at
       OR (SELECT shipping_address IS NULL FROM cart WHERE id = :into)) AS taken) d
   WHERE cart.id = :into AND g.id = :from`,
});
