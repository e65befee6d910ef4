import { staff } from '../../../kernel/actor.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../../kernel/errors.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { CaptureClaim, CaptureService, OfflinePayments, PaymentEntity } from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';
import type { OrderRefundService } from '../refunds/order-refund.service.js';
import { assertPartCollected, cancelRefused } from '../fulfillment/part-collected.js';

/*
 * Payments that staff captures or confirms
 *
 * Capturing: one transaction claims the request key under the order's lock, checks that the payment is authorized and
 * claims the right to capture it on the payment's row. Then, with no transaction open, the provider captures; then
 * the finalizer writes the provider's result, and the claim ends. A concurrent request holds no lock and no
 * transaction: it polls until the payment is captured (and returns the same result as the first), or until the claim
 * is free (the provider refused, or did not answer) and can be taken; after too long it fails with PAYMENT_UNDECIDED.
 * After a process died in between, the same request resumes from there (capturing a captured payment has no second
 * effect), and the reconciler asks the provider in any case.
 *
 * Marking as received: no provider is asked. One transaction locks request key, order, payment, reservations, stock.
 * Less than the price may be received for an order with cash on delivery of which a shipment was refused: see
 * part-collected.ts.
 */

const LOOK_EVERY_MS = 200;
const MOST_LOOKS = 75;

export interface ManualPaymentDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly orders: OrderService;
  readonly captures: CaptureService;
  readonly offline: OfflinePayments;
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
  /** When less came: whether what is given up goes back in stock. */
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
    if (found) await this.deps.captures.capture(found.payment, found.turn, staff(request.actorId));
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

  /** The payment to capture and the claim on it; null for a repeated request whose capture is done. */
  private async toCapture(tx: Tx, request: ManualPaymentRequest): Promise<CaptureClaim | null> {
    const { keys, orders, captures } = this.deps;
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
    const payment = await captures.lockAuthorized(tx, order.id);
    const isOpenRequest = ![OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REVIEW].includes(
      order.status,
    );
    if (payment && isOpenRequest) return captures.claim(tx, payment);
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
    const late = order.status === OrderStatus.EXPIRED;
    const payment = await this.deps.offline.lock(tx, orderId, { late });
    if (!payment)
      throw new DomainError('NOTHING_TO_RECEIVE', 'No money is expected for this order.', ['orderId']);
    const isPart = amount !== null && amount !== payment.amount;
    if (isPart) await assertPartCollected(tx, order, payment, amount);
    if (note) await tx.count(sql.addNote, { orderId, note });
    await this.deps.offline.receive(tx, order, payment, staff(actorId));
    if (!isPart) return;
    const paid = await this.deps.orders.lock(tx, orderId);
    const missing = payment.amount - amount;
    const isAllTendered = amount === 0;
    await cancelRefused(tx, this.deps, paid, { missing, isAllTendered, restock, actor: staff(actorId) });
  }
}
