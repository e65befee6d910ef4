import type { Listener } from '../database/listener.js';
import type { EventRegistry, EventType, PublishedEvent } from './define-event.js';
import { EVENTS_CHANNEL } from './outbox-relay.js';

/** The filter of a subscriber. */
export interface EventFilter<P extends object> {
  /** Only events of this aggregate; all if absent. */
  readonly aggregateId?: string;
  /** The types that are delivered. */
  readonly events: readonly EventType<P>[];
  /** Which events of these types are delivered; all if absent. Called once for each event. */
  readonly matches?: (event: PublishedEvent<P>) => boolean;
}

// A subscriber with so many unread events does not read any more; its queue must not grow without bound.
const MAX_WAITING = 100;

/** Live events for GraphQL subscriptions, from all processes. */
export class EventFeed {
  private readonly ofOne = new Map<string, Set<Subscriber>>();
  private readonly ofAll = new Set<Subscriber>();

  constructor(listener: Pick<Listener, 'on'>, events: Pick<EventRegistry, 'read'>) {
    listener.on(EVENTS_CHANNEL, (text) => {
      const event = events.read(JSON.parse(text) as PublishedEvent);
      if (event) this.publish(event);
    });
  }

  /**
   * Iterates over matching events from now on, until the consumer returns. A consumer with too many unread events is
   * ended: it must subscribe again and read what it missed.
   */
  subscribe<P extends object>(filter: EventFilter<P>): AsyncIterableIterator<PublishedEvent<P>> {
    const { aggregateId, matches = () => true } = filter;
    const kinds = new Set(filter.events.map(({ kind }) => kind));
    const subscriber = new Subscriber(
      (event) => kinds.has(event.kind) && matches(event as PublishedEvent<P>),
      () => this.remove(subscriber, aggregateId),
    );
    if (aggregateId === undefined) this.ofAll.add(subscriber);
    else this.of(aggregateId).add(subscriber);
    // Only events of these types reach it, and the registry has checked their payloads.
    return subscriber as unknown as AsyncIterableIterator<PublishedEvent<P>>;
  }

  private of(aggregateId: string): Set<Subscriber> {
    let subscribers = this.ofOne.get(aggregateId);
    if (!subscribers) this.ofOne.set(aggregateId, (subscribers = new Set()));
    return subscribers;
  }

  private publish(event: PublishedEvent): void {
    const ofOne = this.ofOne.get(event.aggregateId) ?? [];
    for (const subscriber of [...ofOne, ...this.ofAll]) subscriber.push(event);
  }

  private remove(subscriber: Subscriber, aggregateId: string | undefined): void {
    if (aggregateId === undefined) {
      this.ofAll.delete(subscriber);
      return;
    }
    const subscribers = this.ofOne.get(aggregateId);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.ofOne.delete(aggregateId);
  }
}

type Result = IteratorResult<PublishedEvent, undefined>;

/** Not an async generator: its `return()` would wait for the next event. */
class Subscriber implements AsyncIterableIterator<PublishedEvent> {
  private readonly waiting: PublishedEvent[] = [];
  private readonly readers: ((result: Result) => void)[] = [];
  private ended = false;

  constructor(
    private readonly matches: (event: PublishedEvent) => boolean,
    private readonly leave: () => void,
  ) {}

  push(event: PublishedEvent): void {
    if (!this.matches(event)) return;
    const reader = this.readers.shift();
    if (reader) reader({ value: event, done: false });
    else if (this.waiting.push(event) > MAX_WAITING) void this.return();
  }

  async next(): Promise<Result> {
    const value = this.waiting.shift();
    if (value) return { value, done: false };
    if (this.ended) return { value: undefined, done: true };
    return new Promise((resolve) => this.readers.push(resolve));
  }

  async return(): Promise<Result> {
    this.ended = true;
    this.leave();
    this.waiting.length = 0;
    for (const reader of this.readers.splice(0)) reader({ value: undefined, done: true });
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
