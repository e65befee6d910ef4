import type { OrderPlacedSubscription } from '../generated/shell/graphql';

export type OrderNews = OrderPlacedSubscription['orderPlaced'];
/** Answers true when the order is shown where the person looks already, so that no notice is needed. */
type Listener = (news: OrderNews) => boolean;

const listeners = new Set<Listener>();

export function listenForOrders(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells every open list; true when one of them took the order in. */
export function announceOrder(news: OrderNews): boolean {
  return [...listeners].map((listener) => listener(news)).some(Boolean);
}
