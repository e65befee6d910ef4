import { defineHook } from '../../platform/hooks/define-hook.js';
import type { CartView } from '../cart/index.js';
import type { OrderEntity } from '../orders/index.js';

/**
 * An order that a buyer's checkout has just written, and the cart that it was written from. Both are to be read only.
 */
export interface PlacedCart {
  readonly order: OrderEntity;
  readonly cart: CartView;
}

/**
 * The last step of the transaction of `checkoutComplete`: request key, cart and stock levels are locked, and order,
 * lines, payment and reservation are written, none of it committed. A user error leaves the cart as it was and holds no
 * stock. Not called for orders that staff draw up, nor for exchanges.
 */
export const checkoutBeforePlace = defineHook<PlacedCart>('checkout.beforePlace', 'REFUSE');
