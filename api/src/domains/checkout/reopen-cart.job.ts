import { z } from 'zod';
import { violatedConstraint, type Database } from '../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { OrderStatus, type OrderService } from '../orders/index.js';
import { reopenCart } from './checkout.statements.js';

const reopenCartJob = defineJob({
  queue: 'checkout.reopen-cart',
  payload: z.object({ orderId: z.uuid() }),
});

/**
 * Gives the buyer their cart back when its order expired or was cancelled before it was placed. Locks order, then cart, as
 * a late payment does: either that finds the cart given back and takes it again, or this finds the order placed. Runs
 * any number of times.
 */
export async function reopenCartOf(database: Database, orders: OrderService, orderId: string): Promise<void> {
  try {
    await database.transaction(async (tx) => {
      const order = await orders.lock(tx, orderId);
      const cameToNothing = [OrderStatus.EXPIRED, OrderStatus.CANCELLED].includes(order.status);
      if (cameToNothing && order.placedAt === null && order.cartId)
        await tx.count(reopenCart, [order.cartId]);
    });
  } catch (error) {
    // They have begun another cart in this very moment, and keep that one.
    if (violatedConstraint(error) !== 'cart_of_user') throw error;
  }
}

export function checkoutJobs(database: Database, orders: OrderService): HandledJob[] {
  return [handleJob(reopenCartJob, ({ orderId }) => reopenCartOf(database, orders, orderId))];
}

export const checkoutEvents: Subscription[] = [
  onEvent('order.closed', reopenCartJob, ({ aggregateId }) => ({ orderId: aggregateId })),
];
