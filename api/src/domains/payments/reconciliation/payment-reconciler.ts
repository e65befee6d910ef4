import {
  PaymentRejectedError,
  type OnUnreadable,
  type PaymentProvider,
  type ProviderEvent,
} from '../../../integrations/payments/port.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database } from '../../../platform/database/database.js';
import type { CaptureService } from '../capture.service.js';
import type { DisputeService } from '../disputes/dispute.service.js';
import type { PaymentEntity } from '../payment.entity.js';
import type { PaymentFinalizer } from '../payment-finalizer.js';
import type { PaymentPurposes } from '../payment-purposes.js';
import type { PaymentIntents } from '../payment-intents.js';
import type { PaymentProviders } from '../providers/payment-providers.js';
import { claimUnfinished } from '../payment.statements.js';
import type { RefundService } from '../refunds/refund.service.js';
import type { EventSubject, WebhookInbox } from '../webhooks/webhook-inbox.js';

/** The wait before a payment without an outcome is first checked at the provider; doubled with each further check. */
const FIRST_WAIT = '1 minute';
const DAY_MS = 86_400_000;
const EVENTS_AT_ONCE = 100;

export interface ReconcilerDeps {
  readonly database: Database;
  readonly intents: PaymentIntents;
  readonly providers: PaymentProviders;
  readonly refunds: RefundService;
  readonly disputes: DisputeService;
  readonly webhooks: WebhookInbox;
  readonly finalizer: PaymentFinalizer;
  readonly captures: CaptureService;
  readonly purposes: PaymentPurposes;
  readonly logger: Logger;
}

/** Asks the provider about everything without a final state, so that no order depends on a webhook that was lost. */
export class PaymentReconciler {
  constructor(private readonly deps: ReconcilerDeps) {}

  /** One run. What fails is tried again in the next run, and never blocks the rest. */
  async run(firstWait = FIRST_WAIT): Promise<void> {
    const { database, providers, refunds, webhooks } = this.deps;
    await this.guarded('payments', async () => {
      for (const payment of await database.rows(claimUnfinished, { firstWait }))
        await this.guarded(payment.id, () => this.check(payment));
    });
    await this.guarded('refunds', async () => {
      for (const refund of await refunds.claimOpen())
        await this.guarded(refund.id, () => refunds.settle(refund.id));
    });
    await this.guarded('events', async () => {
      for (const { provider, eventId } of await webhooks.findAbandoned())
        await this.guarded(eventId, () =>
          webhooks.process(provider, eventId, (it) => this.reconcileSubject(it)),
        );
    });
    for (const provider of providers.all())
      await this.guarded('missed events', () => this.fetchMissed(provider, new Date(Date.now() - DAY_MS)));
  }

  /** Reads the object of an event from the provider, as it is now, and applies it. */
  async reconcileSubject({ provider, kind, reference }: EventSubject): Promise<void> {
    const { finalizer, refunds, disputes } = this.deps;
    switch (kind) {
      case 'INTENT':
        return finalizer.apply(await provider.retrieveIntent(reference));
      case 'REFUND':
        return refunds.apply(provider, reference);
      case 'DISPUTE':
        return disputes.apply(provider, reference);
    }
  }

  /**
   * Stores events that the provider could not deliver in the inbox, as if they had been received, newest first. After
   * a whole page of known events it stops, as older ones are known as well, except for events that were late to fail:
   * `everything` reads all pages.
   */
  async fetchMissed(provider: PaymentProvider, since: Date, { everything = false } = {}): Promise<void> {
    let page: ProviderEvent[] = [];
    for await (const event of provider.listMissedEvents(since, this.unreadable('event'))) {
      page.push(event);
      if (page.length < EVENTS_AT_ONCE) continue;
      const isFirst = await this.store(provider, page);
      if (!isFirst && !everything) return;
      page = [];
    }
    if (page.length > 0) await this.store(provider, page);
  }

  /** Returns whether any of the events was new. */
  private async store(provider: PaymentProvider, events: readonly ProviderEvent[]): Promise<boolean> {
    const { webhooks } = this.deps;
    // If it cannot be said which are new, each is stored by itself: a repeat has no effect.
    let missed = events;
    await this.guarded('known events', async () => {
      missed = await webhooks.unknown(provider, events);
    });
    for (const event of missed) await this.guarded(event.id, () => webhooks.storeMissed(provider, event));
    return missed.length > 0;
  }

  private async check(payment: PaymentEntity): Promise<void> {
    try {
      await this.deps.finalizer.apply(await this.deps.intents.ensure(payment));
      await this.deps.captures.void(payment.id);
    } catch (error) {
      if (!(error instanceof PaymentRejectedError) || payment.providerReference) throw error;
      await this.deps.purposes.of(payment).rejected(payment);
    }
  }

  private unreadable(what: string): OnUnreadable {
    return ({ id, error }) =>
      this.deps.logger.warn({ what, id, err: error }, 'A row of the payment provider cannot be read');
  }

  private async guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.deps.logger.warn(
        { id, err: error },
        'A step of the payment reconciler failed; trying again later',
      );
    }
  }
}
