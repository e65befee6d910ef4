import { statement, t, type Tx } from '../../../platform/database/database.js';
import type { Merge } from '../../identity/index.js';

const moveOrders = statement('orders.move-to-customer', {
  params: { fromId: t.uuid, intoId: t.uuid },
  sql: 'UPDATE shop_order SET customer_id = :intoId WHERE customer_id = :fromId',
});
const showProved = statement('orders.show-proved', {
  params: { userId: t.uuid },
  sql: `UPDATE shop_order o SET user_id = u.id FROM app_user u
   WHERE u.id = :userId AND u.email_verified_at IS NOT NULL AND o.customer_id = u.id AND o.user_id IS NULL
     AND email_key(o.email) = email_key(u.email)`,
});

/**
 * Moves the orders of a guest to the customer whom the guest was merged into. Their version stays: nothing that anybody
 * agreed to changes.
 */
export function moveOrdersOfMerged(tx: Tx, { fromId, intoId }: Merge): Promise<number> {
  return tx.count(moveOrders, { fromId, intoId });
}

/**
 * Lets an account show those of its customer's orders that were placed as a guest with its e-mail, once its holder has
 * shown that the mailbox is theirs. Orders with another e-mail, which staff brought together, stay hidden from it.
 */
export function showProvedOrders(tx: Tx, userId: string): Promise<number> {
  return tx.count(showProved, { userId });
}
