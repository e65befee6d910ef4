import { statement } from '../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

// Kept longer than its cookie. A cart with reservations or an order is kept with its order.
const guestCarts = statement('cart.delete-old-guest-carts', {
  params: DAYS,
  sql: `DELETE FROM cart WHERE id IN (
     SELECT c.id FROM cart c WHERE c.status = 'ACTIVE' AND c.user_id IS NULL AND ${olderThanDays('c.updated_at')}
       AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.cart_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id)
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

// The order has its own copy of the contact, which another statement removes.
const contacts = statement('cart.forget-contacts', {
  params: DAYS,
  sql: `UPDATE cart SET email = NULL, phone = NULL, shipping_address = NULL, billing_address = NULL,
     network = NULL, wide_network = NULL WHERE id IN (
     SELECT c.id FROM cart c WHERE ${olderThanDays('c.updated_at')} AND (c.status <> 'ACTIVE' OR c.user_id IS NULL)
       AND num_nonnulls(c.email, c.phone, c.shipping_address, c.billing_address, c.network, c.wide_network) > 0
       AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id AND o.status IN ('DRAFT', 'PENDING_PAYMENT'))
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/**
 * SQL: whether a cart is gone, or its contact has been forgotten by the statement above. A cart that became an order had one, and so
 * had every guest's cart with an order that came to nothing.
 */
export const forgottenCart = (id: string): string =>
  `NOT EXISTS (SELECT 1 FROM cart c WHERE c.id = ${id} AND (num_nonnulls(c.email, c.phone, c.shipping_address) > 0 OR c.status = 'ACTIVE'
     AND (c.user_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id))))`;

/** Guest carts, and personal data in closed carts, after so many days without a change. */
export function oldCarts(days: number): readonly OldRows[] {
  return [
    { statement: guestCarts, days },
    { statement: contacts, days },
  ];
}
