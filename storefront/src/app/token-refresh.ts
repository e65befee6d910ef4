import { stringifyDocument } from '@urql/core';
import { TokenRefreshDocument } from '../generated/shell/graphql';

type Fetch = typeof fetch;

/**
 * Fetch that renews an expired access cookie once and repeats the request.
 *
 * Requests which expire together share one renewal: a refresh token can be spent only once.
 */
export function fetchWithRefresh(plainFetch: Fetch): Fetch {
  return async (input, init) => {
    const answer = await plainFetch(input, init);
    if (!(await saysUnauthenticated(answer))) return answer;
    const renewed = await refreshToken(plainFetch, String(input).split('?')[0] ?? '/graphql');
    return renewed ? plainFetch(input, init) : answer;
  };
}

let underWay: Promise<boolean> | null = null;

/** True when the customer is signed in again. */
export function refreshToken(plainFetch: Fetch, url: string): Promise<boolean> {
  underWay ??= spendRefreshToken(plainFetch, url).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function spendRefreshToken(plainFetch: Fetch, url: string): Promise<boolean> {
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
    return Boolean(outcome && outcome.errors.length === 0);
  } catch {
    return false;
  }
}

async function saysUnauthenticated(answer: Response): Promise<boolean> {
  if (!answer.headers.get('content-type')?.includes('json')) return false;
  const text = await answer.clone().text();
  return text.includes('"UNAUTHENTICATED"');
}
