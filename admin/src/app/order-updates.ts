import type { OrderPlacedSubscription } from '../generated/shell/graphql';

export type OrderUpdate = OrderPlacedSubscription['orderPlaced'];
/** Answers true when the order is shown where the person looks already, so that no notice is needed. */
type Listener = (updates: OrderUpdate) => boolean;

const listeners = new Set<Listener>();

export function listenForOrders(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells every open list; true when one of them took the order in. */
export function announceOrder(updates: OrderUpdate): boolean {
  return [...listeners].map((listener) => listener(updates)).some(Boolean);
}
