/** Longer than the shop ever takes to answer, also while it waits for a payment provider. */
export const LONGEST_REQUEST_MS = 30_000;

/**
 * Ends requests that get no answer, as on a line that is gone without saying so: what waits for them, such as the next
 * change of a cart, would wait for ever. They fail as those do that found no line.
 */
export function fetchInTime(send: typeof fetch): typeof fetch {
  return (input, init = {}) => {
    const { signal } = init;
    const limit = new AbortController();
    const end = (): void => limit.abort(signal?.reason);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    // It runs on after the head of an answer: the body may stay out as well. Ending what has ended changes nothing.
    setTimeout(end, LONGEST_REQUEST_MS);
    return send(input, { ...init, signal: limit.signal });
  };
}
