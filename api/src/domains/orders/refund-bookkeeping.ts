import type { Database } from '../../platform/database/database.js';
import { OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';

/**
 * Writes onto the order what its succeeded refunds add up to. Only what stays missing counts: when a second payment for
 * the same order was sent back, nothing of the order itself was refunded. Safe to run any number of times.
 */
export class RefundBookkeeping {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderService,
  ) {}

  async apply(orderId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const order = await this.orders.lock(tx, orderId);
      const sums = await tx.row<{ captured: number; returned: number }>(sql.paidAndReturned, [orderId]);
      const kept = (sums?.captured ?? 0) - (sums?.returned ?? 0);
      const refunded = sums?.captured ? Math.min(order.totalGross, Math.max(0, order.totalGross - kept)) : 0;
      if (refunded === order.refunded) return;

      const isAll = refunded === order.totalGross;
      const wasPlaced = [OrderStatus.PAID, OrderStatus.FULFILLED, OrderStatus.COMPLETED].includes(
        order.status,
      );
      await this.orders.change(tx, order, {
        refunded,
        paymentStatus: isAll ? OrderPaymentStatus.REFUNDED : OrderPaymentStatus.PARTIALLY_REFUNDED,
        status: isAll && wasPlaced ? OrderStatus.REFUNDED : order.status,
        event: 'REFUNDED',
        facts: { amount: refunded - order.refunded },
        actor: SYSTEM,
      });
    });
    this.orders.nudge();
  }
}
