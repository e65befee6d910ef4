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

/** Why a person must look at a payment. */
export type PaymentTrouble =
  /** Another amount came in than was agreed. */
  | 'amount'
  /** Money that was reserved for a placed order is not reserved any more. */
  | 'lapsed'
  /** Money for an order that cannot be placed, which its buyer asks the bank for already: it cannot go back by itself. */
  | 'disputed'
  /** Its time is over, and the provider does not say what became of it. */
  | 'undecided';

interface LockedCart extends Record<string, unknown> {
  readonly id: string;
  readonly isOpen: boolean;
}

/** Payments that come too late, are not what was agreed, or go away again. The order and the payment are locked. */
export class LatePayments {
  constructor(private readonly deps: LatePaymentDeps) {}

  /**
   * A payment came after the hold had ended: all lines again, or nothing. Never a part, never too much.
   *
   * Order and payment are locked; then come the buyer's carts, as in the checkout (the buyer may be pressing "pay" again),
   * then the shelves. Where carts hold stock, the very goods may lie in the buyer's own cart, which was given back to them:
   * what it holds makes way for the order, under the lock of the shelves and so for nobody else, and what the order leaves is
   * held by the cart again. A refusal takes all of it back.
   */
  async takeAgain(tx: Tx, order: OrderEntity): Promise<boolean> {
    // When it expired, its credit became the first order's money again, and may have gone back since.
    if (order.source === OrderSource.EXCHANGE) return false;
    // Nobody knows where the goods would go, nor whom to ask.
    if (isBuyerForgotten(order)) return false;
    const { cartId } = order;
    const lines = await tx.rows<OrderLineEntity>(sql.linesByOrder, [[order.id]]);
    for (let known = -1; ;) {
      const carts = cartId ? await tx.rows<LockedCart>(sql.lockCartsOfBuyer, [cartId]) : [];
      // One more was begun while the goods were looked for, and may hold them.
      if (carts.length === known) return false;
      known = carts.length;
      if (cartId && (await tx.row(sql.liveOrderOfCart, [cartId]))) return false;
      try {
        await tx.savepoint(() => this.takeStock(tx, order, { carts, lines }));
        return true;
      } catch (error) {
        if (!(error instanceof InsufficientStockError)) throw error;
      }
    }
  }

  private async takeStock(
    tx: Tx,
    order: OrderEntity,
    { carts, lines }: { carts: readonly LockedCart[]; lines: readonly OrderLineEntity[] },
  ): Promise<void> {
    const { stock, orders } = this.deps;
    // Their cart was given back to them when the order expired: it must not be bought twice.
    const isTaken = (await tx.count(sql.takeCartBack, [order.id])) === 1;
    const open = carts.filter(({ isOpen }) => isOpen);
    const locked = await stock.lock(tx, lines, {
      carts: open.map(({ id }) => ({ id, stays: !(isTaken && id === order.cartId) })),
    });
    await stock.hold(tx, locked, order.id, orders.clock.now());
    await stock.sell(tx, order.id);
  }

  /** Money for what cannot be had any more goes back in full; where its bank decides about it already, a person is told. */
  async sendBack(tx: Tx, order: OrderEntity, payment: PaymentEntity, reason: string): Promise<void> {
    if (await this.deps.payments.isDisputed(tx, payment)) return this.disputed(tx, order, payment);
    const refundId = await this.deps.payments.requestRefund(tx, payment, { amount: null, reason });
    if (!refundId) return;
    await this.deps.outbox.append(tx, {
      kind: 'order.refused-late',
      aggregateId: order.id,
      dedupeKey: `order.refused-late:${payment.id}`,
      payload: { paymentId: payment.id },
    });
  }

  private disputed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    const isUnplaced = order.status === OrderStatus.EXPIRED && payment.purpose === 'ORDER';
    return isUnplaced
      ? this.mismatch(tx, order, payment, 'disputed')
      : this.alert(tx, order, payment, 'disputed');
  }

  /** Money was reserved for an order that cannot be placed: a job drops the reservation. */
  async void(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.outbox.append(tx, {
      kind: 'payment.void',
      aggregateId: order.id,
      dedupeKey: `payment.void:${payment.id}`,
      payload: { paymentId: payment.id },
    });
  }

  /** Another amount than agreed came in: kept, not placed; a person decides. */
  async mismatch(tx: Tx, order: OrderEntity, payment: PaymentEntity, trouble: PaymentTrouble): Promise<void> {
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

  /** Reserved money went away while the order stands: nothing is shipped on it any more; a person decides. */
  async lapsed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.orders.change(tx, order, {
      status: order.status === OrderStatus.PLACED ? OrderStatus.REVIEW : order.status,
      paymentStatus: OrderPaymentStatus.CANCELLED,
      event: order.status === OrderStatus.PLACED ? 'REVIEW' : 'PAYMENT_FAILED',
      actor: SYSTEM,
    });
    await this.alert(tx, order, payment, 'lapsed');
  }

  /** The provider holds money for a payment of this shop that we do not know: the news says enough to find it there. */
  async stranger(tx: Tx, { reference, paymentId, ...intent }: ProviderIntent): Promise<void> {
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

  /** What the payment is for waits on. */
  undecided(tx: Tx, payment: PaymentEntity): Promise<void> {
    return this.alert(tx, { id: payment.orderId }, payment, 'undecided');
  }

  /** Money that ought to go back, and whose bank decides about it already. */
  stuck(tx: Tx, order: Pick<OrderEntity, 'id'>, payment: PaymentEntity): Promise<void> {
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
