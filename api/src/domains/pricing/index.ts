export {
  addUp,
  priceCart,
  splitTax,
  spreadDiscount,
  type CartPrice,
  type NetGross,
  type PricedLine,
  type Taxed,
} from './price-cart.js';
export { PriceChangedError } from './pricing.errors.js';
export { named, quote, type Quote, type QuoteItem, type ShippingQuote } from './quote.js';
export { seedReference } from './seed-reference.js';
export { ShopConfigCache, shippingMethodsFor, taxRateFor, type Reference } from './shop.reference.js';
