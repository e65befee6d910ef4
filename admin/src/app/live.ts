import type { SubscriptionOperation, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';

let socket: Client | undefined;

const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;

/** One lazy socket for all subscriptions; it comes back by itself after a restart of the server. */
export function subscribeOverSocket(
  operation: SubscriptionOperation,
): ReturnType<Parameters<typeof subscriptionExchange>[0]['forwardSubscription']> {
  socket ??= createClient({
    url: socketUrl(),
    connectionParams: { client: 'admin' },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  });
  const client = socket;
  const request = { query: operation.query ?? '', variables: operation.variables };
  return {
    subscribe: (observer) => ({
      unsubscribe: client.subscribe<Record<string, unknown>, Record<string, unknown>>(request, {
        next: (result) => observer.next(result),
        error: (problem) => observer.error(problem),
        complete: () => observer.complete(),
      }),
    }),
  };
}

/** Closes the socket, so that the next subscription signs in with the cookies of now. */
export function hangUp(): void {
  void socket?.dispose();
  socket = undefined;
}
