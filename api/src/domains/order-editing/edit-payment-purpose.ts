import type { Actor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/errors.js';
import type { Tx } from '../../platform/database/database.js';
import type { OrderEntity, OrderPayments } from '../orders/index.js';
import type {
  CancelledPayment,
  FailedAttempt,
  PaymentAlerts,
  PaymentEntity,
  PaymentPurpose,
  ProcessingPayment,
} from '../payments/index.js';
import type { EditPayments } from './edit-payments.js';

export interface EditPurposeDeps {
  readonly editPayments: EditPayments;
  readonly orderPayments: OrderPayments;
  readonly alerts: PaymentAlerts;
}

/**
 * Payments for the difference of an order edit. Their subject is the order, so the locks are those of any payment of
 * an order; what concerns the order itself and not the edit (a failed attempt) is left to the order's own hooks.
 */
export class EditPaymentPurpose implements PaymentPurpose<OrderEntity> {
  constructor(private readonly deps: EditPurposeDeps) {}

  lock(tx: Tx, orderId: string): Promise<OrderEntity> {
    return this.deps.orderPayments.lock(tx, orderId);
  }

  async captured(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<string | null> {
    return (await this.deps.editPayments.apply(tx, order, payment)) ? null : 'the change is off';
  }

  async received(tx: Tx, order: OrderEntity, payment: PaymentEntity, _actor: Actor): Promise<void> {
    if (await this.deps.editPayments.apply(tx, order, payment)) return;
    throw new DomainError('NOTHING_TO_RECEIVE', 'The change it is for is off.', ['orderId']);
  }

  /** The edit is off: it costs what was agreed. The order stays as it is, and staff refunds what came in. */
  async mismatched(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    await this.deps.editPayments.close(tx, order, payment);
    await this.deps.alerts.raise(tx, payment, 'amount');
  }

  /** The goods of the order are being shipped already: a difference is captured at once, never authorized. */
  authorized(): Promise<boolean> {
    return Promise.resolve(false);
  }

  cancelled(tx: Tx, order: OrderEntity, payment: PaymentEntity, _how: CancelledPayment): Promise<void> {
    return this.deps.editPayments.close(tx, order, payment);
  }

  processing(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { until }: ProcessingPayment,
  ): Promise<void> {
    return this.deps.editPayments.extend(tx, order, payment, until);
  }

  failed(tx: Tx, order: OrderEntity, payment: PaymentEntity, attempt: FailedAttempt): Promise<void> {
    return this.deps.orderPayments.failed(tx, order, payment, attempt);
  }

  disputed(tx: Tx, _order: OrderEntity, payment: PaymentEntity): Promise<void> {
    return this.deps.alerts.raise(tx, payment, 'disputed');
  }

  mayVoid(payment: PaymentEntity): Promise<boolean> {
    return this.deps.orderPayments.mayVoid(payment);
  }

  /** The edit is closed by the job that closes edits which cannot be paid any more. */
  rejected(): Promise<void> {
    return Promise.resolve();
  }
}
