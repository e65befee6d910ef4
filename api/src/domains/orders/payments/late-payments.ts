import { SYSTEM } from '../../../kernel/actor.js';
import type { Tx } from '../../../platform/database/database.js';
import { InsufficientStockError, type StockService } from '../../inventory/index.js';
import type { PaymentAlerts, PaymentEntity, PaymentTrouble, Tenders } from '../../payments/index.js';
import { isBuyerForgotten } from '../buyer/forgotten-buyer.js';
import type { OrderEntity, OrderLineEntity } from '../order.entity.js';
import { OrderSource } from '../placing/order-source.js';
import { OrderPaymentStatus, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';

export interface LatePaymentDeps {
  readonly orders: OrderService;
  readonly stock: StockService;
  readonly alerts: PaymentAlerts;
  readonly tenders: Tenders;
}

/** An account that paid a part of the order cannot pay it again. */
class TenderGone extends Error {}

interface LockedCart extends Record<string, unknown> {
  readonly id: string;
  readonly isOpen: boolean;
}

/**
 * What becomes of an order whose payment comes too late, has another amount than agreed, or lapses. Requires the locks
 * of order and payment.
 */
export class LatePayments {
  constructor(private readonly deps: LatePaymentDeps) {}

  /**
   * Reserves and sells all lines of an order whose payment came after its reservations expired, or none of them:
   * never a part of the order, never more than is in stock. Returns false when the order cannot be placed.
   *
   * Order and payment are locked. The buyer's carts are locked next, as in the checkout (the buyer may be pressing
   * "pay" again), then the accounts that pay a part of it, whose amounts are taken again, then the stock levels. Where carts hold stock, the buyer's own cart, which was reopened, may hold
   * these very units: what it holds is released for the order under the lock of the stock levels, so no other buyer
   * can take it, and the cart holds again what the order leaves. When stock is missing, the savepoint undoes all of
   * this.
   */
  async reserveAgain(tx: Tx, order: OrderEntity): Promise<boolean> {
    // When the exchange expired, its credit became money of the first order again, and may have been refunded since.
    if (order.source === OrderSource.EXCHANGE) return false;
    // The delivery address and the buyer's contact were removed.
    if (isBuyerForgotten(order)) return false;
    const { cartId } = order;
    const lines = await tx.rows(sql.linesByOrder, { ids: [order.id] });
    for (let known = -1; ;) {
      const carts = cartId ? await tx.rows(sql.lockCartsOfBuyer, { cartId }) : [];
      // The buyer began another cart while the stock was being locked; it may hold these units.
      if (carts.length === known) return false;
      known = carts.length;
      if (cartId && (await tx.row(sql.liveOrderOfCart, { cartId }))) return false;
      try {
        await tx.savepoint(() => this.sellAgain(tx, order, { carts, lines }));
        return true;
      } catch (error) {
        if (error instanceof TenderGone) return false;
        if (!(error instanceof InsufficientStockError)) throw error;
      }
    }
  }

  private async sellAgain(
    tx: Tx,
    order: OrderEntity,
    { carts, lines }: { carts: readonly LockedCart[]; lines: readonly OrderLineEntity[] },
  ): Promise<void> {
    const { stock, orders, tenders } = this.deps;
    if (!(await tenders.holdAgain(tx, order))) throw new TenderGone();
    // The cart was reopened when the order expired. It is converted again, so that its lines are not bought twice.
    const isTaken = (await tx.count(sql.reconvertCart, { orderId: order.id })) === 1;
    const open = carts.filter(({ isOpen }) => isOpen);
    const locked = await stock.lock(tx, lines, {
      carts: open.map(({ id }) => ({ id, stays: !(isTaken && id === order.cartId) })),
    });
    await stock.hold(tx, locked, order.id, orders.clock.now());
    await stock.sell(tx, order.id);
  }

  /**
   * Keeps a payment of another amount than agreed without placing the order: sets it to REVIEW and alerts staff, who
   * decide.
   *
   * An exchange that expired has ended for good, like a cancelled order: its credit is money of the first order again
   * and was refunded. It stays EXPIRED, because in REVIEW the credit would count, and be refunded, once more; what came
   * in late is refunded from its own payment.
   */
  async markForReview(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    trouble: PaymentTrouble,
  ): Promise<void> {
    const isUnplaced =
      order.status === OrderStatus.PENDING_PAYMENT ||
      (order.status === OrderStatus.EXPIRED && order.source !== OrderSource.EXCHANGE);
    if (isUnplaced) await this.deps.stock.release(tx, order.id);
    if (isUnplaced || order.status === OrderStatus.PLACED) {
      await this.deps.orders.change(tx, order, {
        status: OrderStatus.REVIEW,
        paymentStatus: OrderPaymentStatus.PAID,
        expiresAt: null,
        event: 'REVIEW',
        actor: SYSTEM,
      });
    }
    await this.deps.alerts.raise(tx, payment, trouble);
  }

  /** Records that the authorization of a placed order lapsed: nothing more is shipped for it, and staff decides. */
  async markLapsed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.orders.change(tx, order, {
      status: order.status === OrderStatus.PLACED ? OrderStatus.REVIEW : order.status,
      paymentStatus: OrderPaymentStatus.CANCELLED,
      event: order.status === OrderStatus.PLACED ? 'REVIEW' : 'PAYMENT_FAILED',
      actor: SYSTEM,
    });
    await this.deps.alerts.raise(tx, payment, 'lapsed');
  }
}
