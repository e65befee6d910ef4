import { PaymentRefused, type ProviderIntent } from '../../integrations/payments/port.js';
import { isUuid, newId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { DisputeService, PaymentEntity, PaymentService, RefundService } from '../payments/index.js';
import * as sql from './order.statements.js';
import type { PaymentFinalizer } from './payment-finalizer.js';
import type { PaymentReconciler } from './payment-reconciler.js';

/*
 * The daily sweep: the provider's books against ours, both ways, whatever events came or did not come. What can be
 * applied is applied as if an event had told of it; what cannot be explained becomes one alert (`payment.mismatch`).
 */

const DAY_MS = 86_400_000;
const INTENT_DAYS = 2;
// A refund may fail as late as a month after it succeeded; Stripe keeps events for thirty days.
const REFUND_DAYS = 35;
const EVENT_DAYS = 29;

export interface SweepParts {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly disputes: DisputeService;
  readonly finalizer: PaymentFinalizer;
  readonly reconciler: PaymentReconciler;
  readonly outbox: Outbox;
  readonly logger: Logger;
}

/** What the provider and we disagree about. */
type Disagreement =
  /** The provider holds money for a payment of this shop that we do not know. */
  | 'unknown-to-us'
  /** We count money that the provider does not have. */
  | 'unknown-to-provider'
  /** Money is here with neither a placed order nor a full refund. */
  | 'unaccounted';

export class PaymentSweep {
  constructor(private readonly parts: SweepParts) {}

  /** Every part is tried, whatever happens to the others; what failed is done tomorrow. */
  async run(): Promise<void> {
    await this.guarded('intents', () => this.intents());
    await this.guarded('refunds', () => this.refunds());
    await this.guarded('disputes', () => this.disputes());
    await this.guarded('events', () => this.parts.reconciler.fetchMissed(daysAgo(EVENT_DAYS)));
    await this.guarded('unaccounted', () => this.unaccounted());
    this.parts.outbox.nudge();
  }

  private async intents(): Promise<void> {
    const { database, payments } = this.parts;
    const since = daysAgo(INTENT_DAYS);
    const seen = new Set<string>();
    for await (const intent of payments.provider.listIntents(since)) {
      seen.add(intent.reference);
      await this.compare(intent);
    }
    const ours = await database.rows<PaymentEntity>(sql.paymentsSince, [payments.provider.name, since]);
    for (const payment of ours) {
      const { providerReference } = payment;
      if (!providerReference || seen.has(providerReference)) continue;
      await this.guarded(payment.id, () => this.lookFor(payment, providerReference));
    }
  }

  private async compare(intent: ProviderIntent): Promise<void> {
    const { database, payments, finalizer } = this.parts;
    const payment = await payments.ofIntent(database, intent);
    if (payment) {
      await finalizer.apply(intent);
      const hasMoney = intent.status === 'succeeded';
      if (payment.state === 'CAPTURED' && !hasMoney) await this.alert(payment, 'unknown-to-provider');
    } else if (intent.paymentId && ['succeeded', 'requires_capture'].includes(intent.status)) {
      const id = isUuid(intent.paymentId) ? intent.paymentId : newId();
      await this.alert({ id, orderId: id }, 'unknown-to-us', intent);
    }
  }

  /** A payment of ours that was not in the provider's list. */
  private async lookFor(payment: PaymentEntity, reference: string): Promise<void> {
    try {
      await this.compare(await this.parts.payments.provider.retrieveIntent(reference));
    } catch (error) {
      if (!(error instanceof PaymentRefused)) throw error;
      if (payment.state === 'CAPTURED') await this.alert(payment, 'unknown-to-provider');
    }
  }

  private async refunds(): Promise<void> {
    const { database, payments, refunds } = this.parts;
    for await (const refund of payments.provider.listRefunds(daysAgo(REFUND_DAYS))) {
      if (!refund.intentReference) continue;
      if (await refunds.isAsRecorded(refund)) continue;
      const payment = await payments.ofReference(database, refund.intentReference);
      if (payment) await refunds.sync(payment);
    }
  }

  private async disputes(): Promise<void> {
    const { disputes, payments } = this.parts;
    for await (const dispute of payments.provider.listDisputes(daysAgo(INTENT_DAYS)))
      await disputes.record(dispute);
    for (const { id, providerReference } of await disputes.open())
      await this.guarded(id, () => disputes.apply(providerReference));
  }

  private async unaccounted(): Promise<void> {
    for (const payment of await this.parts.database.rows<PaymentEntity>(sql.unaccountedPayments))
      await this.alert(payment, 'unaccounted');
  }

  private async alert(
    { id, orderId }: Pick<PaymentEntity, 'id' | 'orderId'>,
    reason: Disagreement,
    stranger?: ProviderIntent,
  ): Promise<void> {
    this.parts.logger.error({ paymentId: id, reason }, "The provider's books and ours differ");
    await this.parts.database.transaction((tx) =>
      this.parts.outbox.append(tx, {
        kind: 'payment.mismatch',
        aggregateId: orderId,
        dedupeKey: `payment.mismatch:${stranger?.reference ?? id}:${reason}`,
        // Of what we do not know, the news itself says enough to find it at the provider.
        payload: {
          paymentId: id,
          reason,
          ...(stranger && { reference: stranger.reference, ...stranger.amount }),
        },
      }),
    );
  }

  private async guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.logger.warn({ id, err: error }, 'A part of the sweep failed; it is done again tomorrow');
    }
  }
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}
