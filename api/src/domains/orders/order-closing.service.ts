import { PaymentOutcomeUnknown, PaymentRefused } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import { statement, type Database, type Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { EarlierRequest, RequestKeys } from '../../platform/database/request-keys.js';
import type { StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { OrderEntity } from './order.entity.js';
import { FulfilmentStatus, OrderStatus } from './order-states.js';
import { staff, SYSTEM, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';
import type { Closing, PaymentFinalizer } from './payment-finalizer.js';

/*
 * Ending an order
 *
 * Unpaid: the intent is cancelled first, outside any transaction, and only the provider's answer decides. "canceled"
 * releases the stock; "succeeded" means that the buyer was quicker, so the finalizer places the order; "processing"
 * extends the hold; no answer leaves everything for the next round, with the stock still held.
 *
 * Paid (staff only, nothing shipped yet): one transaction under the order's lock writes status, restock and the refund;
 * a job sends the money back.
 */

const capturedPayments = statement(
  'orders.captured-payments',
  `SELECT id FROM payment WHERE order_id = $1 AND state = 'CAPTURED' ORDER BY id`,
);

export interface CancelRequest {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface ClosingParts {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly finalizer: PaymentFinalizer;
  readonly stock: StockService;
  readonly outbox: Outbox;
  readonly keys: RequestKeys;
  readonly logger: Logger;
}

export class OrderClosingService {
  constructor(private readonly parts: ClosingParts) {}

  /** Ends every unpaid order whose hold has run out. An order that cannot be decided now waits for the next round. */
  async expireDue(): Promise<void> {
    const due = await this.parts.database.rows<{ id: string }>(sql.dueOrders, [
      this.parts.orders.clock.now(),
    ]);
    for (const { id } of due) {
      try {
        await this.closeUnpaid(id, { status: OrderStatus.EXPIRED, actor: SYSTEM });
      } catch (error) {
        this.parts.logger.warn({ orderId: id, err: error }, 'An unpaid order could not be closed yet');
      }
    }
  }

  /** Cancels the intent of an unpaid order and closes the order if the provider agrees. */
  async closeUnpaid(orderId: string, closing: Closing): Promise<void> {
    const payment = await this.parts.payments.current(orderId);
    if (!payment) return this.closeWithoutIntent(orderId, null, closing);
    try {
      // A payment that is still being created may exist over there: find it by its key, then cancel it.
      const { reference } = await this.parts.payments.ensureIntent(payment);
      await this.parts.finalizer.apply(await this.parts.payments.provider.cancelIntent(reference), closing);
    } catch (error) {
      if (!(error instanceof PaymentRefused) || payment.providerReference) throw error;
      await this.closeWithoutIntent(orderId, payment, closing);
    }
  }

  /** Closes an order whose payment the provider refused to begin. */
  async closeWithoutIntent(orderId: string, refused: PaymentEntity | null, closing: Closing): Promise<void> {
    await this.parts.database.transaction(async (tx) => {
      const order = await this.parts.orders.lock(tx, orderId);
      if (order.status !== OrderStatus.PENDING_PAYMENT) return;
      if (refused) {
        const payment = await this.parts.payments.lock(tx, refused.id);
        if (payment.providerReference || !(await this.parts.payments.move(tx, payment, 'CANCELLED', null)))
          return;
      }
      await this.parts.finalizer.close(tx, order, closing);
    });
    this.parts.orders.nudge();
  }

  /**
   * Staff cancels an order that has not been shipped: unpaid, or paid with a full refund and restock.
   *
   * @throws StaleVersionError | DomainError ILLEGAL_TRANSITION | PAYMENT_UNDECIDED (the provider does not answer)
   */
  async cancel(request: CancelRequest): Promise<OrderEntity> {
    const order = await this.parts.orders.find(request.orderId);
    if (order?.status === OrderStatus.PENDING_PAYMENT && order.version === request.expectedVersion) {
      await this.cancelUnpaid(order.id, request.actorId);
      // So that a repeat finds its work done instead of another version.
      await this.parts.database.transaction((tx) => this.claim(tx, request));
    } else {
      await this.cancelPaid(request);
    }
    return (await this.parts.orders.find(request.orderId)) as OrderEntity;
  }

  private async cancelUnpaid(orderId: string, actorId: string): Promise<void> {
    try {
      await this.closeUnpaid(orderId, { status: OrderStatus.CANCELLED, actor: staff(actorId) });
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown)) throw error;
      throw new DomainError(
        'PAYMENT_UNDECIDED',
        'The payment provider does not answer; try again in a moment.',
      );
    }
    const after = await this.parts.orders.find(orderId);
    if (after?.status !== OrderStatus.CANCELLED) {
      throw new DomainError(
        'PAYMENT_UNDECIDED',
        'The buyer has paid, or is paying, in the meantime. Look again.',
      );
    }
  }

  private claim(
    tx: Tx,
    { actorId, idempotencyKey: key, ...body }: CancelRequest,
  ): Promise<EarlierRequest | null> {
    return this.parts.keys.claim(tx, { actor: `user:${actorId}`, operation: 'orderCancel', key, body });
  }

  private async cancelPaid(request: CancelRequest): Promise<void> {
    const { actorId, reason } = request;
    await this.parts.database.transaction(async (tx) => {
      if (await this.claim(tx, request)) return;
      const order = await this.parts.orders.lockVersion(tx, request.orderId, request.expectedVersion);
      if (order.fulfilmentStatus !== FulfilmentStatus.UNFULFILLED) {
        throw new DomainError('ILLEGAL_TRANSITION', 'A part has been shipped already: refund instead.', [
          'orderId',
        ]);
      }
      await this.parts.orders.change(tx, order, {
        status: OrderStatus.CANCELLED,
        event: 'CANCELLED',
        actor: staff(actorId),
        news: 'order.closed',
        newsKey: `order.closed:${order.id}`,
      });
      await this.refundAll(tx, order, reason ?? 'cancelled by the shop');
      await this.parts.stock.restock(tx, order.id, actorId);
    });
    this.parts.orders.nudge();
  }

  private async refundAll(tx: Tx, order: OrderEntity, reason: string): Promise<void> {
    for (const { id } of await tx.rows<{ id: string }>(capturedPayments, [order.id])) {
      const payment = await this.parts.payments.lock(tx, id);
      const refundId = await this.parts.payments.requestRefund(tx, payment, reason);
      if (!refundId) continue;
      await this.parts.outbox.append(tx, {
        kind: 'refund.requested',
        aggregateId: order.id,
        dedupeKey: `refund.requested:${refundId}`,
        payload: { refundId },
      });
    }
  }
}
