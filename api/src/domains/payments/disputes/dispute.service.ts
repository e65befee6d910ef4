import type { PaymentProvider, ProviderDispute, ProviderName } from '../../../integrations/payments/port.js';
import { newId } from '../../../kernel/ids.js';
import type { Database, Querying, Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { DisputeEntity, PaymentEntity } from '../payment.entity.js';
import { lockPayment, paymentByReference } from '../payment.statements.js';
import * as sql from './dispute.statements.js';
import { disputeClosed, disputeOpened } from '../payment.events.js';

export type DisputeRow = DisputeEntity & { readonly orderId: string; readonly provider: ProviderName };

/**
 * Stores the provider's disputes, each under its payment's lock. The bank decides: an open dispute blocks refunds and
 * shipments, a lost one is money lost (and no refund). Each opening and each decision appends one event.
 */
export class DisputeService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Reads a dispute from the provider and applies it. One about a payment that is not in the database is ignored. */
  async apply(provider: PaymentProvider, reference: string): Promise<void> {
    await this.record(provider.name, await provider.retrieveDispute(reference));
  }

  /** Applies a dispute just read from the provider; harmless when nothing of it has changed. */
  async record(provider: ProviderName, dispute: ProviderDispute): Promise<void> {
    const payment =
      dispute.intentReference &&
      (await this.database.row(paymentByReference, { provider, reference: dispute.intentReference }));
    if (!payment) return;
    await this.database.transaction(async (tx) => {
      await tx.row(lockPayment, { id: payment.id });
      const known = await tx.row(sql.disputeByReference, {
        paymentId: payment.id,
        reference: dispute.reference,
      });
      if (known) await this.update(tx, known, dispute);
      else await this.insert(tx, payment, dispute);
    });
    this.outbox.notifyRelay();
  }

  find(id: string): Promise<DisputeRow | null> {
    return this.database.row(sql.disputeById, { id });
  }

  /** Disputes that the bank has not decided, oldest first. */
  open(): Promise<DisputeRow[]> {
    return this.database.rows(sql.openDisputes);
  }

  /** Whether a payment of this order has an open dispute. Call under the order lock. */
  async isDisputed(querying: Querying, orderId: string): Promise<boolean> {
    return (await querying.row(sql.openDisputeOfOrder, { orderId })) !== null;
  }

  private async insert(tx: Tx, payment: PaymentEntity, dispute: ProviderDispute): Promise<void> {
    const id = newId();
    await tx.count(sql.insertDispute, {
      id,
      paymentId: payment.id,
      reference: dispute.reference,
      amount: dispute.amount.amount,
      currency: dispute.amount.currency,
      reason: dispute.reason,
      status: dispute.status,
      evidenceDueAt: dispute.evidenceDueAt,
    });
    await this.outbox.append(tx, disputeOpened(payment.orderId, { disputeId: id }));
    // The dispute may be reported only after the bank has decided.
    if (isClosed(dispute))
      await this.outbox.append(tx, disputeClosed(payment.orderId, { disputeId: id }, dispute.status));
  }

  private async update(tx: Tx, known: DisputeRow, dispute: ProviderDispute): Promise<void> {
    const { amount, reason, status, evidenceDueAt } = dispute;
    const changed = await tx.count(sql.updateDispute, {
      knownId: known.id,
      amount: amount.amount,
      reason,
      status,
      evidenceDueAt,
    });
    if (changed === 1 && known.status !== status && isClosed(dispute))
      await this.outbox.append(tx, disputeClosed(known.orderId, { disputeId: known.id }, status));
  }
}

function isClosed({ status }: ProviderDispute): boolean {
  return status === 'WON' || status === 'LOST';
}
