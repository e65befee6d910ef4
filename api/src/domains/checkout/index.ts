export { Shop } from './checkout.type.js';
export type { UnpaidLimits } from './unpaid/unpaid-limits.js';
export { checkoutBeforePlace, type PlacedCart } from './checkout.hooks.js';
export { stockHeldUnpaid } from './checkout.events.js';
export type { CheckoutBlockService } from './blocks/checkout-block.service.js';
export { CheckoutBlockFilter } from './blocks/checkout-block.input.js';
export {
  CheckoutBlockList,
  checkoutBlockQuery,
  type CheckoutBlockQuery,
  type CheckoutBlockRow,
} from './blocks/checkout-block-list.js';
