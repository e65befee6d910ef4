export {
  addUp,
  priceCart,
  splitTax,
  spreadDiscount,
  type CartPrice,
  type NetGross,
  type PricedLine,
  type Taxed,
  type TaxShare,
} from './price-cart.js';
export { PriceChangedError } from './pricing.errors.js';
export { named, quote, type NamedRate, type Quote, type QuoteItem, type ShippingQuote } from './quote.js';
export { seedReference } from './seed-reference.js';
export {
  HOME_COUNTRY,
  ShopReference,
  shippingMethodsFor,
  shippingPrice,
  taxRateFor,
  type Country,
  type Reference,
  type ShippingMethod,
} from './shop.reference.js';
