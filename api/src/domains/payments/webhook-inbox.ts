import { z } from 'zod';
import {
  PaymentRejectedError,
  type PaymentProvider,
  type ProviderEvent,
  type ProviderObjectKind,
} from '../../integrations/payments/port.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { toJsonb } from '../../platform/database/jsonb.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { defineJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { WebhookEventEntity } from './payment.entity.js';
import type { PaymentProviders } from './payment-providers.js';
import * as sql from './payment.statements.js';

export const applyWebhookJob = defineJob({
  queue: 'payments.apply-webhook',
  payload: z.object({ provider: z.string(), eventId: z.string(), objectId: z.string().optional() }),
  retryLimit: 10,
  // One that hangs must not hold the others; two about one object would only ask the same.
  concurrency: 6,
  oneAtATimeBy: ({ provider, objectId, eventId }) => `${provider}:${objectId ?? eventId}`,
});

/** What an event is about: the provider is asked for its present state. */
export interface EventSubject {
  readonly provider: PaymentProvider;
  readonly kind: ProviderObjectKind;
  readonly reference: string;
}

/**
 * Events as they came, each once. What they mean is worked out later, by a job that asks the provider itself, so it does
 * not matter in which order they come, nor how often.
 */
export class WebhookInbox {
  constructor(
    private readonly database: Database,
    private readonly providers: PaymentProviders,
    private readonly outbox: Outbox,
    private readonly keys: RequestKeys,
  ) {}

  /**
   * Verifies, stores once by event id, and leaves the rest to a job in the same transaction.
   * Answers at once, whatever the event is about; a repeat changes nothing.
   *
   * @throws InvalidWebhook  wrong signature or form: nothing is stored
   */
  async receive(rawBody: Buffer, signature: string | undefined): Promise<void> {
    // The test provider is called at the same address, where no other one is set up.
    const provider = this.providers.find('STRIPE') ?? this.providers.current;
    await this.store(provider, provider.parseWebhook(rawBody, signature), rawBody);
  }

  /** Stores an event that the provider could not deliver, as if it had come. */
  async storeMissed(provider: PaymentProvider, event: ProviderEvent): Promise<void> {
    await this.store(provider, event, Buffer.from(JSON.stringify(event.payload)));
  }

  /** Those of these events that are not in the inbox: one question for all of them. */
  async unknown(provider: PaymentProvider, events: readonly ProviderEvent[]): Promise<ProviderEvent[]> {
    const rows = await this.database.rows<{ eventId: string }>(sql.knownEvents, [
      provider.name,
      events.map(({ id }) => id),
    ]);
    const known = new Set(rows.map(({ eventId }) => eventId));
    return events.filter(({ id }) => !known.has(id));
  }

  /**
   * Runs `apply` with what an event is about, and notes the outcome. A failure is counted and thrown on, so that
   * the queue tries again; after ten the event is DEAD and waits for a person.
   */
  async process(
    providerName: string,
    eventId: string,
    apply: (subject: EventSubject) => Promise<void>,
  ): Promise<void> {
    const event = await this.database.row<WebhookEventEntity>(sql.readEvent, [providerName, eventId]);
    if (event?.status !== 'NEW') return;
    const { objectKind: kind, objectId: reference } = event;
    if (!kind || !reference) return this.finish(event, 'IGNORED', null);
    try {
      await apply({ provider: this.providers.of(event.provider), kind, reference });
      await this.finish(event, 'DONE', null);
    } catch (error) {
      // The provider knows no such object: forged, or of another account. Asking again will not help.
      if (error instanceof PaymentRejectedError && error.code === 'resource_missing')
        return this.finish(event, 'IGNORED', error.code);
      await this.fail(event, error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  }

  /**
   * Puts an event back to NEW and gives it to the job again. What it says is worked out from the provider's present
   * state, so an event that was done before has no second effect. A repeat with the same key does nothing more.
   *
   * @throws NotFoundError | DomainError NOTHING_TO_REPLAY (an event of a type that is not followed)
   */
  async replay(id: string, key: string, actorId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const claim = { actor: `user:${actorId}`, operation: 'webhookReplay', key, body: { id } };
      if (await this.keys.claim(tx, claim)) return;
      const event = await tx.row<WebhookEventEntity>(sql.lockEvent, [id]);
      if (!event) throw new NotFoundError('event', ['webhookEventId']);
      if (!event.objectId)
        throw new DomainError('NOTHING_TO_REPLAY', 'Events of this type are only kept.', ['webhookEventId']);
      await tx.count(sql.reviveEvent, [id]);
      await this.announce(tx, event, `replay:${newId()}`);
    });
    this.outbox.notifyRelay();
  }

  find(id: string): Promise<WebhookEventEntity | null> {
    return this.database.row<WebhookEventEntity>(sql.eventById, [id]);
  }

  /** Events that no job works on any more. */
  lying(): Promise<{ provider: string; eventId: string }[]> {
    return this.database.rows(sql.abandonedEvents);
  }

  private async store({ name }: PaymentProvider, event: ProviderEvent, rawBody: Buffer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const fresh = await tx.count(sql.storeEvent, [
        newId(),
        name,
        event.id,
        event.type,
        event.objectKind,
        event.objectReference,
        event.apiVersion,
        event.verified,
        toJsonb(event.payload),
        rawBody,
        event.objectReference ? 'NEW' : 'IGNORED',
      ]);
      if (fresh === 1 && event.objectReference)
        await this.announce(
          tx,
          { provider: name, eventId: event.id, objectId: event.objectReference },
          'received',
        );
    });
    this.outbox.notifyRelay();
  }

  private announce(
    tx: Tx,
    { provider, eventId, objectId }: Pick<WebhookEventEntity, 'provider' | 'eventId' | 'objectId'>,
    occasion: string,
  ): Promise<void> {
    return this.outbox.append(tx, {
      kind: 'payment.webhook-received',
      aggregateId: newId(),
      dedupeKey: `webhook:${provider}:${eventId}:${occasion}`,
      payload: { provider, eventId, ...(objectId && { objectId }) },
    });
  }

  private async finish(
    { provider, eventId }: WebhookEventEntity,
    status: 'DONE' | 'IGNORED',
    reason: string | null,
  ): Promise<void> {
    await this.database.count(sql.finishEvent, [provider, eventId, status, reason]);
  }

  private async fail({ provider, eventId }: WebhookEventEntity, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const failed = await tx.row<{ id: string; status: string }>(sql.failEvent, [provider, eventId, reason]);
      if (failed?.status !== 'DEAD') return;
      await this.outbox.append(tx, {
        kind: 'webhook.dead',
        aggregateId: failed.id,
        dedupeKey: `webhook.dead:${failed.id}:${newId()}`,
        payload: { eventId: failed.id },
      });
    });
    this.outbox.notifyRelay();
  }
}
