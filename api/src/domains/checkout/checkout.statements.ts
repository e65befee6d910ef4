import { statement, t } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { EDITABLE_STATUSES, OrderStatus } from '../orders/index.js';

/** The live order that the owner's last converted cart became. */
export const latestOrderOfOwner = statement('checkout.latest-order', {
  params: { userId: t.uuid.orNull, tokenHash: t.bytea.orNull },
  row: { id: t.uuid },
  sql: `SELECT o.id FROM cart c JOIN shop_order o ON o.cart_id = c.id
   WHERE c.status = 'CONVERTED' AND (c.user_id = :userId OR (c.token_hash = :tokenHash AND c.user_id IS NULL))
     AND o.status IN ${sqlList([OrderStatus.PENDING_PAYMENT, ...EDITABLE_STATUSES])} AND o.created_at > now() - interval '1 hour'
   ORDER BY o.created_at DESC LIMIT 1`,
});
export const answerKey = statement('checkout.answer-key', {
  params: { actor: t.text, key: t.text, orderId: t.uuid },
  sql: `UPDATE request_key SET order_id = :orderId WHERE actor = :actor AND operation = 'checkoutComplete' AND key = :key`,
});
