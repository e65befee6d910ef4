import { afterEach, expect, it, vi } from 'vitest';
import { gql } from '@urql/core';
import { LONGEST_REQUEST_MS } from './fetch-in-time';
import { makeClient, makeSsrExchange } from './urql';

afterEach(() => vi.useRealTimers());

/** A line that takes the request and never answers. */
function silentLine() {
  const seen: AbortSignal[] = [];
  const send: typeof fetch = (_input, init) =>
    new Promise((_resolve, reject) => {
      const signal = init?.signal as AbortSignal;
      seen.push(signal);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  return { seen, send };
}

it('a change that gets no answer fails in the end, as on a line that is gone', async () => {
  vi.useFakeTimers();
  const { seen, send } = silentLine();
  const ssr = makeSsrExchange({ isClient: true, initialState: {} });
  const client = makeClient({ url: 'http://shop.example/graphql', language: 'en', ssr, fetch: send });
  const answer = client
    .mutation(
      gql`
        mutation Change {
          change {
            id
          }
        }
      `,
      {},
    )
    .toPromise();
  await vi.waitFor(() => expect(seen).toHaveLength(1));

  await vi.advanceTimersByTimeAsync(LONGEST_REQUEST_MS / 2);
  expect(seen[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(LONGEST_REQUEST_MS / 2);

  expect(seen[0]?.aborted).toBe(true);
  expect((await answer).error?.networkError).toBeTruthy();
});
