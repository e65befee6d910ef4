import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../../kernel/logger.js';
import { EventFeed } from './event-feed.js';
import { defineEvent, EventRegistry, type PublishedEvent } from './define-event.js';

const event = (kind: string) =>
  defineEvent(kind, { description: 'It happened.', payload: z.object({ version: z.int() }) });
const paid = event('order.paid');
const shipped = event('order.shipped');

function feedOf() {
  let hear: (text: string) => void = () => undefined;
  const listener = {
    on: (_channel: string, heard: (text: string) => void) => {
      hear = heard;
      return () => undefined;
    },
  };
  const feed = new EventFeed(listener, new EventRegistry([paid, shipped], createLogger('silent')));
  const publish = (aggregateId: string, kind = 'order.paid', payload: object = { version: 1 }): void =>
    hear(JSON.stringify({ aggregateId, kind, payload }));
  return { feed, publish };
}

const events = [paid, shipped];
const ids = async (events: AsyncIterableIterator<PublishedEvent>, count: number): Promise<unknown[]> => {
  const heard = [];
  for (let i = 0; i < count; i++)
    heard.push(((await events.next()).value as PublishedEvent | undefined)?.aggregateId);
  return heard;
};

describe('live events', () => {
  it('come in order to those who follow one order, and to those who follow all', async () => {
    const { feed, publish } = feedOf();
    const [one, all] = [feed.subscribe({ aggregateId: 'a', events }), feed.subscribe({ events: [paid] })];

    for (const id of ['a', 'b', 'a']) publish(id);
    publish('a', 'order.shipped');

    expect(await ids(one, 3)).toEqual(['a', 'a', 'a']);
    expect(await ids(all, 3)).toEqual(['a', 'b', 'a']);
  });

  it('reach one who waits already, and end at once for one who leaves', async () => {
    const { feed, publish } = feedOf();
    const followed = feed.subscribe({ aggregateId: 'a', events });
    const [first, second] = [followed.next(), followed.next()];

    publish('a');
    await followed.return?.();

    expect((await first).value).toMatchObject({ aggregateId: 'a' });
    expect(await second).toEqual({ value: undefined, done: true });
    publish('a');
    expect(await followed.next()).toEqual({ value: undefined, done: true });
  });

  it('are left out when no module declares them or their payload does not fit, and the others come', async () => {
    const { feed, publish } = feedOf();
    const followed = feed.subscribe({ events, matches: ({ payload }) => payload.version > 1 });

    publish('a', 'order.unheard-of', { version: 2 });
    publish('b', 'order.paid', { version: 'two' });
    publish('c', 'order.paid', {});
    publish('d', 'order.shipped', { version: 1 });
    publish('e', 'order.shipped', { version: 2 });

    expect(await ids(followed, 1)).toEqual(['e']);
  });

  it('end for one who lets them pile up, and for nobody else', async () => {
    const { feed, publish } = feedOf();
    const [asleep, awake] = [feed.subscribe({ events }), feed.subscribe({ events })];

    for (let i = 0; i < 150; i++) {
      publish('a');
      await awake.next();
    }

    expect(await asleep.next()).toEqual({ value: undefined, done: true });
    publish('b');
    expect(await ids(awake, 1)).toEqual(['b']);
  });
});
