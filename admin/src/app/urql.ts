import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Exchange, Operation } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { persistedExchange } from '@urql/exchange-persisted';
import { isSignedOut } from '@vitrine/client/user-errors';
import { getOperationAST } from 'graphql';
import { TokenRefreshDocument } from '../generated/shell/graphql';
import { subscribeOverSocket } from './live';
import { renewSession } from './refresh';

export interface ClientOptions {
  url: string;
  language: string;
  /** Called when the server refused to renew the session: the user must sign in again. */
  onSessionLost: () => void;
  fetch?: typeof fetch;
}

// A refused renewal or sign-in must not start another renewal, which would wait for itself.
const SESSION_OPERATIONS = new Set(['TokenRefresh', 'Login', 'Logout']);

export function makeClient({ url, language, onSessionLost, fetch }: ClientOptions): Client {
  return new Client({
    url,
    ...(fetch ? { fetch } : {}),
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'x-vitrine-client': 'admin', 'x-vitrine-urls': 'relative', 'accept-language': language },
    }),
    exchanges: [
      cacheExchange,
      stayingSignedIn(onSessionLost),
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

/** On UNAUTHENTICATED: renews the session once for all waiting requests, then sends the request again. */
function stayingSignedIn(onSessionLost: () => void): Exchange {
  return authExchange(async (auth) => ({
    addAuthToOperation: (operation) => operation,
    didAuthError: (error, operation) => isSignedOut(error) && !SESSION_OPERATIONS.has(nameOf(operation)),
    async refreshAuth() {
      const renewal = await renewSession(() => auth.mutate(TokenRefreshDocument, { input: {} }));
      if (renewal === 'refused') onSessionLost();
    },
  }));
}

const nameOf = (operation: Operation): string => getOperationAST(operation.query)?.name?.value ?? '';

/**
 * The hash of the text that is sent. The hash that codegen stores belongs to another printing of the document, which
 * the server refuses when it has to register the text. Browsers hash on HTTPS and localhost only; elsewhere the text is sent.
 */
async function hashOf(query: string): Promise<string | undefined> {
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(query));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
