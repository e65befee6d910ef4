import type { ProviderIntent } from '../../integrations/payments/port.js';
import { SYSTEM, type Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { paymentCaptured } from './payment.hooks.js';
import { refusedLate, voidRequested } from './payment.events.js';
import type { PaymentAlerts } from './payment-alerts.js';
import type { PaymentEntity } from './payment.entity.js';
import type { PaymentIntents } from './payment-intents.js';
import type { Cancellation, PaymentPurpose, PaymentPurposes } from './payment-purposes.js';
import type { PaymentService } from './payment.service.js';
import type { RefundRequests } from './refunds/refund-requests.js';

/*
 * The finalizer is the only writer of what an intent means: it sets the payment's status, and calls the hook of what
 * the payment is for (payment-purposes.ts) in the same transaction.
 *
 * It is called by the webhook job, the reconciler, expiry, cancelling, capturing and the page that waits for a
 * payment, always with an intent that was read from the provider just now; events and redirects only prompt a
 * reading, their content is never trusted. The reading comes first, then the transaction: no provider is asked while
 * rows are locked.
 *
 * Locks: the order (by the purpose's `lock`), the payment, then what the hooks lock: for an exchange that is closed,
 * the order whose goods were returned and its payments; or the carts of a late payment; reservations by variant, stock
 * by variant; last, what handlers of payment.captured lock. Every write is conditional on the state found under the lock, so the second of two callers finds the
 * work done. A captured payment always ends in something that is paid or in a refund written in the same transaction.
 * An authorization that is not needed is voided by a job (`payment.void`).
 */

// What waits for a bank's decision waits a day longer with each reading that brings none.
const LONGER_HOLD_MS = 86_400_000;

/** An intent just read, with what the caller knows about it. */
interface IntentReading {
  readonly intent: ProviderIntent;
  readonly cancellation: Cancellation | null;
  readonly actor: Actor;
}

/** A payment with what it pays for, both locked; the payment as it was before the reading is applied. */
interface LockedPayment {
  readonly payment: PaymentEntity;
  readonly purpose: PaymentPurpose;
  readonly subject: unknown;
}

export interface FinalizerDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly hooks: Hooks;
  readonly clock: Clock;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly refundRequests: RefundRequests;
  readonly purposes: PaymentPurposes;
  readonly alerts: PaymentAlerts;
}

export class PaymentFinalizer {
  constructor(private readonly deps: FinalizerDeps) {}

  /**
   * Applies an intent just read. `cancellation` says how that which is paid for ends if the intent is cancelled;
   * `actor` who asked for what happened (capturing), for the timeline. Money on an intent that names a payment of ours
   * but is not the one in its row (or is of another amount) changes nothing: staff is alerted at once.
   */
  async apply(
    intent: ProviderIntent,
    cancellation: Cancellation | null = null,
    actor: Actor = SYSTEM,
  ): Promise<void> {
    const { database, payments, intents, purposes, outbox } = this.deps;
    const known = await intents.paymentOf(database, intent);
    if (!known) return this.alertUnknownPayment(intent);
    const purpose = purposes.of(known);
    let isAnother = false;
    await database.transaction(async (tx) => {
      const subject = await purpose.lock(tx, known.orderId);
      const payment = await payments.lock(tx, known.id);
      // The payment was found by our id while its row named no intent; the row got another intent before it was
      // locked.
      isAnother = payment.providerReference !== null && payment.providerReference !== intent.reference;
      if (isAnother) return;
      await this.applyReading(tx, { payment, purpose, subject }, { intent, cancellation, actor });
    });
    if (isAnother) return this.alertUnknownPayment(intent);
    outbox.notifyRelay();
  }

  private async alertUnknownPayment(intent: ProviderIntent): Promise<void> {
    if (!intent.paymentId || !['succeeded', 'requires_capture'].includes(intent.status)) return;
    await this.deps.database.transaction((tx) => this.deps.alerts.raiseUnknown(tx, intent));
    this.deps.outbox.notifyRelay();
  }

  /** Alerts the owner, once, that the outcome of a payment is still unknown a day after its time was over. */
  async alertUndecided(payment: PaymentEntity | null): Promise<void> {
    if (!payment) return;
    await this.deps.database.transaction((tx) => this.deps.alerts.raise(tx, payment, 'undecided'));
    this.deps.outbox.notifyRelay();
  }

