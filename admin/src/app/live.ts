import type { SubscriptionOperation, subscriptionExchange } from '@urql/core';
import { makeLive } from '@vitrine/client/live';
import type { Live, SignedIn } from '@vitrine/client/live';
import { onScopeDispose } from 'vue';

let live: Live | undefined;
let signIn: () => Promise<SignedIn> = () => Promise.resolve('ready');
let signedOut: () => void = () => undefined;
const readers = new Set<() => void>();

const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;

/** How the line makes the session good before it comes back, and whom it tells when the person has to. */
export function prepareLine(options: { signIn: () => Promise<SignedIn>; onSignedOut: () => void }): void {
  signIn = options.signIn;
  signedOut = options.onSignedOut;
}

/** One lazy socket for all subscriptions of the admin. */
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

/** Reads again what may have changed while no news came, for as long as the component is there. */
export function onReconnected(read: () => void): void {
  readers.add(read);
  onScopeDispose(() => readers.delete(read));
}

/** Goes on after the person signed in again. */
export function resumeLine(): void {
  live?.resume();
  readers.forEach((read) => read());
}

/** Closes the socket, so that the next subscription signs in with the cookies of now. */
export function hangUp(): void {
  live?.hangUp();
  live = undefined;
}
