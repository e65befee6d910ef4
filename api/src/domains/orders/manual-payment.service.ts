import { setTimeout as sleep } from 'node:timers/promises';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { LatePayments } from './late-payments.js';
import type { OrderEntity } from './order.entity.js';
import { OrderStatus } from './order-states.js';
import { staff, type Actor, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';
import type { OrderRefundService } from './order-refund.service.js';
import { assertPartCollected, cancelRefused } from './part-collected.js';
import type { PaymentPurposes } from './payment-purposes.js';
import type { PaymentFinalizer } from './payment-finalizer.js';

/*
 * Payments that staff captures or confirms
 *
 * Capturing: one transaction claims the request key under the order's lock, checks that the payment is authorized and
 * claims the right to capture it on the payment's row. Then, with no transaction open, the provider captures; then
 * the finalizer writes the provider's result, and the claim ends. A concurrent request holds no lock and no
 * transaction: it polls until the payment is captured (and returns the same result as the first), or until the claim
 * is free (the provider refused, or did not answer) and can be taken; after too long it fails with PAYMENT_UNDECIDED.
 * A process that dies in between leaves the payment AUTHORIZED and the claim taken until its time is over: then the
 * same request resumes from there (capturing a captured payment has no second effect), and the reconciler asks the
 * provider in any case.
 *
 * Marking as received: no provider is asked. One transaction locks request key, order, payment, reservations, stock.
 * Less than the price may be received for an order with cash on delivery of which a shipment was refused: see
 * part-collected.ts.
 */

// Longer than the provider's call with its retries usually takes; a second capture after that has no effect.
const TURN_SECONDS = 30;
const LOOK_EVERY_MS = 200;
const MOST_LOOKS = 75;

interface CaptureClaim {
  readonly payment: PaymentEntity;
  /** Null while another request holds the claim. */
  readonly turn: string | null;
}

export interface ManualPaymentDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly finalizer: PaymentFinalizer;
  readonly stock: StockService;
  readonly late: LatePayments;
  readonly purposes: PaymentPurposes;
  readonly refunding: OrderRefundService;
}

export interface ManualPaymentRequest {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface ReceivedRequest extends ManualPaymentRequest {
  /** For the order's note; null for none. */
  readonly note: string | null;
  /** What came, minor units; null for all that was to be paid. */
  readonly amount: number | null;
  /** When less came: whether what is given up goes back on the shelf. */
  readonly restock: boolean;
}

export class ManualPaymentService {
  constructor(private readonly deps: ManualPaymentDeps) {}

  /**
   * Captures the authorized payment of an order.
   *
   * @throws StaleVersionError | DomainError NOTHING_TO_CAPTURE
   * @throws DomainError PAYMENT_UNDECIDED (no answer: retry or wait) | PAYMENT_FAILED (the provider refused)
   */
  async capture(request: ManualPaymentRequest): Promise<OrderEntity> {
    const found = await this.waitForTurn(request);
    if (found) await this.captureAtProvider(found.payment, found.turn, staff(request.actorId));
    return (await this.deps.orders.find(request.orderId)) as OrderEntity;
  }

  /** Null when a concurrent request captured the payment. @throws DomainError PAYMENT_UNDECIDED */
  private async waitForTurn(
    request: ManualPaymentRequest,
  ): Promise<{ payment: PaymentEntity; turn: string } | null> {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      const found = await this.deps.database.transaction((tx) => this.toCapture(tx, request));
      if (!found) return null;
      const { payment, turn } = found;
      if (turn !== null) return { payment, turn };
      await sleep(LOOK_EVERY_MS);
    }
    throw new DomainError('PAYMENT_UNDECIDED', 'The money is being taken; look again in a moment.');
  }

  private async captureAtProvider(payment: PaymentEntity, turn: string, actor: Actor): Promise<void> {
    const { finalizer, payments } = this.deps;
    try {
      if (!payment.providerReference) return;
      const intent = await payments.providerOf(payment).captureIntent(payment.providerReference);
      await finalizer.apply(intent, null, actor);
    } catch (error) {
      throw asDomainError(error);
    } finally {
      await payments.endCapture(payment, turn);
    }
  }

