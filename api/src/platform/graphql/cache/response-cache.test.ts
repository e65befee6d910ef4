import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import type { CacheSlot, RequestContext } from '../context.js';
import { ResponseCache } from './response-cache.js';

const SCOPE = { publicFields: new Set(['word']), movingFields: new Set<string>() };
const NO_ANSWER = {
  queryHash: undefined,
  operationName: undefined,
  language: 'ro',
  urlPrefix: '',
  accept: undefined,
};

/** A listening connection that tests can interrupt and send notifications to. */
function line() {
  const heard: ((payload: string) => void)[] = [];
  const back: (() => void)[] = [];
  return {
    connected: true,
    on: (_channel: string, handler: (payload: string) => void) => (heard.push(handler), () => undefined),
    onReconnect: (handler: () => void) => void back.push(handler),
    announce: () => heard.forEach((handler) => handler('')),
    reconnect: () => back.forEach((handler) => handler()),
  };
}

function driver(maxBytes?: number) {
  const listener = line();
  const cache = new ResponseCache(listener, SCOPE, maxBytes);
  const apollo = new ApolloServer<RequestContext>({
    schema: buildSchema('type Query { word(of: Int): String }'),
    rootValue: { word: () => 'x'.repeat(1000) },
    plugins: [cache.plugin()],
  });
  const place = (of: number): CacheSlot | null =>
    cache.slotOf({ ...NO_ANSWER, query: 'query ($of: Int) { word(of: $of) }', variables: { of } }, null);
  /** Acts like a request: looks up, and on a miss executes and stores. Returns whether there was a hit. */
  const ask = async (of: number, meanwhile: () => void = () => undefined): Promise<boolean> => {
    const at = place(of);
    if (at && cache.lookUp(at)) return true;
    const contextValue = { viewer: null, cacheSlot: at } as unknown as RequestContext;
    await apollo.executeOperation(
      { query: 'query ($of: Int) { word(of: $of) }', variables: { of } },
      { contextValue },
    );
    meanwhile();
    if (at) cache.complete(at, { body: 'x'.repeat(1000), contentType: 'application/json' });
    return false;
  };
  return { listener, ask };
}

it('holds no more than it may, and lets go first of what was not asked for longest', async () => {
  const { ask } = driver(5_000);
  for (const of of [1, 2, 3]) await ask(of);
  await ask(1);

  for (const of of [4, 5]) await ask(of);

  expect(await ask(1)).toBe(true);
  expect(await ask(2)).toBe(false);
});

it('forgets everything when a change is announced', async () => {
  const { listener, ask } = driver();
  await ask(1);

  listener.announce();

  expect(await ask(1)).toBe(false);
});

it('does not keep an answer that was being computed while a change was announced', async () => {
  const { listener, ask } = driver();

  await ask(1, () => listener.announce());

  expect(await ask(1)).toBe(false);
});

it('answers nothing while it cannot hear of changes, and starts empty afterwards', async () => {
  const { listener, ask } = driver();
  await ask(1);

  listener.connected = false;
  const deaf = [await ask(1), await ask(1)];
  listener.connected = true;
  listener.reconnect();

  expect([...deaf, await ask(1), await ask(1)]).toEqual([false, false, false, true]);
});
