export { priceCart, splitTax, type CartPrice, type NetGross, type TaxShare } from './price-cart.js';
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
