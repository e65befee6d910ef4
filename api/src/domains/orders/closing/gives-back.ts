import type { Actor } from '../../../kernel/actor.js';
import type { Querying, Tx } from '../../../platform/database/database.js';
import { assertMayGiveBack, isReservedFor } from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderStatus } from '../order-states.js';
import type { OrderRefundService } from '../refunds/order-refund.service.js';

const NEVER_PLACED: readonly OrderStatus[] = [OrderStatus.DRAFT, OrderStatus.PENDING_PAYMENT];

/**
 * Whether ending an order lets go of money without a refund of its own: what is reserved for it since it was placed, or
 * the credit of an exchange, which the order whose goods were returned refunds. See giving-back.ts of the payments.
 */
export async function releasesMoney(
  querying: Querying,
  refunding: Pick<OrderRefundService, 'creditOf'>,
  order: OrderEntity,
): Promise<boolean> {
  if (!NEVER_PLACED.includes(order.status) && (await isReservedFor(querying, order.id))) return true;
  return ((await refunding.creditOf(querying, order))?.amount ?? 0) > 0;
}

/**
 * Before the provider is asked to cancel a payment, and before what accounts of the shop hold is released. Requires the
 * order lock. @throws DomainError REFUND_NOT_ALLOWED for a member of staff without ORDER_REFUND
 */
export async function assertMayEnd(
  tx: Tx,
  refunding: Pick<OrderRefundService, 'creditOf'>,
  order: OrderEntity,
  actor: Actor,
): Promise<void> {
  if (actor.kind === 'STAFF' && (await releasesMoney(tx, refunding, order)))
    await assertMayGiveBack(tx, actor);
}
