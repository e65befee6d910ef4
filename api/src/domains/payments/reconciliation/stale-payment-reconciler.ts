import {
  PaymentRejectedError,
  type OnUnreadable,
  type PaymentProvider,
  type ProviderIntent,
} from '../../../integrations/payments/port.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { DisputeService } from '../disputes/dispute.service.js';
import type { PaymentAlerts, PaymentTrouble } from '../payment-alerts.js';
import type { PaymentEntity } from '../payment.entity.js';
import type { PaymentFinalizer } from '../payment-finalizer.js';
import type { PaymentPurposes } from '../payment-purposes.js';
import { lastComparison, recordComparison } from './payment-comparison.js';
import type { PaymentReconciler } from './payment-reconciler.js';
import type { PaymentIntents } from '../payment-intents.js';
import type { PaymentService } from '../payment.service.js';
import type { PaymentProviders } from '../providers/payment-providers.js';
import { paymentsSince } from '../payment.statements.js';
import type { RefundService } from '../refunds/refund.service.js';

/*
 * The daily comparison of the provider's data with ours, in both directions, whatever events were or were not
 * received. What can be applied is applied as if an event had reported it; what cannot be explained becomes one alert
 * (`payment.mismatch`).
 *
 * It goes back to the comparison before, however long ago that was: after nights on which it did not run or the
 * provider did not answer, and after the shop went back to a backup, whose last comparison is older than the backup.
 */

const DAY_MS = 86_400_000;
const INTENT_DAYS = 2;
// A refund may fail as late as a month after it succeeded; Stripe keeps events for thirty days.
const REFUND_DAYS = 35;
const EVENT_DAYS = 29;

export interface StalePaymentReconcilerDeps {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly providers: PaymentProviders;
  readonly refunds: RefundService;
  readonly disputes: DisputeService;
  readonly finalizer: PaymentFinalizer;
  readonly reconciler: PaymentReconciler;
  readonly purposes: PaymentPurposes;
  readonly alerts: PaymentAlerts;
  readonly outbox: Outbox;
  readonly logger: Logger;
}

export class StalePaymentReconciler {
  constructor(private readonly deps: StalePaymentReconcilerDeps) {}

  /** Runs every part, whatever happens to the others; what failed is tried again the next day. */
  async run(): Promise<void> {
    const { providers, outbox } = this.deps;
    for (const provider of providers.all()) await this.guarded(provider.name, () => this.provider(provider));
    await this.guarded('open disputes', () => this.openDisputes());
    await this.guarded('unaccounted', () => this.unaccounted());
    outbox.notifyRelay();
  }

  private async provider(provider: PaymentProvider): Promise<void> {
    const { database, reconciler } = this.deps;
    const { name } = provider;
    const now = new Date();
    const last = await lastComparison(database, name, now);
    const steps = [
      await this.guarded('intents', () => this.intents(provider, daysBefore(last, INTENT_DAYS))),
      await this.guarded('refunds', () => this.refunds(provider, daysBefore(last, REFUND_DAYS))),
      await this.guarded('disputes', () => this.disputes(provider, daysBefore(last, INTENT_DAYS))),
    ];
    if (steps.every(Boolean)) await database.count(recordComparison, { name, until: now });
    const since = daysBefore(now, EVENT_DAYS);
    await this.guarded('events', () => reconciler.fetchMissed(provider, since, { everything: true }));
  }

  private async intents(provider: PaymentProvider, since: Date): Promise<void> {
    const { database } = this.deps;
    const seen = new Set<string>();
    for await (const intent of provider.listIntents(since, this.unreadable('intent'))) {
      seen.add(intent.reference);
      await this.guarded(intent.reference, () => this.compare(intent));
    }
    const ours = await database.rows(paymentsSince, { name: provider.name, since });
    for (const payment of ours) {
      const { providerReference } = payment;
      if (!providerReference || seen.has(providerReference)) continue;
      await this.guarded(payment.id, () => this.reconcileUnlisted(provider, payment, providerReference));
    }
  }

  private async compare(intent: ProviderIntent): Promise<void> {
    const { database, intents, finalizer } = this.deps;
    const payment = await intents.paymentOf(database, intent);
    // Alerts staff when the intent has money for a payment that is not in the database.
    await finalizer.apply(intent);
    const hasMoney = intent.status === 'succeeded';
    if (payment?.status === 'CAPTURED' && !hasMoney) await this.alert(payment, 'unknown-to-provider');
  }

  /** Compares a payment that was missing from the provider's list. */
  private async reconcileUnlisted(
    provider: PaymentProvider,
    payment: Pick<PaymentEntity, 'id' | 'orderId' | 'status'>,
    reference: string,
  ): Promise<void> {
    try {
      await this.compare(await provider.retrieveIntent(reference));
    } catch (error) {
      if (!(error instanceof PaymentRejectedError)) throw error;
      if (payment.status === 'CAPTURED') await this.alert(payment, 'unknown-to-provider');
    }
  }

  private async refunds(provider: PaymentProvider, since: Date): Promise<void> {
    const { database, payments, refunds } = this.deps;
    for await (const refund of provider.listRefunds(since, this.unreadable('refund'))) {
      const { intentReference: reference } = refund;
      if (!reference) continue;
      await this.guarded(refund.reference, async () => {
        if (await refunds.isAsRecorded(provider, refund)) return;
        const payment = await payments.ofReference(database, { provider: provider.name, reference });
        if (payment) await refunds.sync(payment);
      });
    }
  }

  private async disputes(provider: PaymentProvider, since: Date): Promise<void> {
    for await (const dispute of provider.listDisputes(since, this.unreadable('dispute')))
      await this.guarded(dispute.reference, () => this.deps.disputes.record(provider.name, dispute));
  }

  private async openDisputes(): Promise<void> {
    const { disputes, providers } = this.deps;
    for (const { id, provider, providerReference } of await disputes.open())
      await this.guarded(id, () => disputes.apply(providers.of(provider), providerReference));
  }

  private async unaccounted(): Promise<void> {
    for (const purpose of this.deps.purposes.all()) {
      for (const payment of (await purpose.findUnaccounted?.()) ?? [])
        await this.guarded(payment.id, () => this.alert(payment, 'unaccounted'));
    }
  }

  private async alert(payment: Pick<PaymentEntity, 'id' | 'orderId'>, reason: PaymentTrouble): Promise<void> {
    await this.deps.database.transaction((tx) => this.deps.alerts.raise(tx, payment, reason));
  }

  private unreadable(what: string): OnUnreadable {
    return ({ id, error }) =>
      this.deps.logger.warn({ what, id, err: error }, 'A row of the payment provider cannot be read');
  }

  /** Returns whether it was done. */
  private async guarded(id: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.deps.logger.warn(
        { id, err: error },
        'A part of the daily reconciliation failed; it is tried again tomorrow',
      );
      return false;
    }
  }
}

function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * DAY_MS);
}
