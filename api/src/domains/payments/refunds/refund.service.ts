import type { PaymentProvider, ProviderRefund } from '../../../integrations/payments/port.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../../integrations/payments/port.js';
import { newId } from '../../../kernel/ids.js';
import { money } from '../../../kernel/money.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { KEY_LIFE_MS, LIST_LAG_SECONDS, nextKey } from '../idempotency-keys.js';
import type { PaymentEntity, RefundEntity, RefundStatusName } from '../payment.entity.js';
import type { PaymentProviders } from '../providers/payment-providers.js';
import { lockPayment, paymentById, paymentByReference } from '../payment.statements.js';
import * as sql from './refund.statements.js';
import { paymentMismatch, refundChanged, refundFailed } from '../payment.events.js';
import { ANY_STATE, contradicts, isSame, outcomeOf, stateOf, type RefundReading } from './refund-reading.js';

/*
 * A refund row stores what the provider says of it. Each refund is known by the provider's reference, or by our own
 * id in its metadata; one that has neither was created at the provider's dashboard and gets a row with origin
 * PROVIDER. A refund may fail days after it succeeded, so no status is final. Every change of a row and its events
 * (`refund.changed`, and `refund.failed` for the owner) are one transaction, under the payment's lock.
 */

/** Sends requested refunds, and records the results of these and of refunds created elsewhere. */
export class RefundService {
  constructor(
    private readonly database: Database,
    private readonly providers: PaymentProviders,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Sends a refund, or asks for the result of one that was sent. Safe to run any number of times: the provider
   * recognizes our key. A definite rejection is recorded and appends an event; without an answer the refund is tried
   * again later.
   */
  async settle(refundId: string): Promise<void> {
    const refund = await this.database.row(sql.refundById, { refundId });
    const mayAsk =
      refund && (refund.providerReference !== null || ['REQUESTED', 'PENDING'].includes(refund.status));
    if (!mayAsk) return;
    const payment = await this.database.row(paymentById, { paymentId: refund.paymentId });
    if (!payment?.providerReference) return;
    const isOld = Date.now() - refund.createdAt.getTime() > KEY_LIFE_MS;
    if (isOld && !refund.providerReference && (await this.wasCreated(refund, payment))) return;
    try {
      const answer = await this.ask(refund, payment);
      await this.change(payment, (tx) => this.record(tx, payment, refund, outcomeOf(answer)));
    } catch (error) {
      if (error instanceof PaymentOutcomeUnknown && error.because === 'REPLAYED')
        return this.afterFailure(refund, payment, error);
      if (!(error instanceof PaymentRejectedError)) throw error;
      await this.refused(refund, payment, error.code);
    }
  }

  private ask(refund: RefundEntity, payment: PaymentEntity): Promise<ProviderRefund> {
    const provider = this.providers.of(payment.provider);
    if (refund.providerReference) return provider.retrieveRefund(refund.providerReference);
    return provider.refund({
      intentReference: payment.providerReference ?? '',
      amount: money(refund.amount, payment.currency),
      idempotencyKey: refund.key,
      refundId: refund.id,
    });
  }

  /**
   * The provider failed at this refund and replays that failure for a day, whether the refund was created or not: its
   * list decides. A new key is used for the next attempt only, and only once the list had time to show what was
   * created: the call under the old key is over and creates nothing any more, so what is not in the list then does
   * not exist. The time begins when the failure of the key in use is first seen, for each key anew: a refund that is
   * first sent minutes after it was requested (the provider was unreachable) creates re_1 under its first key, gets a
   * replayed 500, and the list does not show re_1 yet; counted from the row's creation, the next key would create
   * re_2 at once, and the money would be refunded twice.
   */
  private async afterFailure(
    refund: RefundEntity,
    payment: PaymentEntity,
    failure: PaymentOutcomeUnknown,
  ): Promise<void> {
    // Before the list is read: the list must be read a minute after the failure was noted.
    const noted = await this.database.row(sql.noteRefundFailure, {
      refundId: refund.id,
      key: refund.key,
      listLagSeconds: LIST_LAG_SECONDS,
    });
    if (await this.wasCreated(refund, payment)) return;
    if (!noted?.isListed) throw failure;
    await this.database.count(sql.renewRefundKey, {
      refundId: refund.id,
      key: refund.key,
      nextKey: nextKey(refund.key),
    });
    throw failure;
  }

  /** Whether a refund without a response was created all the same; its row then has the result. */
  private async wasCreated(refund: RefundEntity, payment: PaymentEntity): Promise<boolean> {
    await this.sync(payment);
    const found = await this.database.row(sql.refundById, { refundId: refund.id });
    return found?.status !== 'REQUESTED';
  }

  /** Refunds without a final status, or whose last status is to be confirmed, for the reconciler. */
  claimOpen(): Promise<RefundEntity[]> {
    return this.database.rows(sql.claimOpenRefunds);
  }

  /**
   * Applies a refund that the provider reports, wherever it was created. A refund of a payment that is not in the
   * database is ignored.
   */
  async apply(provider: PaymentProvider, reference: string): Promise<void> {
    const refund = await provider.retrieveRefund(reference);
    const payment =
      refund.intentReference &&
      (await this.database.row(paymentByReference, {
        provider: provider.name,
        reference: refund.intentReference,
      }));
    if (payment) await this.sync(payment);
  }

  /**
   * Brings the rows of a payment's refunds in line with the provider's list. A refund created at its dashboard gets a
   * row; a refund of ours that was never created there, and now exceeds what is left, is cancelled.
   */
  async sync(payment: PaymentEntity): Promise<void> {
    if (!payment.providerReference) return;
    const theirs = await this.readAgain(
      payment,
      await this.providers.of(payment.provider).refundsOf(payment.providerReference),
    );
    await this.change(payment, async (tx) => {
      const ours = await tx.rows(sql.refundsOfPayment, { paymentId: payment.id });
      const unsent = await this.exceedingRefunds(tx, payment, ours, theirs);
      for (const refund of unsent)
        await this.record(tx, payment, refund, {
          status: 'CANCELLED',
          reference: null,
          failureCode: 'charge_already_refunded',
        });
      for (const refund of theirs) {
        const known =
          ours.find((row) => row.providerReference === refund.reference) ??
          ours.find((row) => isSame(row, refund));
        if (known) {
          await this.record(tx, payment, known, outcomeOf(refund));
          known.providerReference ??= refund.reference;
        } else if (await this.insertTheirs(tx, payment, refund)) {
          if (ours.some(({ id }) => id === refund.refundId)) await this.alertOfSecond(tx, payment, refund);
        }
      }
    });
  }

  /** Reads each refund by itself for which the list contradicts a final status in our database. */
  private async readAgain(
    payment: PaymentEntity,
    listed: readonly ProviderRefund[],
  ): Promise<ProviderRefund[]> {
    const ours = await this.database.rows(sql.refundsOfPayment, { paymentId: payment.id });
    const provider = this.providers.of(payment.provider);
    const read: ProviderRefund[] = [];
    for (const refund of listed)
      read.push(contradicts(refund, ours) ? await provider.retrieveRefund(refund.reference) : refund);
    return read;
  }

  /** Whether our row already has what the provider says. */
  async isAsRecorded({ name }: PaymentProvider, refund: ProviderRefund): Promise<boolean> {
    const row = await this.database.row(sql.refundByReference, { name, reference: refund.reference });
    return row?.status === stateOf(refund);
  }

  /**
   * The provider refuses this refund for good. A refund that it created earlier may be the reason: its list is read
   * before the refund is marked as failed.
   */
  private async refused(refund: RefundEntity, payment: PaymentEntity, code: string): Promise<void> {
    await this.sync(payment);
    const isPaidBack = code === 'charge_already_refunded';
    await this.change(payment, (tx) =>
      this.record(tx, payment, refund, {
        status: isPaidBack ? 'CANCELLED' : 'FAILED',
        reference: null,
        failureCode: code,
        from: ['REQUESTED', 'PENDING'],
      }),
    );
  }

  /** Our refunds that the provider does not know and that no longer fit into the captured amount. */
  private async exceedingRefunds(
    tx: Tx,
    payment: PaymentEntity,
    ours: readonly RefundEntity[],
    theirs: readonly ProviderRefund[],
  ): Promise<RefundEntity[]> {
    const locked = await tx.row(paymentById, { paymentId: payment.id });
    const refundedAtProvider = theirs
      .filter(({ status }) => status === 'pending' || status === 'succeeded')
      .reduce((sum, { amount }) => sum + amount.amount, 0);
    let left = (locked?.capturedAmount ?? 0) - refundedAtProvider;
    const waiting = ours.filter((row) => row.status === 'REQUESTED' && !theirs.some((r) => isSame(row, r)));
    return waiting.filter(({ amount }) => {
      left -= amount;
      return left < 0;
    });
  }

  /** Inserts a refund created at the provider. Returns whether it was new. */
  private async insertTheirs(tx: Tx, payment: PaymentEntity, refund: ProviderRefund): Promise<boolean> {
    const { status, failureCode } = outcomeOf(refund);
    const id = newId();
    const inserted = await tx.count(sql.insertTheirRefund, {
      id,
      paymentId: payment.id,
      amount: refund.amount.amount,
      status,
      reference: refund.reference,
      failureCode,
    });
    if (inserted === 1) await this.appendRefundEvents(tx, payment, id, status);
    return inserted === 1;
  }

  /** The provider created one of our refunds twice: both are stored, and staff is alerted at once. */
  private async alertOfSecond(
    tx: Tx,
    payment: PaymentEntity,
    { reference, amount }: ProviderRefund,
  ): Promise<void> {
    const data = { paymentId: payment.id, reason: 'refunded-twice', reference, ...amount };
    await this.outbox.append(tx, paymentMismatch(payment.orderId, data, reference));
  }

  private async record(
    tx: Tx,
    payment: PaymentEntity,
    refund: RefundEntity,
    { status, reference, failureCode, from = ANY_STATE }: RefundReading,
  ): Promise<void> {
    const changed = await tx.count(sql.markRefund, {
      refundId: refund.id,
      status,
      reference,
      failureCode,
      from,
    });
    if (changed === 1) await this.appendRefundEvents(tx, payment, refund.id, status);
  }

  private async appendRefundEvents(
    tx: Tx,
    payment: PaymentEntity,
    refundId: string,
    status: RefundStatusName,
  ): Promise<void> {
    const data = { refundId, status };
    await this.outbox.append(
      tx,
      refundChanged(payment.orderId, data, newId()),
      ...(status === 'FAILED' ? [refundFailed(payment.orderId, data)] : []),
    );
  }

  private async change(payment: PaymentEntity, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.row(lockPayment, { id: payment.id });
      await work(tx);
    });
    this.outbox.notifyRelay();
  }
}
