import { PaymentRefused } from '../../integrations/payments/port.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import {
  claimUnfinished,
  type DisputeService,
  type EventSubject,
  type PaymentEntity,
  type PaymentService,
  type RefundService,
  type WebhookInbox,
} from '../payments/index.js';
import type { OrderClosingService } from './order-closing.service.js';
import { OrderStatus } from './order-states.js';
import { SYSTEM } from './order.service.js';
import type { PaymentFinalizer } from './payment-finalizer.js';

/** The wait before a payment without a word is asked after the first time; doubled with each further asking. */
const FIRST_WAIT = '1 minute';
const DAY_MS = 86_400_000;

export interface ReconcilerParts {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly disputes: DisputeService;
  readonly webhooks: WebhookInbox;
  readonly finalizer: PaymentFinalizer;
  readonly closing: OrderClosingService;
  readonly logger: Logger;
}

/** Asks the provider about everything that has no final word, so that no order depends on a webhook that was lost. */
export class PaymentReconciler {
  constructor(private readonly parts: ReconcilerParts) {}

  /** One round. What fails is asked again in the next one. */
  async run(firstWait = FIRST_WAIT): Promise<void> {
    const { database, refunds, webhooks } = this.parts;
    for (const payment of await database.rows<PaymentEntity>(claimUnfinished, [firstWait])) {
      await this.guarded(payment.id, () => this.check(payment));
    }
    for (const refund of await refunds.open()) {
      await this.guarded(refund.id, () => refunds.settle(refund.id));
    }
    for (const { provider, eventId } of await webhooks.lying()) {
      await this.guarded(eventId, () => webhooks.process(provider, eventId, (it) => this.look(it)));
    }
    await this.guarded('missed events', () => this.fetchMissed(new Date(Date.now() - DAY_MS)));
  }

  /** Reads what an event is about from the provider, as it is now, and applies it. */
  async look({ kind, reference }: EventSubject): Promise<void> {
    const { payments, finalizer, refunds, disputes } = this.parts;
    switch (kind) {
      case 'INTENT':
        return finalizer.apply(await payments.provider.retrieveIntent(reference));
      case 'REFUND':
        return refunds.apply(reference);
      case 'DISPUTE':
        return disputes.apply(reference);
    }
  }

  /** Puts events that the provider could not deliver into the inbox, as if they had come. */
  async fetchMissed(since: Date): Promise<void> {
    const { payments, webhooks } = this.parts;
    for await (const event of payments.provider.listMissedEvents(since)) await webhooks.storeMissed(event);
  }

  private async check(payment: PaymentEntity): Promise<void> {
    try {
      await this.parts.finalizer.apply(await this.parts.payments.ensureIntent(payment));
      await this.parts.closing.voidPayment(payment.id);
    } catch (error) {
      if (!(error instanceof PaymentRefused) || payment.providerReference) throw error;
      await this.parts.closing.closeWithoutIntent(payment.orderId, payment, {
        status: OrderStatus.CANCELLED,
        actor: SYSTEM,
      });
    }
  }

  private async guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.logger.warn({ id, err: error }, 'The provider could not be asked; trying again later');
    }
  }
}
