import { stringifyDocument } from '@urql/core';
import { makeRefreshOnce, type Renewal } from '@vitrine/client/session-refresh';
import { TokenRefreshDocument } from '../generated/shell/graphql';

type Fetch = typeof fetch;

/**
 * A fetch that renews an expired access cookie once and repeats the request.
 *
 * Concurrent requests share one renewal, because a refresh token can be used only once.
 */
export function fetchWithRefresh(plainFetch: Fetch): Fetch {
  return async (input, init) => {
    const answer = await plainFetch(input, init);
    if (!(await saysUnauthenticated(answer))) return answer;
    const renewed = await refreshToken(plainFetch, String(input).split('?')[0] ?? '/graphql');
    return renewed === 'renewed' ? plainFetch(input, init) : answer;
  };
}

const refreshOnce = makeRefreshOnce('shop');

/** Renews the session, once for concurrent callers, including other tabs. */
export function refreshToken(plainFetch: Fetch, url: string): Promise<Renewal> {
  return refreshOnce(() => sendRefreshToken(plainFetch, url));
}

async function sendRefreshToken(plainFetch: Fetch, url: string): Promise<Renewal> {
  try {
    const answer = await plainFetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-vitrine-client': 'storefront' },
      body: JSON.stringify({
        operationName: 'TokenRefresh',
        query: stringifyDocument(TokenRefreshDocument),
        variables: { input: {} },
      }),
    });
    const body = (await answer.json()) as { data?: { tokenRefresh?: { user: unknown; errors: unknown[] } } };
    const outcome = body.data?.tokenRefresh;
    if (!outcome) return 'unreachable';
    return outcome.errors.length === 0 ? 'renewed' : 'refused';
  } catch {
    return 'unreachable';
  }
}

async function saysUnauthenticated(answer: Response): Promise<boolean> {
  if (!answer.headers.get('content-type')?.includes('json')) return false;
  const text = await answer.clone().text();
  return text.includes('"UNAUTHENTICATED"');
}
