export {
  nameOfAdjustment,
  ownDiscount,
  type Adjustment,
  type AppliedAdjustment,
  type ChargeRate,
  type OwnAdjustment,
} from './adjustments.js';
export type { TaxedDelivery } from './charge-tax.js';
export { addUp, priceCart, type CartPrice, type PricedLine, type Taxed } from './price-cart.js';
export { share, spread, spreadDiscount } from './spread.js';
export { splitTax, type NetGross } from './split-tax.js';
export { PriceAdjustment, toPriceAdjustments, type AdjustmentOfLines } from './price-adjustment.type.js';
export { PriceChangedError } from './pricing.errors.js';
export {
  cheapestOf,
  quote,
  shownTaxes,
  type NamedRate,
  type Quote,
  type QuoteItem,
  type ShippingQuote,
} from './quote.js';
export { seedReference } from './seed-reference.js';
export { ShopConfigCache, shippingMethodsFor, taxRateFor, type Reference } from './shop.reference.js';
export { assertPresent, byPresentRates } from './tax/present-rates.js';
export { rateBefore } from './tax/rate-before.js';
export { TaxMode } from './tax/tax-mode.js';
