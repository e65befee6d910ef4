import type { ProviderIntent } from '../../integrations/payments/port.js';
import { isUuid, newId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/logger.js';
import type { Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { InsufficientStockError, type StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import { isBuyerForgotten } from './forgotten-buyer.js';
import type { OrderEntity, OrderLineEntity } from './order.entity.js';
import { OrderSource } from './order-source.js';
import { OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';

export interface LatePaymentDeps {
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly stock: StockService;
  readonly outbox: Outbox;
  readonly logger: Logger;
}

/** Why staff must check a payment. */
export type PaymentTrouble =
  /** The captured amount differs from the agreed one. */
  | 'amount'
  /** The authorization of a placed order lapsed. */
  | 'lapsed'
  /** The order cannot be placed, and its buyer disputes the payment at the bank: the shop cannot refund it. */
  | 'disputed'
  /** The payment's time is over and the provider does not report an outcome. */
  | 'undecided';

interface LockedCart extends Record<string, unknown> {
  readonly id: string;
  readonly isOpen: boolean;
}

/**
 * Handles payments that come too late, have another amount than agreed, or lapse. Requires the locks of order and
 * payment.
 */
export class LatePayments {
  constructor(private readonly deps: LatePaymentDeps) {}

  /**
   * Reserves and sells all lines of an order whose payment came after its reservations expired, or none of them:
   * never a part of the order, never more than is in stock. Returns false when the order cannot be placed.
   *
   * Order and payment are locked. The buyer's carts are locked next, as in the checkout (the buyer may be pressing
   * "pay" again), then the stock levels. Where carts hold stock, the buyer's own cart, which was reopened, may hold
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
    const lines = await tx.rows<OrderLineEntity>(sql.linesByOrder, [[order.id]]);
    for (let known = -1; ;) {
      const carts = cartId ? await tx.rows<LockedCart>(sql.lockCartsOfBuyer, [cartId]) : [];
      // The buyer began another cart while the stock was being locked; it may hold these units.
      if (carts.length === known) return false;
      known = carts.length;
      if (cartId && (await tx.row(sql.liveOrderOfCart, [cartId]))) return false;
      try {
        await tx.savepoint(() => this.sellAgain(tx, order, { carts, lines }));
        return true;
      } catch (error) {
        if (!(error instanceof InsufficientStockError)) throw error;
      }
    }
  }

  private async sellAgain(
    tx: Tx,
    order: OrderEntity,
    { carts, lines }: { carts: readonly LockedCart[]; lines: readonly OrderLineEntity[] },
  ): Promise<void> {
    const { stock, orders } = this.deps;
    // The cart was reopened when the order expired. It is converted again, so that its lines are not bought twice.
    const isTaken = (await tx.count(sql.reconvertCart, [order.id])) === 1;
    const open = carts.filter(({ isOpen }) => isOpen);
    const locked = await stock.lock(tx, lines, {
      carts: open.map(({ id }) => ({ id, stays: !(isTaken && id === order.cartId) })),
    });
    await stock.hold(tx, locked, order.id, orders.clock.now());
    await stock.sell(tx, order.id);
  }

  /**
   * Refunds a payment in full whose order cannot be placed; alerts staff instead when the bank is already deciding a
   * dispute about it.
   */
  async refundInFull(tx: Tx, order: OrderEntity, payment: PaymentEntity, reason: string): Promise<void> {
    if (await this.deps.payments.isDisputed(tx, payment)) return this.keepDisputed(tx, order, payment);
    const refundId = await this.deps.payments.requestRefund(tx, payment, { amount: null, reason });
    if (!refundId) return;
    await this.deps.outbox.append(tx, {
      kind: 'order.refused-late',
      aggregateId: order.id,
      dedupeKey: `order.refused-late:${payment.id}`,
      payload: { paymentId: payment.id },
    });
  }

  private keepDisputed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    const isUnplaced = order.status === OrderStatus.EXPIRED && payment.purpose === 'ORDER';
    return isUnplaced
      ? this.markForReview(tx, order, payment, 'disputed')
      : this.alert(tx, order, payment, 'disputed');
  }

  /** Requests the void of an authorization whose order cannot be placed; a job cancels it at the provider. */
  async requestVoid(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.outbox.append(tx, {
      kind: 'payment.void',
      aggregateId: order.id,
      dedupeKey: `payment.void:${payment.id}`,
      payload: { paymentId: payment.id },
    });
  }

  /**
   * Keeps a payment of another amount than agreed without placing the order: sets it to REVIEW and alerts staff, who
   * decide.
   */
  async markForReview(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    trouble: PaymentTrouble,
  ): Promise<void> {
    const isUnplaced = order.status === OrderStatus.PENDING_PAYMENT || order.status === OrderStatus.EXPIRED;
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
    await this.alert(tx, order, payment, trouble);
  }

  /** Records that the authorization of a placed order lapsed: nothing more is shipped for it, and staff decides. */
  async markLapsed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.orders.change(tx, order, {
      status: order.status === OrderStatus.PLACED ? OrderStatus.REVIEW : order.status,
      paymentStatus: OrderPaymentStatus.CANCELLED,
      event: order.status === OrderStatus.PLACED ? 'REVIEW' : 'PAYMENT_FAILED',
      actor: SYSTEM,
    });
    await this.alert(tx, order, payment, 'lapsed');
  }

  /**
   * Alerts staff of a payment at the provider that names this shop but fits none of its payments. The event contains
   * what is needed to find it in the provider's dashboard.
   */
  async alertUnknownPayment(tx: Tx, { reference, paymentId, ...intent }: ProviderIntent): Promise<void> {
    const reason = 'unknown-to-us';
    this.deps.logger.error(
      { reference, paymentId, reason },
      'A payment of this shop fits none of its orders',
    );
    const id = paymentId && isUuid(paymentId) ? paymentId : newId();
    const amount = intent.status === 'succeeded' ? intent.amountReceived : intent.amount;
    await this.deps.outbox.append(tx, {
      kind: 'payment.mismatch',
      aggregateId: id,
      dedupeKey: `payment.mismatch:${reference}:${reason}`,
      payload: { paymentId: id, reason, reference, ...amount },
    });
  }

  /** Alerts staff of a payment without an outcome; the order or edit that it pays for keeps waiting. */
  alertUndecided(tx: Tx, payment: PaymentEntity): Promise<void> {
    return this.alert(tx, { id: payment.orderId }, payment, 'undecided');
  }

  /** Alerts staff of a payment that must be refunded while its bank decides a dispute about it. */
  alertDisputed(tx: Tx, order: Pick<OrderEntity, 'id'>, payment: PaymentEntity): Promise<void> {
    return this.alert(tx, order, payment, 'disputed');
  }

  private async alert(
    tx: Tx,
    order: Pick<OrderEntity, 'id'>,
    payment: PaymentEntity,
    trouble: PaymentTrouble,
  ): Promise<void> {
    this.deps.logger.error(
      { orderId: order.id, paymentId: payment.id, trouble },
      'A person must look at a payment',
    );
    await this.deps.outbox.append(tx, {
      kind: 'payment.mismatch',
      aggregateId: order.id,
      dedupeKey: `payment.mismatch:${payment.id}:${trouble}`,
      payload: { paymentId: payment.id, reason: trouble },
    });
  }
}
