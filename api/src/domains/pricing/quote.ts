import type { LocalizedText } from '../../kernel/languages.js';
import type { Adjustment } from './adjustments.js';
import type { Place, ShippingMethod } from '../shipping/index.js';
import { deliveryTax, type DeliveryPrice, type TaxedDelivery } from './charge-tax.js';
import { priceCart, type CartPrice, type TaxShare } from './price-cart.js';
import { TaxMode } from './tax/tax-mode.js';
import { shippingMethodsFor, taxRateFor, type Reference } from './shop.reference.js';

/** Goods to be priced: the gross unit price in minor units, the quantity, and the tax included. */
export interface QuoteItem {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly tax: NamedRate;
  /** Of one, in grams; null or left out where the variant has none. */
  readonly weightGrams?: number | null;
  /** Whether sending it costs nothing, whatever else is sent. */
  readonly isSentFree?: boolean;
  /** Decides between equal lines which of them takes the unit that is left of a share; see `PricedItem`. */
  readonly key?: string;
}

export interface NamedRate {
  readonly name: LocalizedText;
  readonly rateBasisPoints: number;
}

/** A shipping method with its price for these goods. */
export interface ShippingQuote {
  readonly method: ShippingMethod;
  readonly price: TaxedDelivery;
  readonly currency: string;
}

export interface QuoteTerms {
  readonly reference: Reference;
  /** Where the goods go; null while unknown: then priced as for the shop's own country. */
  readonly place: Place | null;
  /** Null while no shipping method is chosen. */
  readonly shippingMethodId: string | null;
  readonly currency: string;
  /** What is taken off and added beside the delivery. */
  readonly adjustments?: readonly Adjustment[];
  /** The names of taxes in the adjustments that no item has. */
  readonly chargedTaxes?: readonly NamedRate[];
}

/** The price of goods and their delivery. */
export interface Quote {
  readonly price: CartPrice;
  /** Shipping methods to that country, priced for the goods after the discount. */
  readonly shippingMethods: readonly ShippingQuote[];
  /** The chosen method, if it delivers there. */
  readonly shipping: ShippingQuote | null;
  /** What the goods cost after discounts that count towards free delivery, minor units. */
  readonly countedSubtotal: number;
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
  readonly taxMode: TaxMode;
}

/** Prices goods with their delivery. Carts, drafts and edits all use it, so that a preview equals what is written. */
export function quote(items: readonly QuoteItem[], terms: QuoteTerms): Quote {
  const { reference, place, shippingMethodId, currency, adjustments, chargedTaxes = [] } = terms;
  const countryCode = place?.countryCode ?? null;
  const priced = items.map(({ unitPrice, quantity, tax, key }) => ({
    ...{ unitPrice, quantity, key },
    taxBasisPoints: tax.rateBasisPoints,
  }));
  const rate = taxRateFor(reference, countryCode, 'standard');
  let offered: { readonly method: ShippingMethod; readonly price: number }[] = [];
  const deliver = (gross: readonly number[]): DeliveryPrice | null => {
    const shipment = { currency, items: sentIn(items, gross) };
    // A method that has no price for the goods is not offered.
    offered = shippingMethodsFor(reference, place).flatMap((method) => {
      const { price } = method.offer(shipment, countryCode);
      return price === null ? [] : [{ method, price }];
    });
    const chosen = offered.find(({ method }) => method.id === shippingMethodId);
    return chosen ? { price: chosen.price, taxBasisPoints: rate.rateBasisPoints } : null;
  };
  const price = priceCart(priced, { adjustments, deliver });
  // Each offered delivery follows the same goods as the chosen one.
  const goods = priced.map(({ taxBasisPoints }, i) => ({
    gross: price.lines[i]?.gross ?? 0,
    taxBasisPoints,
  }));
  const shippingMethods = offered.map(({ method, price: gross }) => ({
    ...{ method, currency },
    price: deliveryTax({ price: gross, taxBasisPoints: rate.rateBasisPoints }, goods),
  }));
  const shipping = shippingMethods.find(({ method }) => method.id === shippingMethodId) ?? null;
  const taxes = [...items.map(({ tax }) => tax), rate, ...chargedTaxes];
  return {
    price,
    shippingMethods,
    shipping,
    countedSubtotal: price.lines.reduce((sum, { gross }, i) => sum + (items[i]?.isSentFree ? 0 : gross), 0),
    taxNames: new Map(taxes.map((tax) => [tax.rateBasisPoints, tax.name])),
    taxMode: reference.taxMode,
  };
}

function sentIn(items: readonly QuoteItem[], gross: readonly number[]) {
  return items.map(({ quantity, weightGrams = null, isSentFree = false }, i) => ({
    ...{ quantity, weightGrams, gross: gross[i] ?? 0 },
    isFree: isSentFree,
  }));
}

/** What the cheapest of the offered deliveries costs, tax included, minor units; null where none is offered. */
export function cheapestOf(quotes: readonly ShippingQuote[]): number | null {
  return quotes.length === 0 ? null : Math.min(...quotes.map(({ price }) => price.gross));
}

/** The shares of a price by tax rate, with the names of the taxes; none where no tax is charged. */
export function shownTaxes({
  price: { taxes },
  taxNames,
  taxMode,
}: Pick<Quote, 'price' | 'taxNames' | 'taxMode'>): (TaxShare & { name: LocalizedText })[] {
  if (taxMode === TaxMode.NOT_REGISTERED) return [];
  return taxes.map((share) => ({ ...share, name: taxNames.get(share.basisPoints) ?? {} }));
}
