import { SYSTEM, type Actor } from '../../../kernel/actor.js';
import { DomainError } from '../../../kernel/errors.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import { extendHoldsOf, type StockService } from '../../inventory/index.js';
import type {
  CancelledPayment,
  FailedAttempt,
  PaymentAlerts,
  PaymentEntity,
  PaymentPurpose,
  ProcessingPayment,
} from '../../payments/index.js';
import type { LatePayments } from './late-payments.js';
import type { OrderCloser } from '../closing/order-closer.js';
import type { OrderClosingService } from '../closing/order-closing.service.js';
import type { OrderEntity } from '../order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus, PLACED_UNPAID } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';

/*
 * What the payment of an order's price does to the order
 *
 * Each hook is called by the payment finalizer in the transaction that wrote the payment's status, with the order and
 * the payment locked; then reservations and stock by variant are locked here (before them, for an exchange that is
 * closed, the order whose goods were returned and its payments; for a late payment the buyer's carts). A captured
 * payment places the order or is refunded in full by the finalizer; an authorized one places it too, or is voided.
 */

// A slow method (bank debit) may take days; the stock is held for it, and the hold extended by a day at a time when
// it takes longer than a week.
const PROCESSING_HOLD_MS = 7 * 86_400_000;
// When such a payment fails, the buyer gets half an hour to pay with another method; stock is not held for days after
// a rejection.
const SECOND_TRY_HOLD_MS = 30 * 60_000;

export interface OrderPaymentDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly stock: StockService;
  readonly late: LatePayments;
  readonly closer: OrderCloser;
  readonly closing: OrderClosingService;
  readonly alerts: PaymentAlerts;
}

/** Payments for the price of an order itself. */
export class OrderPayments implements PaymentPurpose<OrderEntity> {
  constructor(private readonly deps: OrderPaymentDeps) {}

  lock(tx: Tx, orderId: string): Promise<OrderEntity> {
    return this.deps.orders.lock(tx, orderId);
  }

  async captured(tx: Tx, order: OrderEntity, payment: PaymentEntity, actor: Actor): Promise<string | null> {
    const { orders, late } = this.deps;
    if (order.status === OrderStatus.PENDING_PAYMENT) {
      await this.sellHeld(tx, order);
      await orders.place(tx, order, payment.amount, actor);
    } else if (payment.status === 'AUTHORIZED' && isPlaced(order)) {
      await orders.paid(tx, order, { event: 'CAPTURED', amount: payment.amount, actor });
    } else if (order.status === OrderStatus.EXPIRED && (await late.reserveAgain(tx, order))) {
      await orders.place(tx, order, payment.amount, actor);
    } else {
      return 'late payment';
    }
    return null;
  }

  /** Places or completes the order whose offline payment staff received. */
  async received(tx: Tx, order: OrderEntity, payment: PaymentEntity, actor: Actor): Promise<void> {
    const { orders, stock, late } = this.deps;
    switch (order.status) {
      case OrderStatus.PENDING_PAYMENT:
        await stock.sell(tx, order.id);
        await orders.place(tx, order, payment.amount, actor);
        return;
      case OrderStatus.PLACED:
      case OrderStatus.FULFILLED:
      case OrderStatus.COMPLETED:
        await orders.paid(tx, order, { event: 'PAID', amount: payment.amount, actor });
        return;
      case OrderStatus.EXPIRED:
        if (!(await late.reserveAgain(tx, order)))
          throw new DomainError(
            'STOCK_UNAVAILABLE',
            'The goods were sold since, or nobody knows any more who ordered them. Send the money back.',
            ['orderId'],
          );
        await orders.place(tx, order, payment.amount, actor);
        return;
      default:
        throw new DomainError('NOTHING_TO_RECEIVE', `The order is ${order.status}.`, ['orderId']);
    }
  }

  mismatched(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    return this.deps.late.markForReview(tx, order, payment, 'amount');
  }

  async authorized(tx: Tx, order: OrderEntity): Promise<boolean> {
    const { orders, late } = this.deps;
    if (order.status === OrderStatus.PENDING_PAYMENT) await this.sellHeld(tx, order);
    else if (order.status !== OrderStatus.EXPIRED || !(await late.reserveAgain(tx, order))) return false;
    await orders.placeUnpaid(tx, order, OrderPaymentStatus.AUTHORIZED);
    return true;
  }

