import { stringifyDocument } from '@urql/core';
import type { Live, SignedIn } from '@vitrine/client/live';
import { onBeforeUnmount, onMounted } from 'vue';
import { OrderUpdatedDocument } from '../generated/shell/graphql';
import { refreshToken } from './token-refresh';

export interface OrderHandle {
  orderToken?: string;
  orderId?: string;
}

/**
 * Calls `changed` whenever the shop changes the order or issues a document for it, for as long as the page is open; also
 * once the page listens, because the invoice of an order that was just paid comes about while it does not yet, and after
 * the line was down.
 *
 * The event only says that something changed; the page asks for the order again. The socket's code is fetched after
 * the page is shown, and without a socket the page is simply not live.
 */
export function useOrderChanges(order: OrderHandle, changed: () => void): void {
  let live: Live | undefined;
  let isGone = false;

  onMounted(async () => {
    const { makeLive } = await import('@vitrine/client/live').catch(() => ({ makeLive: null }));
    if (isGone || !makeLive) return;
    live = makeLive({
      url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: { 'x-vitrine-client': 'storefront' },
      // A guest names the order by its token and needs no session.
      signIn: order.orderId ? signIn : undefined,
      onListening: changed,
      onReconnected: changed,
    });
    live.subscribe(
      { query: stringifyDocument(OrderUpdatedDocument), variables: { ...order } },
      { next: changed, error: () => undefined, complete: () => undefined },
    );
  });
  onBeforeUnmount(() => {
    isGone = true;
    live?.hangUp();
  });
}

async function signIn(): Promise<SignedIn> {
  return (await refreshToken(fetch, '/graphql')) === 'refused' ? 'signed-out' : 'ready';
}
