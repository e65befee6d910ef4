import { inject, type InjectionKey, type Ref } from 'vue';

/** What other parts of the shop may do with the cart. */
export interface CartDoor {
  /** Pieces in the cart; null until the browser has asked. */
  quantity: Readonly<Ref<number | null>>;
  /** Null when the piece is in the cart, or one sentence saying why not. Opens the drawer when it worked. */
  add: (variantId: string, quantity: number) => Promise<string | null>;
  open: () => void;
  /** What the last addition did beside adding; null while there is nothing to say. Shown where the cart is. */
  news: Readonly<Ref<CartNews | null>>;
}

export type CartNews = 'CART_NOT_FOUND';

export const cartDoorKey: InjectionKey<CartDoor> = Symbol('cart door');

export function useCartDoor(): CartDoor {
  const door = inject(cartDoorKey);
  if (!door) throw new Error('useCartDoor needs App.vue above it');
  return door;
}
