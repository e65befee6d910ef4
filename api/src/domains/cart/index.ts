export { cartOwner, CART_COOKIE, CART_HEADER } from './cart-cookie.js';
export type { CartMergeService } from './merge/cart-merge.service.js';
export { ownerKeys, type CartOwner } from './cart-owner.js';
export {
  noteAdditionalData,
  type AdditionalDataCopier,
  type CartAdditionalData,
} from './merge/additional-data.js';
export { CartService } from './cart.service.js';
export { forgottenCart } from './old-carts.js';
export { lockCart } from './cart.statements.js';
export { availableOf, isForSale } from './line-availability.js';
export { paidBy, type Providers } from './pricing/cart-tenders.js';
export { dueOf, tenderedIn, type CartView, type MissingStep } from './cart-view.js';
export {
  cartPriced,
  handleCartPriced,
  type CartLineToPrice,
  type CartToPrice,
  type DraftToPrice,
  type PricePart,
} from './pricing/cart-priced.hook.js';
export type { PluginParts } from './pricing/plugin-parts.js';
export { NO_PARTS, type PriceParts } from './pricing/price-parts.js';
export { CartNotReadyError } from './cart.errors.js';
export { CheckoutStep } from './cart.enums.js';
export { Cart, CartPayload } from './cart.type.js';
export { cartPayload } from './cart-change.js';
export { ShippingMethodQuote } from './shipping-method-quote.type.js';
