import type { z } from 'zod';
import type { Logger } from '../../kernel/logger.js';

declare const DEFINED: unique symbol;

/** Something that happened, to be appended to the outbox. Only the function that `defineEvent` returns makes one. */
export interface DomainEvent {
  readonly kind: string;
  readonly aggregateId: string;
  /** Unique over all time: an event with an existing key is not appended again. */
  readonly dedupeKey: string;
  readonly payload: object;
  readonly isKept: boolean;
  readonly [DEFINED]: true;
}

/** An event as jobs read it; `id` is the outbox row's, unique over all time. */
export interface JobEvent<P extends object = object> {
  readonly id: string;
  readonly aggregateId: string;
  readonly payload: P;
}

/** An event as live subscriptions receive it. */
export interface PublishedEvent<P extends object = object> extends JobEvent<P> {
  readonly kind: string;
}

/** What is known of an event of the outbox by its name. */
export interface EventType<P extends object = object> {
  /** `ticket.opened`: the aggregate, a dot, what happened. It is stored; a new name needs `formerly`. */
  readonly kind: string;
  /** What the event was called before. Rows that still wait under that name are read as well. */
  readonly formerly?: string;
  /** When it is appended, in a sentence. */
  readonly description: string;
  /** Ids and small values only; never personal data, secrets or snapshots. */
  readonly payload: z.ZodType<P>;
  /**
   * Whether its row stays as long as the ledger, because an invariant reads it. Otherwise it is deleted some days after
   * it was published.
   */
  readonly isKept: boolean;
}

/** Makes an event of this type: `opened(ticketId, { priority })`. */
export interface EventDefinition<
  P extends object,
  Occasion extends readonly string[] = [],
> extends EventType<P> {
  (aggregateId: string, payload: P, ...occasion: Occasion): DomainEvent;
}

interface EventOptions<P extends object, Occasion extends readonly string[]> extends Omit<
  EventType<P>,
  'kind' | 'isKept'
> {
  readonly isKept?: boolean;
  /**
   * The dedupe key, which two events share only when the second must not be appended. Its parameters after the event
   * become those of the definition. Without it an aggregate has one such event in its life: `kind:aggregateId`.
   */
  readonly key?: (
    event: { readonly aggregateId: string; readonly payload: P },
    ...occasion: Occasion
  ) => string;
}

/** Defines an event of the outbox. Its module lists it in `events`. */
export function defineEvent<P extends object, const Occasion extends readonly string[] = []>(
  kind: string,
  { key, isKept = false, ...rest }: EventOptions<P, Occasion>,
): EventDefinition<P, Occasion> {
  const eventOf = (aggregateId: string, payload: P, ...occasion: Occasion): DomainEvent => {
    const dedupeKey = key ? key({ aggregateId, payload }, ...occasion) : `${kind}:${aggregateId}`;
    return { kind, aggregateId, dedupeKey, payload, isKept } as unknown as DomainEvent;
  };
  return Object.assign(eventOf, { kind, isKept, ...rest });
}

/** The events of all modules of a shop, by their stored names. */
export class EventRegistry {
  private readonly byKind = new Map<string, EventType>();

  /** @throws Error for two events of one name */
  constructor(
    readonly all: readonly EventType[],
    private readonly logger: Logger,
  ) {
    for (const event of all)
      for (const name of event.formerly ? [event.kind, event.formerly] : [event.kind]) {
        if (this.byKind.has(name)) throw new Error(`Two events are named ${name}`);
        this.byKind.set(name, event);
      }
  }

  has(event: EventType): boolean {
    return this.byKind.get(event.kind) === event;
  }

  /**
   * The event of a stored row, under its present name and with a checked payload. Null, after a line in the log, for a
   * name that no module declares and for a payload that does not fit: that is a bug and must not block other events.
   */
  read({ id, kind, aggregateId, payload }: PublishedEvent): PublishedEvent | null {
    const event = this.byKind.get(kind);
    if (!event) {
      this.logger.error({ eventId: id, kind }, 'An event that no module declares is skipped');
      return null;
    }
    const read = event.payload.safeParse(payload);
    if (!read.success) {
      this.logger.error({ eventId: id, kind, err: read.error }, 'An event with a wrong payload is skipped');
      return null;
    }
    return { id, kind: event.kind, aggregateId, payload: read.data };
  }
}
