import type { Actor } from '../../../kernel/actor.js';
import { DomainError } from '../../../kernel/errors.js';
import { statement, t, type Querying, type Tx } from '../../../platform/database/database.js';
import { permissionsOfAccount } from '../../identity/index.js';

/*
 * Who may give money back
 *
 * A member of staff whose decision gives money back has the permission ORDER_REFUND at the moment of the write, whichever
 * operation the money goes back by: a refund, a cancelled order, an order that was made cheaper, goods exchanged for
 * cheaper ones, a surplus, one order or a hundred of them in a job. Buyers, who cancel their own orders, and the
 * program, which refunds what came too late, are not asked.
 *
 * Giving back is
 * - a refund, of whatever payment: by a provider, of cash or a transfer that staff pays out, to an account of the shop
 *   such as a gift card. `RefundRequests.request` writes each of them, and asks there;
 * - letting go of what is reserved for an order that was placed: an authorized card, and what accounts of the shop
 *   hold. who ends an order asks before the provider does anything that cannot be taken back.
 * It is not: ending a payment that nobody has made, an order that was never placed (what is held for it goes back by
 * itself when its time is over), a lower price of which nothing was paid, nor noting that the courier collected less.
 *
 * Transaction and locks: the permissions are read in the transaction that gives the money back, under the lock of the order,
 * after everything that may refuse it for another reason. No lock is taken on the account: taking the permission away
 * and giving back happen one after the other, by what this statement sees. The error undoes the whole operation: an
 * order is not cancelled without its money.
 */

const reserved = statement('payments.reserved-for-order', {
  params: { orderId: t.uuid },
  row: { isReserved: t.boolean },
  sql: `SELECT EXISTS (SELECT 1 FROM payment WHERE order_id = :orderId AND status = 'AUTHORIZED') AS "isReserved"`,
});

/** Whether an amount is reserved for an order, on a card or in an account of the shop. */
export async function isReservedFor(querying: Querying, orderId: string): Promise<boolean> {
  return (await querying.row(reserved, { orderId }))?.isReserved ?? false;
}

/** @throws DomainError REFUND_NOT_ALLOWED for a member of staff without ORDER_REFUND */
export async function assertMayGiveBack(tx: Tx, actor: Actor): Promise<void> {
  if (actor.kind !== 'STAFF') return;
  const permissions = actor.userId ? await permissionsOfAccount(tx, actor.userId) : null;
  if (permissions?.has('ORDER_REFUND')) return;
  throw new DomainError(
    'REFUND_NOT_ALLOWED',
    'This gives money back, and the caller lacks the permission ORDER_REFUND.',
  );
}
