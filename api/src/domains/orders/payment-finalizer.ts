import type { ProviderIntent } from '../../integrations/payments/port.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { ExchangeCredits } from './exchange-credit.js';
import { restockAll } from './goods-at-home.js';
import type { LatePayments } from './late-payments.js';
import type { OrderEntity } from './order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type Actor, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';
import type { PaymentPurposes } from './payment-purposes.js';

/*
 * The finalizer is the only writer of what a payment means for an order.
 *
 * It is called by the webhook job, the reconciler, expiry, cancelling, capturing and the page that waits for a
 * payment, always with an intent that was read from the provider just now; events and redirects only prompt a
 * reading, their content is never trusted. The reading comes first, then the transaction: no provider is asked while
 * rows are locked.
 *
 * Locks: order, payment, (for an exchange that is closed, the order whose goods were returned and its payments; or the
 * carts of a late payment,) reservations by variant, stock by variant. Every write is
 * conditional on the state found under the lock, so the second of two callers finds the work done. A captured payment
 * always ends in a placed order or in a refund written in the same transaction. An authorized payment places the
 * order too; when the order cannot be placed any more, a job cancels the authorization (`payment.void`).
 */

/** How an order ends whose payment is cancelled. */
export interface Closing {
  readonly status: OrderStatus.EXPIRED | OrderStatus.CANCELLED;
  readonly actor: Actor;
  /** False: goods of a placed order are not restocked (they are broken, or lost). */
  readonly restock?: boolean;
}

/** An intent just read, with what the caller knows about it. */
interface IntentReading {
  readonly intent: ProviderIntent;
  readonly closing: Closing | null;
  readonly actor: Actor;
}

// A slow method (bank debit) may take days; the stock is held for it, and the hold extended by a day at a time when
// it takes longer than a week.
const PROCESSING_HOLD_MS = 7 * 86_400_000;
const LONGER_HOLD_MS = 86_400_000;
// When such a payment fails, the buyer gets half an hour to pay with another method; stock is not held for days after
// a refusal.
const SECOND_TRY_HOLD_MS = 30 * 60_000;

export interface FinalizerDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly stock: StockService;
  readonly late: LatePayments;
  readonly purposes: PaymentPurposes;
  readonly credits: ExchangeCredits;
}

export class PaymentFinalizer {
  constructor(private readonly deps: FinalizerDeps) {}

  /**
   * Applies an intent just read. `closing` says how the order ends if the intent is cancelled; `actor` who asked for
   * what happened (capturing), for the timeline. Money on an intent that names a payment of ours but is not the one
   * in its row (or is of another amount) changes no order: staff is alerted at once.
   */
  async apply(intent: ProviderIntent, closing: Closing | null = null, actor: Actor = SYSTEM): Promise<void> {
    const known = await this.deps.payments.ofIntent(this.deps.database, intent);
    if (!known) return this.alertUnknownPayment(intent);
    let isAnother = false;
    await this.deps.database.transaction(async (tx) => {
      const order = await this.deps.orders.lock(tx, known.orderId);
      const payment = await this.deps.payments.lock(tx, known.id);
      // The payment was found by our id while its row named no intent; the row got another intent before it was
      // locked.
      isAnother = payment.providerReference !== null && payment.providerReference !== intent.reference;
      if (isAnother) return;
      await this.applyReading(tx, order, payment, { intent, closing, actor });
    });
    if (isAnother) return this.alertUnknownPayment(intent);
    this.deps.orders.notifyRelay();
  }

  private async alertUnknownPayment(intent: ProviderIntent): Promise<void> {
    if (!intent.paymentId || !['succeeded', 'requires_capture'].includes(intent.status)) return;
    await this.deps.database.transaction((tx) => this.deps.late.alertUnknownPayment(tx, intent));
    this.deps.orders.notifyRelay();
  }

  /** Alerts the owner, once, that the outcome of a payment is still unknown a day after its time was over. */
  async alertUndecided(payment: PaymentEntity | null): Promise<void> {
    if (!payment) return;
    await this.deps.database.transaction((tx) => this.deps.late.alertUndecided(tx, payment));
    this.deps.orders.notifyRelay();
  }

