import { useClientHandle } from '@urql/vue';
import { readonly, ref, watch, type Ref } from 'vue';
import type { CartDoor } from '../app/cart-door';
import { useErrorWords } from '../app/error-words';
import { CartBadgeDocument } from '../generated/shell/graphql';

export interface CartDoorParts {
  door: CartDoor;
  isOpen: Ref<boolean>;
  /** Turns true at the first opening, so that the drawer's code is fetched no earlier. */
  wasOpened: Ref<boolean>;
  loadBadge: () => Promise<void>;
}

/** The one cart of the page: its badge, its drawer and the way into it. */
export function makeCartDoor(): CartDoorParts {
  const { client } = useClientHandle();
  const words = useErrorWords();
  const quantity = ref<number | null>(null);
  const isOpen = ref(false);
  const wasOpened = ref(false);
  watch(isOpen, (opened) => {
    if (opened) wasOpened.value = true;
  });

  async function loadBadge(): Promise<void> {
    // Subscribed rather than asked once: cart mutations anywhere on the page keep the badge right.
    client.query(CartBadgeDocument, {}).subscribe(({ data }) => {
      if (data) quantity.value = data.cart?.totalQuantity ?? 0;
    });
  }

  async function add(variantId: string, pieces: number): Promise<string | null> {
    // The operations of the cart are big and not needed before somebody buys.
    const { CartLineAddDocument } = await import('../generated/cart/graphql');
    const { data, error } = await client
      .mutation(CartLineAddDocument, { input: { variantId, quantity: pieces } })
      .toPromise();
    const problem = words.ofOutcome(data?.cartLineAdd.errors, error)[0] ?? null;
    if (!problem) isOpen.value = true;
    return problem;
  }

  return {
    door: { quantity: readonly(quantity), add, open: () => (isOpen.value = true) },
    isOpen,
    wasOpened,
    loadBadge,
  };
}
