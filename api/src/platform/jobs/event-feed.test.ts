import { describe, expect, it } from 'vitest';
import { EventFeed } from './event-feed.js';
import type { PublishedEvent } from './outbox-relay.js';

function feedOf() {
  let hear: (text: string) => void = () => undefined;
  const feed = new EventFeed({
    on: (_channel, heard) => {
      hear = heard as (text: string) => void;
      return () => undefined;
    },
  });
  const publish = (aggregateId: string, kind = 'order.paid'): void =>
    hear(JSON.stringify({ aggregateId, kind, payload: {} }));
  return { feed, publish };
}

const always = (): boolean => true;
const ids = async (events: AsyncIterableIterator<PublishedEvent>, count: number): Promise<unknown[]> => {
  const heard = [];
  for (let i = 0; i < count; i++)
    heard.push(((await events.next()).value as PublishedEvent | undefined)?.aggregateId);
  return heard;
};

describe('live events', () => {
  it('come in order to those who follow one order, and to those who follow all', async () => {
    const { feed, publish } = feedOf();
    const [one, all] = [
      feed.subscribe({ aggregateId: 'a', matches: always }),
      feed.subscribe({ matches: ({ kind }) => kind === 'order.paid' }),
    ];

    for (const id of ['a', 'b', 'a']) publish(id);
    publish('a', 'order.other');

    expect(await ids(one, 3)).toEqual(['a', 'a', 'a']);
    expect(await ids(all, 3)).toEqual(['a', 'b', 'a']);
  });

  it('reach one who waits already, and end at once for one who leaves', async () => {
    const { feed, publish } = feedOf();
    const events = feed.subscribe({ aggregateId: 'a', matches: always });
    const [first, second] = [events.next(), events.next()];

    publish('a');
    await events.return?.();

    expect((await first).value).toMatchObject({ aggregateId: 'a' });
    expect(await second).toEqual({ value: undefined, done: true });
    publish('a');
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });

  it('end for one who lets them pile up, and for nobody else', async () => {
    const { feed, publish } = feedOf();
    const [asleep, awake] = [feed.subscribe({ matches: always }), feed.subscribe({ matches: always })];

    for (let i = 0; i < 150; i++) {
      publish('a');
      await awake.next();
    }

    expect(await asleep.next()).toEqual({ value: undefined, done: true });
    publish('b');
    expect(await ids(awake, 1)).toEqual(['b']);
  });
});
