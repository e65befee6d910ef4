// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRefreshOnce } from '../src/session-refresh';
import type { Renewal } from '../src/session-refresh';

function renewer(answer: Renewal = 'renewed') {
  const renew = vi.fn(async (): Promise<Renewal> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return answer;
  });
  return renew;
}

/** A substitute for the Web Locks of a browser with several tabs: one holder at a time. */
function locksOfAllTabs() {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    request: <Answer>(_name: string, work: () => Promise<Answer>): Promise<Answer> => {
      const turn = queue.then(work);
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('requests that fail together because the session ran out', () => {
  it('share one renewal, because using a refresh token twice ends the session', async () => {
    const refreshOnce = makeRefreshOnce('shop');
    const renew = renewer();

    const answers = await Promise.all([refreshOnce(renew), refreshOnce(renew), refreshOnce(renew)]);

    expect(answers).toEqual(['renewed', 'renewed', 'renewed']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('renew again when the session runs out the next time', async () => {
    const refreshOnce = makeRefreshOnce('shop');
    const renew = renewer();

    await refreshOnce(renew);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await refreshOnce(renew);

    expect(renew).toHaveBeenCalledTimes(2);
  });

  it('share it across tabs too', async () => {
    vi.stubGlobal('navigator', { locks: locksOfAllTabs() });
    const renew = renewer();

    const answers = await Promise.all([makeRefreshOnce('shop')(renew), makeRefreshOnce('shop')(renew)]);

    expect(answers).toEqual(['renewed', 'renewed']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('tell a no of the server from no answer: only the first ends the session', async () => {
    expect(await makeRefreshOnce('shop')(renewer('refused'))).toBe('refused');
    expect(await makeRefreshOnce('shop')(() => Promise.reject(new TypeError('Failed to fetch')))).toBe(
      'unreachable',
    );
  });
});
