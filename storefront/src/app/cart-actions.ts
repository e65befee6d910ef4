import { inject, type InjectionKey, type Ref } from 'vue';

/** What other parts of the shop may do with the cart. */
export interface CartActions {
  /** Pieces in the cart; null until the browser has asked. */
  quantity: Readonly<Ref<number | null>>;
  /** Null when the piece is in the cart, or one sentence saying why not. Opens the drawer when it worked. */
  add: (variantId: string, quantity: number) => Promise<string | null>;
  open: () => void;
  /** What the last addition did beside adding; null while there is nothing to say. Shown where the cart is. */
  updates: Readonly<Ref<CartUpdate | null>>;
}

export type CartUpdate = 'CART_NOT_FOUND';

export const cartActionsKey: InjectionKey<CartActions> = Symbol('cart door');

export function useCartActions(): CartActions {
  const door = inject(cartActionsKey);
  if (!door) throw new Error('useCartActions needs App.vue above it');
  return door;
}
