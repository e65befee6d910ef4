import type { SubscriptionOperation, subscriptionExchange } from '@urql/core';
import { makeLive } from '@vitrine/client/live';
import type { Live, SignedIn } from '@vitrine/client/live';
import { onScopeDispose } from 'vue';

let live: Live | undefined;
let signIn: () => Promise<SignedIn> = () => Promise.resolve('ready');
let signedOut: () => void = () => undefined;
const readers = new Set<() => void>();

const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;

/** How the session is renewed before the socket reconnects, and what is called when the user has to sign in again. */
export function prepareLine(options: { signIn: () => Promise<SignedIn>; onSignedOut: () => void }): void {
  signIn = options.signIn;
  signedOut = options.onSignedOut;
}

/** One lazy WebSocket for all subscriptions of the admin. */
export function subscribeOverSocket(
  operation: SubscriptionOperation,
): ReturnType<Parameters<typeof subscriptionExchange>[0]['forwardSubscription']> {
  live ??= makeLive({
    url: socketUrl,
    connectionParams: { client: 'admin' },
    signIn: () => signIn(),
    onSignedOut: () => signedOut(),
    onReconnected: () => readers.forEach((read) => read()),
  });
  const line = live;
  const request = { query: operation.query ?? '', variables: operation.variables };
  return {
    subscribe: (observer) => ({
      unsubscribe: line.subscribe(request, {
        next: (result) => observer.next(result),
        error: (problem) => observer.error(problem),
        complete: () => observer.complete(),
      }),
    }),
  };
}

/** Calls `reload` after each reconnection, because events may have been missed, until the component is unmounted. */
export function onReconnected(read: () => void): void {
  readers.add(read);
  onScopeDispose(() => readers.delete(read));
}

/** Reconnects after the user has signed in again. */
export function resumeLine(): void {
  live?.resume();
  readers.forEach((read) => read());
}

/** Closes the socket, so that the next subscription authenticates with the current cookies. */
export function disconnect(): void {
  live?.disconnect();
  live = undefined;
}
