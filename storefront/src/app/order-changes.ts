import { stringifyDocument } from '@urql/core';
import type { Client as LiveClient } from 'graphql-ws';
import { onBeforeUnmount, onMounted } from 'vue';
import { OrderUpdatedDocument } from '../generated/shell/graphql';

export interface OrderHandle {
  orderToken?: string;
  orderId?: string;
}

/**
 * Calls `changed` whenever the shop changes the order, for as long as the page is open.
 *
 * The event only says that something changed; the page asks for the order again. The socket's code is fetched after
 * the page is shown, and without a socket the page is simply not live.
 */
export function useOrderChanges(order: OrderHandle, changed: () => void): void {
  let live: LiveClient | undefined;
  let isGone = false;

  onMounted(async () => {
    const { createClient } = await import('graphql-ws').catch(() => ({ createClient: null }));
    if (isGone || !createClient) return;
    live = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: { 'x-vitrine-client': 'storefront' },
      retryAttempts: 20,
      shouldRetry: () => true,
      // What happened while the line was down would be missed otherwise.
      on: { connected: (_socket, _payload, wasRetry) => wasRetry && changed() },
    });
    live.subscribe(
      { query: stringifyDocument(OrderUpdatedDocument), variables: { ...order } },
      { next: changed, error: () => undefined, complete: () => undefined },
    );
  });
  onBeforeUnmount(() => {
    isGone = true;
    void live?.dispose();
  });
}