  private async applyReading(tx: Tx, locked: LockedPayment, reading: IntentReading): Promise<void> {
    const { intent } = reading;
    switch (intent.status) {
      case 'succeeded':
        return this.applyCaptured(tx, locked, reading);
      case 'canceled':
        return this.applyCancelled(tx, locked, reading);
      case 'processing':
        return this.applyProcessing(tx, locked, intent);
      case 'requires_capture':
        return this.applyAuthorized(tx, locked, intent);
      case 'requires_payment_method':
      case 'requires_action':
        return this.applyUnpaid(tx, locked, intent);
      case 'unknown':
        return undefined;
    }
  }

  private async applyCaptured(
    tx: Tx,
    locked: LockedPayment,
    { intent, actor }: IntentReading,
  ): Promise<void> {
    const { payment, purpose, subject } = locked;
    if (!(await this.deps.payments.transition(tx, payment, 'CAPTURED', intent))) return;
    const { amount, currency } = intent.amountReceived;
    if (amount !== payment.amount || currency !== payment.currency)
      return purpose.mismatched(tx, subject, payment);
    const notUsed = await purpose.captured(tx, subject, payment, actor);
    if (notUsed !== null) return this.refundInFull(tx, locked, notUsed);
    await this.deps.hooks.run(tx, paymentCaptured, { purpose: payment.purpose, payment });
  }

  /** Refunds a captured payment that paid for nothing, unless the bank is already deciding a dispute about it. */
  private async refundInFull(
    tx: Tx,
    { payment, purpose, subject }: LockedPayment,
    reason: string,
  ): Promise<void> {
    const { refundRequests, outbox } = this.deps;
    if (await refundRequests.isDisputed(tx, payment)) return purpose.disputed(tx, subject, payment);
    const refundId = await refundRequests.request(tx, payment, { amount: null, reason, actor: SYSTEM });
    if (!refundId) return;
    await outbox.append(tx, refusedLate(payment.orderId, { paymentId: payment.id }));
  }

  private async applyAuthorized(
    tx: Tx,
    { payment, purpose, subject }: LockedPayment,
    intent: ProviderIntent,
  ): Promise<void> {
    const { payments, outbox } = this.deps;
    if (!(await payments.transition(tx, payment, 'AUTHORIZED', intent))) return;
    if (await purpose.authorized(tx, subject, payment)) return;
    await outbox.append(tx, voidRequested(payment.orderId, { paymentId: payment.id }));
  }

  /** The provider cancelled the intent: on the shop's request, or by itself. */
  private async applyCancelled(
    tx: Tx,
    { payment, purpose, subject }: LockedPayment,
    { intent, cancellation, actor }: IntentReading,
  ): Promise<void> {
    if (!(await this.deps.payments.transition(tx, payment, 'CANCELLED', intent))) return;
    await purpose.cancelled(tx, subject, payment, { cancellation, actor });
  }

  /**
   * The bank decides, and a debit takes up to two weeks. The provider cancels nothing until then, so what waits for
   * the payment is extended by another day, as often as needed.
   */
  private async applyProcessing(
    tx: Tx,
    { payment, purpose, subject }: LockedPayment,
    intent: ProviderIntent,
  ): Promise<void> {
    const isFirst = await this.deps.payments.transition(tx, payment, 'PROCESSING', intent);
    if (!isFirst && payment.status !== 'PROCESSING') return;
    const until = new Date(this.deps.clock.now().getTime() + LONGER_HOLD_MS);
    await purpose.processing(tx, subject, payment, { isFirst, until });
  }

  /**
   * The buyer has not paid yet, or an attempt failed: not a final state, another card may follow on the same intent.
   */
  private async applyUnpaid(
    tx: Tx,
    { payment, purpose, subject }: LockedPayment,
    intent: ProviderIntent,
  ): Promise<void> {
    const { failureCode } = intent;
    const wasProcessing = payment.status === 'PROCESSING';
    const isFirst = failureCode !== null && (payment.failureCode !== failureCode || wasProcessing);
    if (payment.status === 'PENDING' && !isFirst) return;
    if (!(await this.deps.payments.transition(tx, payment, 'PENDING', intent))) return;
    if (wasProcessing || isFirst) await purpose.failed(tx, subject, payment, { failureCode, wasProcessing });
  }
}
