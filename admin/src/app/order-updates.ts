import type { OrderPlacedSubscription } from '../generated/shell/graphql';

export type OrderUpdate = OrderPlacedSubscription['orderPlaced'];
/** Returns true when an open list shows the order, so that no notice is needed. */
type Listener = (update: OrderUpdate) => boolean;

const listeners = new Set<Listener>();

export function listenForOrders(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls every open list; returns true when one of them shows the order. */
export function announceOrder(update: OrderUpdate): boolean {
  return [...listeners].map((listener) => listener(update)).some(Boolean);
}
