import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { CombinedError, Exchange, Operation } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { persistedExchange } from '@urql/exchange-persisted';
import { getOperationAST } from 'graphql';
import { TokenRefreshDocument } from '../generated/shell/graphql';
import { subscribeOverSocket } from './live';
import { refreshOnce } from './refresh';

export interface ClientOptions {
  url: string;
  language: string;
  /** Called when renewing failed: the person must sign in again. */
  onSessionLost: () => void;
  fetch?: typeof fetch;
}

// A refused renewal or sign-in must not start a renewal of its own: it would wait for itself.
const SESSION_OPERATIONS = new Set(['TokenRefresh', 'Login', 'Logout']);

export function makeClient({ url, language, onSessionLost, fetch }: ClientOptions): Client {
  return new Client({
    url,
    ...(fetch ? { fetch } : {}),
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'x-vitrine-client': 'admin', 'accept-language': language },
    }),
    exchanges: [
      cacheExchange,
      renewSession(onSessionLost),
      persistedExchange({
        preferGetForPersistedQueries: true,
        enableForMutation: true,
        generateHash: hashOf,
      }),
      subscriptionExchange({ forwardSubscription: subscribeOverSocket }),
      fetchExchange,
    ],
  });
}

/** On UNAUTHENTICATED: renews the session once, for all who wait, then sends the request again. */
function renewSession(onSessionLost: () => void): Exchange {
  return authExchange(async (auth) => ({
    addAuthToOperation: (operation) => operation,
    didAuthError: (error, operation) => isSignedOut(error) && !SESSION_OPERATIONS.has(nameOf(operation)),
    async refreshAuth() {
      const renewed = await refreshOnce(async () => {
        const { data } = await auth.mutate(TokenRefreshDocument, { input: {} });
        return Boolean(data?.tokenRefresh.user);
      });
      if (!renewed) onSessionLost();
    },
  }));
}

export const isSignedOut = (error: CombinedError | undefined): boolean =>
  Boolean(error?.graphQLErrors.some((problem) => problem.extensions['code'] === 'UNAUTHENTICATED'));

const nameOf = (operation: Operation): string => getOperationAST(operation.query)?.name?.value ?? '';

/**
 * The hash of the very text that is sent. The one codegen stores belongs to its own spelling of the document, which
 * a server refuses as soon as it has to learn the text. Browsers hash on HTTPS and localhost only; elsewhere the text goes along.
 */
async function hashOf(query: string): Promise<string | undefined> {
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(query));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
