import {
  InvalidWebhook,
  PaymentRejectedError,
  type PaymentProvider,
  type ProviderEvent,
  type ProviderName,
  type ProviderObjectKind,
  type WebhookHeader,
} from '../../../integrations/payments/port.js';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { recordRequest } from '../../../platform/audit/record-request.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import { toJson, toJsonb } from '../../../platform/database/jsonb.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { WebhookEventEntity } from '../payment.entity.js';
import type { PaymentProviders } from '../providers/payment-providers.js';
import * as sql from './webhook.statements.js';
import { webhookDead, webhookReceived } from '../payment.events.js';

/** The object that an event is about: the provider is asked for its present state. */
export interface EventSubject {
  readonly provider: PaymentProvider;
  readonly kind: ProviderObjectKind;
  readonly reference: string;
}

/**
 * Stores events as received, each once. A job processes them later and asks the provider itself, so neither their
 * order nor repetition matters.
 */
export class WebhookInbox {
  constructor(
    private readonly database: Database,
    private readonly providers: PaymentProviders,
    private readonly outbox: Outbox,
    private readonly keys: RequestKeys,
  ) {}

  /**
   * Verifies an event, stores it once by event id, and enqueues its job in the same transaction. Returns at once,
   * whatever the event is about; a repeat changes nothing. A provider that takes no new payments any more still sends
   * events about earlier ones.
   *
   * @throws InvalidWebhook wrong signature or form, or unsigned by a provider that takes no new payments: nothing is
   *   stored
   */
  async receive(name: ProviderName, rawBody: Buffer, header: WebhookHeader): Promise<void> {
    // The test provider's events come to any address while no other provider is set up.
    const provider = this.providers.find(name) ?? this.providers.of('TEST');
    const event = provider.parseWebhook(rawBody, header);
    if (!event.verified && !this.providers.takesNew(provider))
      throw new InvalidWebhook('Unsigned events are accepted only while the provider takes payments');
    await this.store(provider, event, rawBody);
  }

  /** Stores an event that the provider could not deliver, as if it had been received. */
  async storeMissed(provider: PaymentProvider, event: ProviderEvent): Promise<void> {
    await this.store(provider, event, Buffer.from(toJson(event.payload)));
  }

  /** Returns those of these events that are not in the inbox, with one query for all of them. */
  async unknown(provider: PaymentProvider, events: readonly ProviderEvent[]): Promise<ProviderEvent[]> {
    const rows = await this.database.rows(sql.knownEvents, {
      name: provider.name,
      eventIds: events.map(({ id }) => id),
    });
    const known = new Set(rows.map(({ eventId }) => eventId));
    return events.filter(({ id }) => !known.has(id));
  }

  /**
   * Runs `apply` with the object of an event, and records the outcome. A failure is counted and rethrown, so that the
   * queue tries again; after ten failures the event is DEAD and staff must see to it.
   */
  async process(
    providerName: string,
    eventId: string,
    apply: (subject: EventSubject) => Promise<void>,
  ): Promise<void> {
    const event = await this.database.row(sql.readEvent, { providerName, eventId });
    if (event?.status !== 'NEW') return;
    const { objectKind: kind, objectId: reference } = event;
    if (!kind || !reference) return this.finish(event, 'IGNORED', null);
    try {
      await apply({ provider: this.providers.of(event.provider), kind, reference });
      await this.finish(event, 'DONE', null);
    } catch (error) {
      // The provider has no such object: the event is forged, or of another account. Another attempt would not help.
      if (error instanceof PaymentRejectedError && error.code === 'resource_missing')
        return this.finish(event, 'IGNORED', error.code);
      await this.fail(event, error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  }

  /**
   * Sets an event back to NEW and enqueues its job again. The job reads the provider's present state, so an event
   * that was done before has no second effect. A repeat with the same key does nothing more.
   *
   * @throws NotFoundError | DomainError NOTHING_TO_REPLAY (an event of a type that is not followed)
   */
  async replay(id: string, key: string, actorId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const claim = { actor: `user:${actorId}`, operation: 'webhookReplay', key, body: { id } };
      if (await this.keys.claim(tx, claim)) return;
      await this.replayIn(tx, id);
    });
    this.outbox.notifyRelay();
  }

  /** The same in a transaction of the caller, without a key. */
  async replayIn(tx: Tx, id: string): Promise<void> {
    const event = await tx.row(sql.lockEvent, { id });
    if (!event) throw new NotFoundError('event', ['webhookEventId']);
    if (!event.objectId)
      throw new DomainError('NOTHING_TO_REPLAY', 'Events of this type are only kept.', ['webhookEventId']);
    await tx.count(sql.reviveEvent, { id });
    await recordRequest(tx, { record: 'webhook_inbox', entityType: 'WebhookEvent', entityId: id });
    await this.announce(tx, event, `replay:${newId()}`);
  }

  find(id: string): Promise<WebhookEventEntity | null> {
    return this.database.row(sql.eventById, { id });
  }

  /** Unprocessed events that have no job any more. */
  findAbandoned(): Promise<{ provider: string; eventId: string }[]> {
    return this.database.rows(sql.abandonedEvents);
  }

  private async store({ name }: PaymentProvider, event: ProviderEvent, rawBody: Buffer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const fresh = await tx.count(sql.storeEvent, {
        id: newId(),
        name,
        eventId: event.id,
        type: event.type,
        objectKind: event.objectKind,
        objectReference: event.objectReference,
        apiVersion: event.apiVersion,
        verified: event.verified,
        payload: toJsonb(event.payload),
        rawBody,
        status: event.objectReference ? 'NEW' : 'IGNORED',
      });
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
    const data = { provider, eventId, ...(objectId && { objectId }) };
    return this.outbox.append(tx, webhookReceived(newId(), data, occasion));
  }

  private async finish(
    { provider, eventId }: WebhookEventEntity,
    status: 'DONE' | 'IGNORED',
    reason: string | null,
  ): Promise<void> {
    await this.database.count(sql.finishEvent, { provider, eventId, status, reason });
  }

  private async fail({ provider, eventId }: WebhookEventEntity, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const failed = await tx.row(sql.failEvent, { provider, eventId, reason });
      if (failed?.status !== 'DEAD') return;
      await this.outbox.append(tx, webhookDead(failed.id, { eventId: failed.id }));
    });
    this.outbox.notifyRelay();
  }
}
