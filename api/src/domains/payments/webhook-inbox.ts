import { z } from 'zod';
import type { PaymentProvider } from '../../integrations/payments/port.js';
import { newId } from '../../kernel/ids.js';
import type { Database } from '../../platform/database/database.js';
import { defineJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { WebhookEventEntity } from './payment.entity.js';
import * as sql from './payment.statements.js';

export const applyWebhookJob = defineJob({
  queue: 'payments.apply-webhook',
  payload: z.object({ provider: z.string(), eventId: z.string() }),
  retryLimit: 10,
});

/** Events as they came, each once. What they mean is worked out later, by a job that asks the provider itself. */
export class WebhookInbox {
  constructor(
    private readonly database: Database,
    private readonly provider: PaymentProvider,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Verifies, stores once by event id, and leaves the rest to a job in the same transaction.
   * Answers at once, whatever the event is about; a repeat changes nothing.
   *
   * @throws InvalidWebhook  wrong signature or form: nothing is stored
   */
  async receive(rawBody: Buffer, signature: string | undefined): Promise<void> {
    const event = this.provider.parseWebhook(rawBody, signature);
    const { name } = this.provider;
    await this.database.transaction(async (tx) => {
      const fresh = await tx.count(sql.storeEvent, [
        name,
        event.id,
        event.type,
        event.intentReference,
        event.apiVersion,
        event.verified,
        JSON.stringify(event.payload),
        event.intentReference ? 'NEW' : 'IGNORED',
      ]);
      if (fresh === 0 || !event.intentReference) return;
      await this.outbox.append(tx, {
        kind: 'payment.webhook-received',
        aggregateId: newId(),
        dedupeKey: `webhook:${name}:${event.id}`,
        payload: { provider: name, eventId: event.id },
      });
    });
    this.outbox.nudge();
  }

  /**
   * Runs `apply` with the intent an event is about, and notes the outcome. A failure is counted and thrown on, so that
   * the queue tries again; after ten the event is DEAD and waits for a person.
   */
  async process(
    provider: string,
    eventId: string,
    apply: (intentReference: string) => Promise<void>,
  ): Promise<void> {
    const event = await this.database.row<WebhookEventEntity>(sql.readEvent, [provider, eventId]);
    if (!event?.objectId || event.state !== 'NEW') return;
    try {
      await apply(event.objectId);
      await this.database.count(sql.finishEvent, [provider, eventId, 'DONE']);
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      await this.database.rows(sql.failEvent, [provider, eventId, reason]);
      throw error;
    }
  }
}
