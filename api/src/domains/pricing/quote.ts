import type { LocalizedText } from '../../kernel/languages.js';
import { priceCart, splitTax, type CartPrice, type NetGross, type TaxShare } from './price-cart.js';
import {
  shippingMethodsFor,
  shippingPrice,
  taxRateFor,
  type Reference,
  type ShippingMethod,
} from './shop.reference.js';

/** Goods to be priced: what one costs (gross, minor units), how many, and the tax that is inside. */
export interface QuoteItem {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly tax: NamedRate;
}

export interface NamedRate {
  readonly name: LocalizedText;
  readonly rateBasisPoints: number;
}

/** A way of delivery with its price for these goods. */
export interface ShippingQuote {
  readonly method: ShippingMethod;
  readonly price: NetGross;
  readonly currency: string;
}

export interface QuoteTerms {
  readonly reference: Reference;
  /** Where the goods go; null while that is not known: priced as for the shop's own country. */
  readonly countryCode: string | null;
  /** Null while none is chosen. */
  readonly shippingMethodId: string | null;
  readonly currency: string;
  /** Taken off the goods, gross, minor units. */
  readonly discount?: number;
}

/** What goods and their delivery cost. */
export interface Quote {
  readonly price: CartPrice;
  /** Ways of delivery there, priced for the goods after the discount. */
  readonly shippingMethods: readonly ShippingQuote[];
  /** The chosen one, if it delivers there. */
  readonly shipping: ShippingQuote | null;
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
}

/** Prices goods with their delivery: the one way for carts, drafts and edits, so that a preview is what is written. */
export function quote(items: readonly QuoteItem[], terms: QuoteTerms): Quote {
  const { reference, countryCode, shippingMethodId, currency, discount = 0 } = terms;
  const priced = items.map(({ tax, ...item }) => ({ ...item, taxBasisPoints: tax.rateBasisPoints }));
  const goods = priceCart(priced, null, discount);
  const rate = taxRateFor(reference, countryCode, 'standard');
  const shippingMethods = shippingMethodsFor(reference, countryCode).map((method) => ({
    method,
    price: splitTax(shippingPrice(method, goods.subtotal.gross), rate.rateBasisPoints),
    currency,
  }));
  const shipping = shippingMethods.find(({ method }) => method.id === shippingMethodId) ?? null;
  const delivery = shipping && { price: shipping.price.gross, taxBasisPoints: rate.rateBasisPoints };
  return {
    price: delivery ? priceCart(priced, delivery, discount) : goods,
    shippingMethods,
    shipping,
    taxNames: new Map([...items.map(({ tax }) => tax), rate].map((tax) => [tax.rateBasisPoints, tax.name])),
  };
}

/** The shares of a price by tax rate, with the names of the taxes. */
export function named(
  taxes: readonly TaxShare[],
  names: ReadonlyMap<number, LocalizedText>,
): (TaxShare & { name: LocalizedText })[] {
  return taxes.map((share) => ({ ...share, name: names.get(share.basisPoints) ?? {} }));
}
