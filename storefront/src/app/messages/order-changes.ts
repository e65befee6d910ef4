import { stringifyDocument } from '@urql/core';
import type { Live, SignedIn } from '@vitrine/client/live';
import { onBeforeUnmount, onMounted } from 'vue';
import { OrderUpdatedDocument } from '../../generated/shell/graphql';
import { refreshToken } from '../token-refresh';

export interface OrderHandle {
  orderToken?: string;
  orderId?: string;
}

/**
 * Calls `changed` whenever the order changes or a document is issued for it, until the page is left; also once the
 * subscription is active, because the invoice of a paid order may be issued before that, and after a reconnection.
 *
 * The event carries no data; the page reloads the order. The socket's code is fetched after the page is shown, and
 * without a socket the page is not live.
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
      // A guest identifies the order by its token and needs no session.
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
    live?.disconnect();
  });
}

async function signIn(): Promise<SignedIn> {
  return (await refreshToken(fetch, '/graphql')) === 'refused' ? 'signed-out' : 'ready';
}
