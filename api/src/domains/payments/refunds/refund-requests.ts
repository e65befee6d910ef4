import type { Actor } from '../../../kernel/actor.js';
import { DomainError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { PaymentEntity } from '../payment.entity.js';
import type { Tenders } from '../ledgers/tenders.js';
import { refundChanged, refundRequested } from '../payment.events.js';
import { lockCaptured, lockPayment } from '../payment.statements.js';
import { assertMayGiveBack } from './giving-back.js';
import * as sql from './refund.statements.js';

export interface RequestedRefund {
  /** Minor units; null for everything that is left of the payment. */
  readonly amount: number | null;
  readonly reason: string;
  /** Who decided it: a member of staff needs the permission; see `giving-back.ts`. */
  readonly actor: Actor;
  /** The refund decision of staff that it carries out; left out when there is none. */
  readonly orderRefundId?: string | null;
}

/**
 * Writes refunds that are to be sent, never more than was captured, in the caller's transaction. Locks: the order by
 * the caller, then its payments, newest first; for an exchange those of its own order first.
 */
export class RefundRequests {
  constructor(
    private readonly outbox: Outbox,
    private readonly tenders: Tenders,
  ) {}

  /**
   * Inserts a refund request; a job sends it (an offline refund is complete with it, because staff pays it out, and so
   * is that of a tender, which is back on its account).
   * Requires the payment lock. Returns the refund's id, or null when nothing is left to refund. Never refunds more
   * than was captured.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED (the bank decides about this money) | REFUND_NOT_ALLOWED
   */
  async request(tx: Tx, payment: PaymentEntity, requested: RequestedRefund): Promise<string | null> {
    const left = await this.refundable(tx, payment);
    if (requested.amount !== null && requested.amount > left)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payment.', ['amount']);
    const amount = requested.amount ?? left;
    if (amount <= 0) return null;
    await assertMayGiveBack(tx, requested.actor);
    const id = newId();
    const isOffline = payment.provider === 'OFFLINE';
    await tx.count(sql.insertRefund, {
      id,
      paymentId: payment.id,
      amount,
      reason: requested.reason,
      status: isOffline ? 'SUCCEEDED' : 'REQUESTED',
      orderRefundId: requested.orderRefundId ?? null,
    });
    if (payment.purpose === 'TENDER') await this.tenders.refund(tx, payment, { id, amount });
    const data = { refundId: id };
    await this.outbox.append(
      tx,
      isOffline ? refundChanged(payment.orderId, data, id) : refundRequested(payment.orderId, data),
    );
    return id;
  }

  /**
   * Refunds money of an order, from its newest captured payment to its oldest, and then from its tenders: one refund row for each payment used.
   * Requires the order lock. Returns the refunds' ids; empty when nothing is left.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED | REFUND_NOT_ALLOWED
   */
  refundOrder(tx: Tx, orderId: string, requested: RequestedRefund): Promise<string[]> {
    return this.refundOrders(tx, [orderId], requested);
  }

  /**
   * Refunds over the payments of several orders like `refundOrder`, those of the first order first. @throws
   * DomainError like `refundOrder`
   */
  async refundOrders(tx: Tx, orderIds: readonly string[], requested: RequestedRefund): Promise<string[]> {
    const payments: PaymentEntity[] = [];
    for (const id of orderIds) payments.push(...(await this.lockCaptured(tx, id)));
    const ids: string[] = [];
    let open = requested.amount;
    for (const payment of payments) {
      const left = await this.refundable(tx, payment);
      const amount = open === null ? left : Math.min(left, open);
      if (amount <= 0) continue;
      const id = await this.request(tx, payment, { ...requested, amount });
      if (id) ids.push(id);
      if (open !== null) open -= amount;
    }
    if (open !== null && open > 0)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payments.', [
        'amount',
      ]);
    return ids;
  }

  /** Locks the captured payments of a locked order, newest first, tenders last; and the accounts of the tenders. */
  async lockCaptured(tx: Tx, orderId: string): Promise<PaymentEntity[]> {
    const payments = await tx.rows(lockCaptured, { orderId });
    await this.tenders.lockAccounts(tx, payments);
    return payments;
  }

  /** Whether the buyer disputes this payment, and the bank has not decided. */
  async isDisputed(tx: Tx, { id }: PaymentEntity): Promise<boolean> {
    return (await tx.row(sql.moneyGone, { paymentId: id }))?.isDisputed ?? false;
  }

  private async lockAgain(tx: Tx, { id }: PaymentEntity): Promise<PaymentEntity> {
    const payment = await tx.row(lockPayment, { id });
    if (!payment) throw new Error('A payment that was just read is missing');
    return payment;
  }

  /** What is left of a captured payment, minor units: neither refunded, nor being refunded, nor lost to a dispute. */
  private async refundable(tx: Tx, payment: PaymentEntity): Promise<number> {
    // Read again: the caller may have written the captured amount just before.
    const { capturedAmount } = await this.lockAgain(tx, payment);
    const sums = await tx.row(sql.moneyGone, { paymentId: payment.id });
    if (sums?.isDisputed)
      throw new DomainError(
        'PAYMENT_DISPUTED',
        'The buyer disputes this payment: the bank decides, and nothing can be refunded until then.',
      );
    return Math.max(0, (capturedAmount ?? 0) - (sums?.gone ?? 0));
  }
}
