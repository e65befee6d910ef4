export { cartOwner, CART_COOKIE, CART_HEADER } from './cart-cookie.js';
export { CartService, ownerKeys, type CartOwner } from './cart.service.js';
export { lockCart } from './cart.statements.js';
export { availableOf, isForSale, type CartView, type MissingStep } from './cart-view.js';
export { CartEntity } from './cart.entity.js';
export { CartNotReadyError } from './cart.errors.js';
export { Cart, CheckoutStep, ShippingMethodQuote } from './cart.type.js';