  private async applyReading(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    reading: IntentReading,
  ): Promise<void> {
    const { intent } = reading;
    switch (intent.status) {
      case 'succeeded':
        return this.applyCaptured(tx, order, payment, reading);
      case 'canceled':
        return this.applyCancelled(tx, order, payment, reading);
      case 'processing':
        return this.applyProcessing(tx, order, payment, intent);
      case 'requires_capture':
        return this.applyAuthorized(tx, order, payment, intent);
      case 'requires_payment_method':
      case 'requires_action':
        return this.applyUnpaid(tx, order, payment, intent);
      case 'unknown':
        return undefined;
    }
  }

  private async applyCaptured(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { intent, actor }: IntentReading,
  ): Promise<void> {
    const { orders, payments, stock, late, purposes } = this.deps;
    if (!(await payments.transition(tx, payment, 'CAPTURED', intent))) return;
    const { amount, currency } = intent.amountReceived;
    if (amount !== payment.amount || currency !== payment.currency)
      return late.markForReview(tx, order, payment, 'amount');
    const purpose = purposes.of(payment);
    if (purpose) {
      if (await purpose.captured(tx, order, payment)) return;
      return late.refundInFull(tx, order, payment, 'the change is off');
    }
    if (order.status === OrderStatus.PENDING_PAYMENT) {
      const sold = await stock.sell(tx, order.id);
      if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
      await orders.place(tx, order, payment.amount, actor);
    } else if (payment.status === 'AUTHORIZED' && isPlaced(order)) {
      await orders.paid(tx, order, { event: 'CAPTURED', amount: payment.amount, actor });
    } else if (order.status === OrderStatus.EXPIRED && (await late.reserveAgain(tx, order))) {
      await orders.place(tx, order, payment.amount, actor);
    } else {
      await late.refundInFull(tx, order, payment, 'late payment');
    }
  }

  private async applyAuthorized(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const { orders, payments, stock, late } = this.deps;
    if (!(await payments.transition(tx, payment, 'AUTHORIZED', intent))) return;
    if (order.status === OrderStatus.PENDING_PAYMENT) {
      const sold = await stock.sell(tx, order.id);
      if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
      await orders.placeUnpaid(tx, order, OrderPaymentStatus.AUTHORIZED);
    } else if (order.status === OrderStatus.EXPIRED && (await late.reserveAgain(tx, order))) {
      await orders.placeUnpaid(tx, order, OrderPaymentStatus.AUTHORIZED);
    } else {
      await late.requestVoid(tx, order, payment);
    }
  }

  /** The provider cancelled the intent: on the shop's request, or by itself. */
  private async applyCancelled(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { intent, closing, actor }: IntentReading,
  ): Promise<void> {
    if (!(await this.deps.payments.transition(tx, payment, 'CANCELLED', intent))) return;
    const purpose = this.deps.purposes.of(payment);
    if (purpose) return purpose.givenUp(tx, order, payment);
    if (order.status === OrderStatus.PENDING_PAYMENT)
      return this.close(tx, order, closing ?? { status: OrderStatus.CANCELLED, actor });
    if (payment.status !== 'AUTHORIZED' || !isPlaced(order)) return;
    const isUntouched =
      order.status === OrderStatus.PLACED && order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED;
    // The shop did not ask for it, or the goods were shipped in the meantime: staff must see to the payment.
    if (!closing || !isUntouched) return this.deps.late.markLapsed(tx, order, payment);
    await this.cancelPlaced(tx, order, { ...closing, paymentStatus: OrderPaymentStatus.CANCELLED });
  }

