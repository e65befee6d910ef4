import { statement, t, type Tx } from '../../../platform/database/database.js';
import type { Merge } from '../../identity/index.js';

const moveOrders = statement('orders.move-to-customer', {
  params: { fromId: t.uuid, intoId: t.uuid, isProved: t.boolean },
  sql: `UPDATE shop_order SET customer_id = :intoId, user_id = CASE WHEN :isProved THEN :intoId ELSE user_id END
   WHERE customer_id = :fromId`,
});

/**
 * Moves the orders of a guest to the customer whom the guest was merged into. Their version stays: nothing that anybody
 * agreed to changes. Only an account whose holder has shown that the mailbox is theirs shows them.
 */
export function moveOrdersOfMerged(tx: Tx, { fromId, intoId, isProved }: Merge): Promise<number> {
  return tx.count(moveOrders, { fromId, intoId, isProved });
}
