import { inject, type InjectionKey, type Ref } from 'vue';

/** The cart as other parts of the storefront use it. */
export interface CartActions {
  /** Units in the cart; null until it is loaded in the browser. */
  quantity: Readonly<Ref<number | null>>;
  /** Adds units of a variant. Returns null and opens the drawer on success, else an error message. */
  add: (variantId: string, quantity: number) => Promise<string | null>;
  open: () => void;
  /** The warning of the last addition, shown in the cart; null without one. */
  warning: Readonly<Ref<CartWarning | null>>;
}

export type CartWarning = 'CART_NOT_FOUND';

export const cartActionsKey: InjectionKey<CartActions> = Symbol('cart actions');

export function useCartActions(): CartActions {
  const actions = inject(cartActionsKey);
  if (!actions) throw new Error('useCartActions needs App.vue above it');
  return actions;
}
