import { useRouter } from 'vue-router';
import { useLinks } from '../app/links';
import type { PlacedOrder } from './usePlaceOrder';

/** Opens the page that follows a placed order: the payment page for a card, otherwise the order. */
export function usePlacedPage(): (order: PlacedOrder) => void {
  const link = useLinks();
  const router = useRouter();
  return ({ token, method }) => {
    const next = method === 'CARD' ? link('pay', { orderToken: token }) : link('order', { token });
    // A full page load, because only the payment page may load the provider's script, and the cart has changed.
    location.assign(router.resolve(next).href);
  };
}