  /** The payment to capture and the claim on it; null for a repeated request whose capture is done. */
  private async toCapture(tx: Tx, request: ManualPaymentRequest): Promise<CaptureClaim | null> {
    const { keys, orders, payments } = this.deps;
    const { actorId, idempotencyKey: key, orderId, expectedVersion } = request;
    const body = { orderId, expectedVersion };
    const isRepeat = await keys.claim(tx, {
      actor: `user:${actorId}`,
      operation: 'paymentCapture',
      key,
      body,
    });
    const order = isRepeat
      ? await orders.lock(tx, orderId)
      : await orders.lockVersion(tx, orderId, expectedVersion);
    const payment = await tx.row<PaymentEntity>(sql.authorizedPayment, [order.id]);
    const isOpenRequest = ![OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REVIEW].includes(
      order.status,
    );
    if (payment && isOpenRequest)
      return { payment, turn: await payments.claimCapture(tx, payment, TURN_SECONDS) };
    if (isRepeat) return null;
    throw new DomainError('NOTHING_TO_CAPTURE', 'No money is reserved for this order.', ['orderId']);
  }

  /**
   * Records that the courier, the bank or the buyer brought the money.
   *
   * @throws StaleVersionError | InvalidInputError (this amount cannot have been received)
   * @throws DomainError NOTHING_TO_RECEIVE | STOCK_UNAVAILABLE (it came too late and must be refunded)
   */
  async markReceived(request: ReceivedRequest): Promise<OrderEntity> {
    const { database, keys, orders } = this.deps;
    const { actorId, idempotencyKey: key, ...body } = request;
    const { orderId } = request;
    await database.transaction(async (tx) => {
      const claim = { actor: `user:${actorId}`, operation: 'paymentMarkReceived', key, body };
      if (await keys.claim(tx, claim)) return;
      await this.receive(tx, request);
    });
    orders.notifyRelay();
    return (await orders.find(orderId)) as OrderEntity;
  }

  private async receive(
    tx: Tx,
    { orderId, expectedVersion, note, amount, restock, actorId }: ReceivedRequest,
  ): Promise<void> {
    const order = await this.deps.orders.lockVersion(tx, orderId, expectedVersion);
    const payment = await tx.row<PaymentEntity>(sql.offlinePayment, [orderId]);
    if (!payment)
      throw new DomainError('NOTHING_TO_RECEIVE', 'No money is expected for this order.', ['orderId']);
    const isPart = amount !== null && amount !== payment.amount;
    if (isPart) await assertPartCollected(tx, order, payment, amount);
    if (note) await tx.count(sql.addNote, [orderId, note]);
    await this.received(tx, order, payment, staff(actorId));
    if (!isPart) return;
    const paid = await this.deps.orders.lock(tx, orderId);
    const missing = payment.amount - amount;
    await cancelRefused(tx, this.deps, paid, { missing, restock, actor: staff(actorId) });
  }

  /**
   * Captures an offline payment, and places or completes its order. Requires the locks of order and payment.
   *
   * @throws DomainError NOTHING_TO_RECEIVE | STOCK_UNAVAILABLE
   */
  async received(tx: Tx, order: OrderEntity, payment: PaymentEntity, actor: Actor): Promise<void> {
    const { payments, orders, stock, late, purposes } = this.deps;
    if (payment.provider !== 'OFFLINE' || !(await payments.transition(tx, payment, 'CAPTURED', null)))
      throw new DomainError('NOTHING_TO_RECEIVE', 'This payment is not expected any more.', ['orderId']);
    const purpose = purposes.of(payment);
    if (purpose) {
      if (await purpose.captured(tx, order, payment)) return;
      throw new DomainError('NOTHING_TO_RECEIVE', 'The change it is for is off.', ['orderId']);
    }
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
}

function asDomainError(error: unknown): unknown {
  if (error instanceof PaymentOutcomeUnknown)
    return new DomainError(
      'PAYMENT_UNDECIDED',
      'The payment provider does not answer; look again in a moment.',
    );
  if (error instanceof PaymentRejectedError)
    return new DomainError('PAYMENT_FAILED', 'The payment provider refused to take the money.');
  return error;
}
