import type { PaymentProvider, ProviderRefund } from '../../integrations/payments/port.js';
import { PaymentRefused } from '../../integrations/payments/port.js';
import { money } from '../../kernel/money.js';
import type { Database } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { PaymentEntity, RefundEntity, RefundStateName } from './payment.entity.js';
import * as sql from './payment.statements.js';

const STATES: Readonly<Record<ProviderRefund['status'], RefundStateName>> = {
  pending: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELED',
};

/** Sends refunds that were written down, and keeps what became of them. */
export class RefundService {
  constructor(
    private readonly database: Database,
    private readonly provider: PaymentProvider,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Sends a refund, or asks after one that was sent. May run any number of times: the provider knows our key.
   * A definite refusal is recorded as FAILED, which the news makes visible; no answer leaves it for the next time.
   */
  async settle(refundId: string): Promise<void> {
    const refund = await this.database.row<RefundEntity>(sql.refundById, [refundId]);
    if (!refund || !['REQUESTED', 'PENDING'].includes(refund.state)) return;
    const payment = await this.database.row<PaymentEntity>(sql.paymentById, [refund.paymentId]);
    if (!payment?.providerReference) return;
    try {
      const answer = refund.providerReference
        ? await this.provider.retrieveRefund(refund.providerReference)
        : await this.provider.refund({
            intentReference: payment.providerReference,
            amount: money(refund.amount, payment.currency),
            idempotencyKey: refund.key,
            refundId: refund.id,
          });
      await this.record(refund, payment, STATES[answer.status], answer.reference);
    } catch (error) {
      if (!(error instanceof PaymentRefused)) throw error;
      await this.record(refund, payment, 'FAILED', null);
    }
  }

  /** Refunds that still wait for a word, for the reconciler. */
  open(): Promise<RefundEntity[]> {
    return this.database.rows<RefundEntity>(sql.openRefunds);
  }

  private async record(
    refund: RefundEntity,
    payment: PaymentEntity,
    state: RefundStateName,
    reference: string | null,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const changed = await tx.count(sql.markRefund, [refund.id, state, reference]);
      if (changed === 0) return;
      await this.outbox.append(tx, {
        kind: 'refund.changed',
        aggregateId: payment.orderId,
        dedupeKey: `refund:${refund.id}:${state}`,
        payload: { refundId: refund.id, state },
      });
    });
    this.outbox.nudge();
  }
}
