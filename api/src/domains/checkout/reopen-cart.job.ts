import { z } from 'zod';
import { violatedConstraint, type Database } from '../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { CartMergeService } from '../cart/index.js';
import { liveOrderOfCart, orderClosed, OrderStatus, type OrderService } from '../orders/index.js';

export interface ReopenDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly cartMerge: CartMergeService;
}

const reopenCartJob = defineJob({
  queue: 'checkout.reopen-cart',
  payload: z.object({ orderId: z.uuid() }),
});

/**
 * Reopens the buyer's cart when its order expired or was cancelled before it was placed. Locks order, then carts,
 * like a late payment: either the late payment finds the cart reopened and converts it again, or this finds the order
 * placed. Safe to run any number of times.
 */
export async function reopenCartOf(deps: ReopenDeps, orderId: string): Promise<void> {
  try {
    await reopen(deps, orderId);
  } catch (error) {
    // The buyer began another cart concurrently: it exists now, and the lines are added to it.
    if (violatedConstraint(error) !== 'cart_of_user') throw error;
    await reopen(deps, orderId);
  }
}

function reopen({ database, orders, cartMerge }: ReopenDeps, orderId: string): Promise<void> {
  return database.transaction(async (tx) => {
    const order = await orders.lock(tx, orderId);
    const isClosed = [OrderStatus.EXPIRED, OrderStatus.CANCELLED].includes(order.status);
    if (!isClosed || order.placedAt !== null || !order.cartId) return;
    if (await tx.row(liveOrderOfCart, { cartId: order.cartId })) return;
    await cartMerge.reopenCart(tx, order.cartId);
  });
}

export function checkoutJobs(deps: ReopenDeps): HandledJob[] {
  return [handleJob(reopenCartJob, ({ orderId }) => reopenCartOf(deps, orderId))];
}

export const checkoutSubscriptions: Subscription[] = [
  on(orderClosed, reopenCartJob, ({ aggregateId }) => ({ orderId: aggregateId })),
];
