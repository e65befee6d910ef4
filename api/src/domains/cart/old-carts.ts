import { statement } from '../../platform/database/database.js';
import { OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

// Kept longer than the cookie that leads to it. A cart that held or sold something is kept with its order.
const guestCarts = statement(
  'cart.delete-old-guest-carts',
  `DELETE FROM cart WHERE id IN (
     SELECT c.id FROM cart c WHERE c.status = 'ACTIVE' AND c.user_id IS NULL AND ${olderThanDays('c.updated_at')}
       AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.cart_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id)
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
);

// The order has a copy of its own, and is forgotten by a statement of its own.
const contacts = statement(
  'cart.forget-contacts',
  `UPDATE cart SET email = NULL, phone = NULL, shipping_address = NULL, billing_address = NULL,
     network = NULL, wide_network = NULL WHERE id IN (
     SELECT c.id FROM cart c WHERE ${olderThanDays('c.updated_at')} AND (c.status <> 'ACTIVE' OR c.user_id IS NULL)
       AND num_nonnulls(c.email, c.phone, c.shipping_address, c.billing_address, c.network, c.wide_network) > 0
       AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id AND o.status IN ('DRAFT', 'PENDING_PAYMENT'))
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
);

/** Carts of guests, and what closed carts say of people, after so many days without a change. */
export function oldCarts(days: number): readonly OldRows[] {
  return [
    { statement: guestCarts, days },
    { statement: contacts, days },
  ];
}