  private async sellHeld(tx: Tx, order: OrderEntity): Promise<void> {
    const sold = await this.deps.stock.sell(tx, order.id);
    if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
  }

  async cancelled(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { cancellation, actor }: CancelledPayment,
  ): Promise<void> {
    const { closer, late } = this.deps;
    if (order.status === OrderStatus.PENDING_PAYMENT)
      return closer.close(tx, order, cancellation ?? { reason: 'CANCELLED', actor });
    if (payment.status !== 'AUTHORIZED' || !isPlaced(order)) return;
    const isUntouched =
      order.status === OrderStatus.PLACED && order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED;
    // The shop did not ask for it, or the goods were shipped in the meantime: staff must see to the payment.
    if (!cancellation || !isUntouched) return late.markLapsed(tx, order, payment);
    await closer.cancelPlaced(tx, order, { ...cancellation, paymentStatus: OrderPaymentStatus.CANCELLED });
  }

  async processing(
    tx: Tx,
    order: OrderEntity,
    _payment: PaymentEntity,
    { isFirst, until }: ProcessingPayment,
  ): Promise<void> {
    if (order.status !== OrderStatus.PENDING_PAYMENT) return;
    const now = this.deps.orders.clock.now();
    if (isFirst) return this.extendHold(tx, order, new Date(now.getTime() + PROCESSING_HOLD_MS));
    if (order.expiresAt && order.expiresAt <= now) await this.extendHold(tx, order, until);
  }

  private async extendHold(tx: Tx, order: OrderEntity, expiresAt: Date): Promise<void> {
    await extendHoldsOf(tx, order.id, expiresAt);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PROCESSING,
      expiresAt,
      event: 'STATUS_CHANGED',
      actor: SYSTEM,
    });
  }

  async failed(
    tx: Tx,
    order: OrderEntity,
    _payment: PaymentEntity,
    { failureCode, wasProcessing }: FailedAttempt,
  ): Promise<void> {
    if (wasProcessing && order.status === OrderStatus.PENDING_PAYMENT)
      await this.allowAnotherAttempt(tx, order, failureCode);
    else if (failureCode !== null)
      await this.deps.orders.appendTimelineEntry(tx, order.id, 'PAYMENT_FAILED', { failureCode });
  }

  /** The bank stopped processing, with or without a reason: the buyer may pay with another method. */
  private async allowAnotherAttempt(tx: Tx, order: OrderEntity, failureCode: string | null): Promise<void> {
    const expiresAt = new Date(this.deps.orders.clock.now().getTime() + SECOND_TRY_HOLD_MS);
    await extendHoldsOf(tx, order.id, expiresAt);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PENDING,
      expiresAt,
      event: failureCode === null ? 'STATUS_CHANGED' : 'PAYMENT_FAILED',
      ...(failureCode !== null && { details: { failureCode } }),
      actor: SYSTEM,
    });
  }

  disputed(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    return order.status === OrderStatus.EXPIRED
      ? this.deps.late.markForReview(tx, order, payment, 'disputed')
      : this.deps.alerts.raise(tx, payment, 'disputed');
  }

  async mayVoid({ orderId }: PaymentEntity): Promise<boolean> {
    const order = await this.deps.orders.find(orderId);
    return !order || order.status === OrderStatus.EXPIRED || order.status === OrderStatus.CANCELLED;
  }

  rejected(payment: PaymentEntity): Promise<void> {
    return this.deps.closing.closeWithoutIntent(payment.orderId, payment, {
      reason: 'CANCELLED',
      actor: SYSTEM,
    });
  }

  /** Of orders and of edits: what an edit added was paid for only if the order is placed. */
  findUnaccounted(): Promise<Pick<PaymentEntity, 'id' | 'orderId'>[]> {
    return this.deps.database.rows(sql.unaccountedPayments);
  }
}

/** Whether the order was placed before its payment was captured. */
function isPlaced(order: OrderEntity): boolean {
  return PLACED_UNPAID.includes(order.status);
}
