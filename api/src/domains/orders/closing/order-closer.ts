import type { Tx } from '../../../platform/database/database.js';
import type { StockService } from '../../inventory/index.js';
import type { Cancellation, Tenders } from '../../payments/index.js';
import type { ExchangeCredits } from '../refunds/exchange-credit.js';
import { restockAll } from '../fulfillment/goods-at-home.js';
import { orderClosed, orderEvent } from '../order.events.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderPaymentStatus, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';

/**
 * Writes the end of an order that is not completed, in the caller's transaction. Locks, after the order and its
 * payment: for an exchange the order whose goods were returned and its payments, then the accounts of tenders, then stock.
 */
export class OrderCloser {
  constructor(
    private readonly deps: {
      readonly orders: OrderService;
      readonly stock: StockService;
      readonly credits: ExchangeCredits;
      readonly tenders: Tenders;
    },
  ) {}

  /**
   * Closes an unpaid order and releases its stock. Requires the order lock; its payment must be cancelled or refused.
   */
  async close(tx: Tx, order: OrderEntity, { reason, actor }: Cancellation): Promise<void> {
    const status = OrderStatus[reason];
    await this.deps.credits.around(tx, order, actor, async () => {
      await this.deps.tenders.release(tx, order);
      await this.deps.stock.release(tx, order.id);
      await this.deps.orders.change(tx, order, {
        status,
        paymentStatus: OrderPaymentStatus.CANCELLED,
        expiresAt: null,
        event: status,
        actor,
        events: (closed) => [orderEvent(orderClosed, closed)],
      });
    });
  }

  /**
   * Cancels an order that holds no reservations, and restocks what it sold unless `restock` is false. Requires the
   * order lock.
   */
  cancelPlaced(
    tx: Tx,
    order: OrderEntity,
    cancellation: Omit<Cancellation, 'reason'> & { readonly paymentStatus: OrderPaymentStatus },
  ): Promise<OrderEntity> {
    const { actor, restock = true, paymentStatus } = cancellation;
    return this.deps.credits.around(tx, order, actor, async () => {
      // What is held for an order that is not paid yet; what it was paid with goes back by a refund.
      await this.deps.tenders.release(tx, order);
      const cancelled = await this.deps.orders.change(tx, order, {
        status: OrderStatus.CANCELLED,
        paymentStatus,
        event: 'CANCELLED',
        actor,
        events: (closed) => [orderEvent(orderClosed, closed)],
      });
      if (restock) await restockAll(tx, this.deps.stock, order.id, actor.userId);
      // Its back-orders are dropped in any case.
      else await this.deps.stock.dropBackordered(tx, { orderId: order.id, lines: null });
      return cancelled;
    });
  }
}
