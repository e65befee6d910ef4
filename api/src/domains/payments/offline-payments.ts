import type { Actor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/errors.js';
import type { Tx } from '../../platform/database/database.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import { paymentCaptured } from './payment.hooks.js';
import type { PaymentEntity } from './payment.entity.js';
import type { PaymentPurposes } from './payment-purposes.js';
import type { PaymentService } from './payment.service.js';
import * as sql from './payment.statements.js';

/** Payments without a provider: cash on delivery, bank transfers, whatever staff agreed. Requires the order lock. */
export class OfflinePayments {
  constructor(
    private readonly payments: PaymentService,
    private readonly purposes: PaymentPurposes,
    private readonly hooks: Hooks,
  ) {}

  /**
   * Locks the offline payment of an order that may still be received: an open one, or with `late` the cancelled one of
   * an order that expired. Null when there is none.
   */
  lock(tx: Tx, orderId: string, { late }: { late: boolean }): Promise<PaymentEntity | null> {
    return tx.row(sql.lockOffline, { orderId, late });
  }

  /**
   * Records that the money of an offline payment came in. `subject` is what the payment pays for, as its purpose locks
   * it. Requires the payment lock too.
   *
   * @throws DomainError NOTHING_TO_RECEIVE | STOCK_UNAVAILABLE
   */
  async receive(tx: Tx, subject: unknown, payment: PaymentEntity, actor: Actor): Promise<void> {
    if (payment.provider !== 'OFFLINE' || !(await this.payments.transition(tx, payment, 'CAPTURED', null)))
      throw new DomainError('NOTHING_TO_RECEIVE', 'This payment is not expected any more.', ['orderId']);
    await this.purposes.of(payment).received(tx, subject, payment, actor);
    await this.hooks.run(tx, paymentCaptured, { purpose: payment.purpose, payment });
  }

  /** Cancels the open offline payment of an order. Returns false when there is none. */
  async cancelOpen(tx: Tx, orderId: string): Promise<boolean> {
    const open = await tx.row(sql.openOffline, { orderId });
    if (open) await this.payments.transition(tx, await this.payments.lock(tx, open.id), 'CANCELLED', null);
    return open !== null;
  }
}