  /**
   * Closes an unpaid order and releases its stock. Requires the order lock; its payment must be cancelled or refused.
   */
  async close(tx: Tx, order: OrderEntity, { status, actor }: Closing): Promise<void> {
    await this.deps.credits.around(tx, order, actor, async () => {
      await this.deps.stock.release(tx, order.id);
      await this.deps.orders.change(tx, order, {
        status,
        paymentStatus: OrderPaymentStatus.CANCELLED,
        expiresAt: null,
        event: status,
        actor,
        // The event may occur twice in an order's life: an order that expired, was paid late and is then cancelled
        // closes twice.
        eventKind: 'order.closed',
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
    closing: Closing & { readonly paymentStatus: OrderPaymentStatus },
  ): Promise<OrderEntity> {
    return this.deps.credits.around(tx, order, closing.actor, () => this.endPlaced(tx, order, closing));
  }

  private async endPlaced(
    tx: Tx,
    order: OrderEntity,
    { actor, restock = true, paymentStatus }: Closing & { readonly paymentStatus: OrderPaymentStatus },
  ): Promise<OrderEntity> {
    const cancelled = await this.deps.orders.change(tx, order, {
      status: OrderStatus.CANCELLED,
      paymentStatus,
      event: 'CANCELLED',
      actor,
      eventKind: 'order.closed',
    });
    if (restock) await restockAll(tx, this.deps.stock, order.id, actor.userId);
    // Its back-orders are dropped in any case.
    else await this.deps.stock.dropBackordered(tx, { orderId: order.id, lines: null });
    return cancelled;
  }

  /**
   * The bank decides, and a debit takes up to two weeks. The provider cancels nothing until then, so an expired hold
   * is extended by another day, as often as needed.
   */
  private async applyProcessing(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const isFirst = await this.deps.payments.transition(tx, payment, 'PROCESSING', intent);
    if (!isFirst && payment.status !== 'PROCESSING') return;
    const now = this.deps.orders.clock.now();
    const until = new Date(now.getTime() + LONGER_HOLD_MS);
    const purpose = this.deps.purposes.of(payment);
    if (purpose) return purpose.undecided(tx, order, payment, until);
    if (order.status !== OrderStatus.PENDING_PAYMENT) return;
    if (isFirst) return this.extendHold(tx, order, new Date(now.getTime() + PROCESSING_HOLD_MS));
    if (order.expiresAt && order.expiresAt <= now) await this.extendHold(tx, order, until);
  }

  private async extendHold(tx: Tx, order: OrderEntity, expiresAt: Date): Promise<void> {
    await tx.count(sql.extendHolds, [order.id, expiresAt]);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PROCESSING,
      expiresAt,
      event: 'STATUS_CHANGED',
      actor: SYSTEM,
    });
  }

  /**
   * The buyer has not paid yet, or an attempt failed: not a final state, another card may follow on the same intent.
   */
  private async applyUnpaid(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const isBack = payment.status === 'PROCESSING';
    const isFirst = intent.failureCode !== null && (payment.failureCode !== intent.failureCode || isBack);
    if (payment.status === 'PENDING' && !isFirst) return;
    if (!(await this.deps.payments.transition(tx, payment, 'PENDING', intent))) return;
    if (isBack && order.status === OrderStatus.PENDING_PAYMENT)
      await this.allowAnotherAttempt(tx, order, intent);
    else if (isFirst)
      await this.deps.orders.appendTimelineEntry(tx, order.id, 'PAYMENT_FAILED', {
        failureCode: intent.failureCode,
      });
  }

  /** The bank stopped processing, with or without a reason: the buyer may pay with another method. */
  private async allowAnotherAttempt(
    tx: Tx,
    order: OrderEntity,
    { failureCode }: ProviderIntent,
  ): Promise<void> {
    const expiresAt = new Date(this.deps.orders.clock.now().getTime() + SECOND_TRY_HOLD_MS);
    await tx.count(sql.extendHolds, [order.id, expiresAt]);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PENDING,
      expiresAt,
      event: failureCode === null ? 'STATUS_CHANGED' : 'PAYMENT_FAILED',
      ...(failureCode !== null && { details: { failureCode } }),
      actor: SYSTEM,
    });
  }
}

const PLACED = [OrderStatus.PLACED, OrderStatus.FULFILLED, OrderStatus.COMPLETED];

/** Whether the order was placed before its payment was captured. */
function isPlaced(order: OrderEntity): boolean {
  return PLACED.includes(order.status);
}
