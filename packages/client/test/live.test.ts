import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeLive } from '../src/live';
import type { Live, LiveOptions } from '../src/live';
import { TIMING, waitBefore } from '../src/live-wait';
import { openLine } from '../../testing/src/simulators/line';
import type { Line } from '../../testing/src/simulators/line';
import { openLiveServer } from './live-server';
import type { LiveServer } from './live-server';

/** Like a browser's socket, it throws nothing without an error listener. */
class Socket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols);
    this.on('error', () => undefined);
  }
}

// Pauses short enough for a test. Answers are waited for longer than a busy machine takes, save where none comes.
const QUICK = { keepAlive: 60, answer: 10_000, signIn: 10_000, longestWait: 50, settle: 20 };
const SOON = { timeout: 30_000, interval: 10 };

let server: LiveServer;
let line: Line;
let live: Live;
let received: string[];
let failures: unknown[];
let returns: number;
let beginnings: number;

beforeEach(async () => {
  server = await openLiveServer();
  line = await openLine({ port: server.port });
  received = [];
  failures = [];
  returns = 0;
  beginnings = 0;
});
afterEach(async () => {
  live.disconnect();
  await line.close();
  await server.close();
});

async function listen(options: Partial<LiveOptions> = {}): Promise<void> {
  live = makeLive({
    url: () => `ws://localhost:${line.port}`,
    connectionParams: {},
    onListening: () => (beginnings += 1),
    onReconnected: () => (returns += 1),
    webSocketImpl: Socket,
    timing: QUICK,
    ...options,
  });
  live.subscribe(
    { query: 'subscription { updates }' },
    {
      next: ({ data }) => received.push(String(data?.['updates'])),
      error: (problem) => failures.push(problem),
      complete: () => failures.push('complete'),
    },
  );
  await expect.poll(() => server.listeners, SOON).toBe(1);
}

/** Publishes an event once and expects it to arrive. */
async function expectEvent(update: string): Promise<void> {
  await expect.poll(() => server.listeners, SOON).toBe(1);
  server.publish(update);
  await expect.poll(() => received, SOON).toContain(update);
}

describe('a page that shows what happens now', () => {
  it('is told once when it is received for the first time, since it was read before that', async () => {
    await listen();
    await expect.poll(() => beginnings, SOON).toBe(1);

    line.drop();
    await expect.poll(() => returns, SOON).toBe(1);

    expect(beginnings).toBe(1);
  });

  it('hears again after the line was cut, and is told that it missed something', async () => {
    await listen();
    expect(returns).toBe(0);

    line.cut();
    await expect.poll(() => line.attempts, SOON).toBeGreaterThan(4);
    line.mend();

    await expectEvent('after the cut');
    await expect.poll(() => returns, SOON).toBe(1);
    expect(failures).toEqual([]);
  });

  it('notices a line over which nothing comes any more, though nobody closed it', async () => {
    await listen({ timing: { ...QUICK, answer: 400 } });

    line.freeze();
    const before = line.attempts;
    await expect.poll(() => line.attempts, SOON).toBeGreaterThan(before + 1);
    line.mend();

    await expect.poll(() => returns, SOON).toBe(1);
    await expect
      .poll(() => {
        server.publish('after the frost');
        return received;
      }, SOON)
      .toContain('after the frost');
  });

  it.each([1001, 1006, 1011, 1012, 4500])('comes back after the server closed with %i', async (code) => {
    await listen();

    // No server may send 1006: it is what a browser reports for a broken connection.
    if (code === 1006) line.drop();
    else server.closeSockets(code);

    await expect.poll(() => returns, SOON).toBeGreaterThan(0);
    await expectEvent('still there');
    expect(failures).toEqual([]);
  });

  it('listens again when the server gave it up for falling behind, and is told that it missed something', async () => {
    await listen();

    server.endAll();

    await expect.poll(() => returns, SOON).toBe(1);
    await expectEvent('caught up');
    expect(failures).toEqual([]);
  });

  it('does not wait for its next attempt when the browser says that the network is back', async () => {
    const target = new EventTarget();
    Object.assign(globalThis, {
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    });
    await listen({ timing: { ...QUICK, longestWait: 600_000 } });
    line.cut();
    // From here on the pauses are longer than this test.
    await expect.poll(() => line.attempts, SOON).toBeGreaterThan(3);
    line.mend();

    await expect
      .poll(() => {
        target.dispatchEvent(new Event('online'));
        return server.listeners;
      }, SOON)
      .toBe(1);
    await expectEvent('at once');
  });

  it('tries again within three seconds, however long the network was away', () => {
    for (const tries of [0, 1, 2, 5, 50, 5_000]) {
      expect(waitBefore(tries, TIMING.longestWait, 1)).toBeLessThanOrEqual(3_000);
      expect(waitBefore(tries, TIMING.longestWait, 0)).toBeGreaterThanOrEqual(300);
    }
    // One attempt without a response, the pause, and the attempt that gets one.
    expect(2 * TIMING.answer + waitBefore(9, TIMING.longestWait, 1)).toBeLessThanOrEqual(10_000);
  });
});

describe('an access token that runs out', () => {
  const renew = (): Promise<'ready'> => {
    server.isSignedIn = true;
    return Promise.resolve('ready');
  };

  it('keeps a page live for as long as the session can be renewed', async () => {
    await listen({ signIn: renew });

    for (let time = 1; time <= 8; time++) {
      server.expire();
      await expect.poll(() => returns, SOON).toBe(time);
      await expectEvent(`news ${time}`);
    }
    expect(failures).toEqual([]);
  });

  it('is renewed too when it had run out before the first socket opened', async () => {
    server.isSignedIn = false;
    await listen({ signIn: renew });

    await expectEvent('in time');
    expect(failures).toEqual([]);
  });

  it('asks the person to sign in when the session is over, and goes on afterwards', async () => {
    let asked = 0;
    let isOver = false;
    await listen({
      signIn: () => (isOver ? Promise.resolve('signed-out') : renew()),
      onSignedOut: () => (asked += 1),
    });

    isOver = true;
    server.expire();
    await expect.poll(() => asked, SOON).toBe(1);
    isOver = false;
    live.resume();

    await expectEvent('after signing in');
    expect(failures).toEqual([]);
  });

  it('says so when the server refuses somebody who has just signed in', async () => {
    server.isSignedIn = false;
    live = makeLive({
      url: () => `ws://localhost:${line.port}`,
      connectionParams: {},
      signIn: () => Promise.resolve('ready'),
      webSocketImpl: Socket,
      timing: { ...QUICK, keepAlive: 60_000 },
    });
    live.subscribe(
      { query: 'subscription { updates }' },
      { next: ({ errors }) => failures.push(errors), error: () => undefined, complete: () => undefined },
    );

    await expect.poll(() => failures.length, SOON).toBe(1);
    expect(JSON.stringify(failures[0])).toContain('UNAUTHENTICATED');
  });
});

describe('leaving a page', () => {
  it('ends its attempts to connect', async () => {
    await listen();
    line.cut();
    await expect.poll(() => line.attempts, SOON).toBeGreaterThan(2);

    live.disconnect();
    line.mend();
    await new Promise((resolve) => setTimeout(resolve, 20 * QUICK.longestWait));

    expect(server.listeners).toBe(0);
  });
});
