import type { ProviderIntent } from '../../integrations/payments/port.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { InsufficientStockError, type StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { OrderEntity, OrderLineEntity } from './order.entity.js';
import { OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type Actor, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';

/*
 * The law of the finalizer: the only writer of what a payment means for an order.
 *
 * Called by the webhook job, the reconciler, expiry, cancelling and the page that waits for a payment, always with an
 * intent that was read from the provider just now; events and redirects are hints to read, never facts. The reading
 * comes first, then the transaction: nothing is asked while rows are locked.
 *
 * Locks: order, payment, reservations by variant, stock by variant. Every write is conditional on the state found under
 * the lock, so the second of two callers finds the work done. A captured payment always ends in a placed order or in a
 * refund written in the same transaction.
 */

/** How an order ends whose payment was given up. */
export type Closing = { status: OrderStatus.EXPIRED | OrderStatus.CANCELLED; actor: Actor };

// A slow method (bank debit) may take days; the goods wait for it.
const PROCESSING_HOLD_MS = 7 * 86_400_000;
// When it fails in the end, the buyer gets half an hour to pay otherwise; nothing is held for days on a refusal.
const SECOND_TRY_HOLD_MS = 30 * 60_000;

export interface FinalizerParts {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly stock: StockService;
  readonly outbox: Outbox;
  readonly logger: Logger;
}

export class PaymentFinalizer {
  constructor(private readonly parts: FinalizerParts) {}

  /** Applies an intent just read. `closing` says how the order ends if the intent turns out to be cancelled. */
  async apply(intent: ProviderIntent, closing?: Closing): Promise<void> {
    const known = await this.parts.payments.ofIntent(this.parts.database, intent);
    if (!known) {
      if (intent.paymentId)
        this.parts.logger.error(
          { reference: intent.reference },
          'A payment of this shop fits none of its orders',
        );
      return;
    }
    await this.parts.database.transaction(async (tx) => {
      const order = await this.parts.orders.lock(tx, known.orderId);
      const payment = await this.parts.payments.lock(tx, known.id);
      switch (intent.status) {
        case 'succeeded':
          return this.captured(tx, order, payment, intent);
        case 'canceled':
          if (!(await this.parts.payments.move(tx, payment, 'CANCELLED', intent))) return undefined;
          return this.givenUp(tx, order, closing);
        case 'processing':
          return this.processing(tx, order, payment, intent);
        case 'requires_capture':
          return this.authorized(tx, order, payment, intent);
        case 'requires_payment_method':
        case 'requires_action':
          return this.waiting(tx, order, payment, intent);
        case 'unknown':
          return undefined;
      }
    });
    this.parts.orders.nudge();
  }

  private async captured(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    if (!(await this.parts.payments.move(tx, payment, 'CAPTURED', intent))) return;
    const { amount, currency } = intent.amountReceived;
    if (amount !== payment.amount || currency !== payment.currency) return this.mismatch(tx, order, payment);

    if (order.status === OrderStatus.PENDING_PAYMENT) {
      const sold = await this.parts.stock.sell(tx, order.id);
      if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
      await this.parts.orders.place(tx, order, payment.amount);
    } else if (order.status === OrderStatus.EXPIRED && (await this.takeAgain(tx, order))) {
      await this.parts.orders.place(tx, order, payment.amount);
    } else {
      await this.sendBack(tx, order, payment, 'late payment');
    }
  }

  /** A payment came after the hold had ended: all lines again, or nothing. Never a part, never too much. */
  private async takeAgain(tx: Tx, order: OrderEntity): Promise<boolean> {
    if (order.cartId && (await tx.row(sql.liveOrderOfCart, [order.cartId]))) return false;
    const lines = await tx.rows<OrderLineEntity>(sql.linesByOrder, [[order.id]]);
    try {
      const stock = await this.parts.stock.lock(tx, lines);
      await this.parts.stock.hold(tx, stock, order.id, this.parts.orders.clock.now());
      await this.parts.stock.sell(tx, order.id);
      return true;
    } catch (error) {
      // `lock` refuses before it writes, so the transaction is still good.
      if (error instanceof InsufficientStockError) return false;
      throw error;
    }
  }

  private async sendBack(tx: Tx, order: OrderEntity, payment: PaymentEntity, reason: string): Promise<void> {
    const refundId = await this.parts.payments.requestRefund(tx, payment, reason);
    if (!refundId) return;
    await this.parts.outbox.append(
      tx,
      {
        kind: 'refund.requested',
        aggregateId: order.id,
        dedupeKey: `refund.requested:${refundId}`,
        payload: { refundId },
      },
      {
        kind: 'order.refused-late',
        aggregateId: order.id,
        dedupeKey: `order.refused-late:${payment.id}`,
        payload: { paymentId: payment.id },
      },
    );
  }

  /** Another amount than agreed came in: kept, not placed; a person decides. */
  private async mismatch(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    this.parts.logger.error({ orderId: order.id, paymentId: payment.id }, 'A payment differs from its order');
    if (order.status === OrderStatus.PENDING_PAYMENT || order.status === OrderStatus.EXPIRED) {
      await this.parts.stock.release(tx, order.id);
      await this.parts.orders.change(tx, order, {
        status: OrderStatus.REVIEW,
        expiresAt: null,
        event: 'REVIEW',
        actor: SYSTEM,
      });
    }
    await this.parts.outbox.append(tx, {
      kind: 'payment.mismatch',
      aggregateId: order.id,
      dedupeKey: `payment.mismatch:${payment.id}`,
      payload: { paymentId: payment.id },
    });
  }

  private async givenUp(
    tx: Tx,
    order: OrderEntity,
    closing: Closing = { status: OrderStatus.CANCELLED, actor: SYSTEM },
  ): Promise<void> {
    if (order.status === OrderStatus.PENDING_PAYMENT) await this.close(tx, order, closing);
  }

  /** Ends an unpaid order and gives its stock back. The order is locked and its payment is given up or was refused. */
  async close(tx: Tx, order: OrderEntity, { status, actor }: Closing): Promise<void> {
    await this.parts.stock.release(tx, order.id);
    await this.parts.orders.change(tx, order, {
      status,
      paymentStatus: OrderPaymentStatus.CANCELLED,
      expiresAt: null,
      event: status,
      actor,
      news: 'order.closed',
      newsKey: `order.closed:${order.id}`,
    });
  }

  private async processing(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    if (
      !(await this.parts.payments.move(tx, payment, 'PROCESSING', intent)) ||
      order.status !== OrderStatus.PENDING_PAYMENT
    )
      return;
    const expiresAt = new Date(this.parts.orders.clock.now().getTime() + PROCESSING_HOLD_MS);
    await tx.count(sql.extendHolds, [order.id, expiresAt]);
    await this.parts.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PROCESSING,
      expiresAt,
      event: 'STATUS_CHANGED',
      actor: SYSTEM,
    });
  }

  private async authorized(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    if (
      !(await this.parts.payments.move(tx, payment, 'AUTHORIZED', intent)) ||
      order.status !== OrderStatus.PENDING_PAYMENT
    )
      return;
    await this.parts.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.AUTHORIZED,
      event: 'STATUS_CHANGED',
      actor: SYSTEM,
    });
  }

  /** The buyer has not paid yet, or a try failed: no final state, another card may follow on the same intent. */
  private async waiting(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const isNews =
      intent.failureCode !== null &&
      (payment.failureCode !== intent.failureCode || payment.state === 'PROCESSING');
    if (payment.state === 'PENDING' && !isNews) return;
    if (!(await this.parts.payments.move(tx, payment, 'PENDING', intent)) || !isNews) return;
    if (payment.state === 'PROCESSING' && order.status === OrderStatus.PENDING_PAYMENT) {
      const expiresAt = new Date(this.parts.orders.clock.now().getTime() + SECOND_TRY_HOLD_MS);
      await tx.count(sql.extendHolds, [order.id, expiresAt]);
      await this.parts.orders.change(tx, order, {
        paymentStatus: OrderPaymentStatus.PENDING,
        expiresAt,
        event: 'PAYMENT_FAILED',
        facts: { failureCode: intent.failureCode },
        actor: SYSTEM,
      });
    } else {
      await this.parts.orders.tell(tx, order.id, 'PAYMENT_FAILED', { failureCode: intent.failureCode });
    }
  }
}
