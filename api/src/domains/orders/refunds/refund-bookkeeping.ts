import { SYSTEM } from '../../../kernel/actor.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { StockService } from '../../inventory/index.js';
import type { DisputeService } from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderPaymentStatus, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';

interface MoneySums {
  readonly captured: number;
  readonly returned: number;
}

const PLACED = [OrderStatus.PAID, OrderStatus.FULFILLED, OrderStatus.COMPLETED];

/**
 * Writes the sum of an order's succeeded refunds to the order. Only money that is not made up for by another payment
 * counts: when a second payment for the same order was refunded, nothing of the order itself was refunded. A refund
 * that fails after it succeeded is subtracted again. Money that a lost dispute took is no refund: it is recorded with
 * the dispute. Safe to run any number of times.
 */
export class RefundBookkeeping {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderService,
    private readonly disputes: DisputeService,
    private readonly stock: StockService,
  ) {}

  async apply(orderId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const order = await this.orders.lock(tx, orderId);
      const failed = await tx.rows(sql.unreportedFailedRefunds, { orderId });
      const sums = await tx.row(sql.paidAndReturned, { orderId });
      if (sums) await this.updateOrder(tx, order, sums);
      for (const { id, amount, failureCode } of failed)
        await this.orders.appendTimelineEntry(tx, orderId, 'REFUND_FAILED', {
          amount,
          failureCode,
          refundId: id,
        });
    });
    this.orders.notifyRelay();
  }

  /** Records in the timeline once that a payment is disputed, and once how the dispute ended. */
  async alertOwnerOfDispute(disputeId: string, kind: 'DISPUTED' | 'DISPUTE_CLOSED'): Promise<void> {
    const dispute = await this.disputes.find(disputeId);
    if (!dispute) return;
    await this.database.transaction(async (tx) => {
      const order = await this.orders.lock(tx, dispute.orderId);
      if (await tx.row(sql.recordDisputeAlert, { orderId: order.id, kind, disputeId })) return;
      await this.orders.change(tx, order, {
        event: kind,
        details: { amount: dispute.amount, disputeId },
        actor: SYSTEM,
      });
    });
    this.orders.notifyRelay();
  }

  private async updateOrder(tx: Tx, order: OrderEntity, sums: MoneySums): Promise<void> {
    const refunded = refundedOf(order, sums);
    if (refunded === order.refunded) return;
    const isAll = refunded === order.totalGross || sums.returned === sums.captured;
    const isOver = isAll && PLACED.includes(order.status);
    await this.orders.change(tx, order, {
      refunded,
      paymentStatus:
        refunded === 0
          ? OrderPaymentStatus.PAID
          : isAll
            ? OrderPaymentStatus.REFUNDED
            : OrderPaymentStatus.PARTIALLY_REFUNDED,
      status: isOver ? OrderStatus.REFUNDED : order.status,
      event: refunded > order.refunded ? 'REFUNDED' : 'STATUS_CHANGED',
      ...(refunded > order.refunded && { details: { amount: refunded - order.refunded } }),
      actor: SYSTEM,
    });
    // Nothing more is shipped for this order, so the next stock receipt must not go to it.
    if (isOver) await this.stock.dropBackordered(tx, { orderId: order.id, lines: null });
  }
}

/** How much of an order's money the buyer has back: never more than was refunded, nor more than is missing. */
function refundedOf({ totalGross }: OrderEntity, { captured, returned }: MoneySums): number {
  const missing = Math.min(totalGross, Math.max(0, totalGross - captured + returned));
  return Math.min(returned, missing);
}
