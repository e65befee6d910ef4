export {
  nameOfAdjustment,
  ownDiscount,
  type Adjustment,
  type AppliedAdjustment,
  type OwnAdjustment,
} from './adjustments.js';
export {
  addUp,
  priceCart,
  splitTax,
  spread,
  spreadDiscount,
  type CartPrice,
  type NetGross,
  type PricedLine,
  type Taxed,
} from './price-cart.js';
export { PriceAdjustment, toPriceAdjustments, type AdjustmentOfLines } from './price-adjustment.type.js';
export { PriceChangedError } from './pricing.errors.js';
export { named, quote, type NamedRate, type Quote, type QuoteItem, type ShippingQuote } from './quote.js';
export { seedReference } from './seed-reference.js';
export { ShopConfigCache, shippingMethodsFor, taxRateFor, type Reference } from './shop.reference.js';
