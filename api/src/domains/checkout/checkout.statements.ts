import { statement } from '../../platform/database/database.js';

/** The live order that the owner's last converted cart became. */
export const latestOrderOfOwner = statement(
  'checkout.latest-order',
  `SELECT o.id FROM cart c JOIN shop_order o ON o.cart_id = c.id
   WHERE c.status = 'CONVERTED' AND (c.user_id = $1 OR (c.token_hash = $2 AND c.user_id IS NULL))
     AND o.status IN ('PENDING_PAYMENT', 'PLACED', 'PAID') AND o.created_at > now() - interval '1 hour'
   ORDER BY o.created_at DESC LIMIT 1`,
);
export const answerKey = statement(
  'checkout.answer-key',
  `UPDATE request_key SET order_id = $3 WHERE actor = $1 AND operation = 'checkoutComplete' AND key = $2`,
);

/** The cart of an order that came to nothing is its buyer's again, unless they have begun another. Order locked. */
export const reopenCart = statement(
  'checkout.reopen-cart',
  `UPDATE cart c SET status = 'ACTIVE', version = c.version + 1, updated_at = now()
   WHERE c.id = $1 AND c.status = 'CONVERTED'
     AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id AND o.status IN ('PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED'))
     AND NOT EXISTS (SELECT 1 FROM cart other WHERE other.user_id = c.user_id AND other.status = 'ACTIVE')`,
);
