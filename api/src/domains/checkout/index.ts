export type { UnpaidLimits } from './unpaid-limits.js';
export { checkoutBeforePlace, type PlacedCart } from './checkout.hooks.js';
export { stockHeldUnpaid } from './checkout.events.js';
