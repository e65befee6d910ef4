import { EventEmitter, on } from 'node:events';
import type { Listener } from '../database/listener.js';
import { EVENTS_CHANNEL, type PublishedEvent } from './outbox-relay.js';

/** Live events for GraphQL subscriptions, heard from whichever process published them. */
export class EventFeed {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  constructor(listener: Listener) {
    listener.on(EVENTS_CHANNEL, (text) => this.emitter.emit('event', JSON.parse(text) as PublishedEvent));
  }

  /**
   * Events that `matches` lets through, from now on, until the consumer returns.
   * Built on node's own iterator because `return()` on an async generator waits for the next event to come.
   */
  subscribe(matches: (event: PublishedEvent) => boolean): AsyncIterableIterator<PublishedEvent> {
    const all = on(this.emitter, 'event') as AsyncIterableIterator<[PublishedEvent]>;
    return {
      async next() {
        for (;;) {
          const { value, done } = await all.next();
          if (done) return { value: undefined, done: true };
          if (matches(value[0])) return { value: value[0], done: false };
        }
      },
      async return() {
        await all.return?.();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
