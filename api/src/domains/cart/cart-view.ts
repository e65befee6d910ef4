import type { Language, LocalizedText } from '../../kernel/languages.js';
import type { Warning } from '../../platform/graphql/warning.type.js';
import type { AppliedTender } from '../payments/index.js';
import {
  quote,
  rateBefore,
  taxRateFor,
  type CartPrice,
  type NetGross,
  type QuoteItem,
  type Reference,
  type ShippingQuote,
  type TaxMode,
} from '../pricing/index.js';
import type { Place } from '../shipping/index.js';
import { isSentFree } from '../catalog/index.js';
import type { CartEntity } from './cart.entity.js';
import type { CartLineRow, CartLineView } from './cart-line.js';
import { lineWarnings, priceIncomplete, shippingWarnings } from './cart-warnings.js';
import { NO_PARTS, type PriceParts } from './pricing/price-parts.js';

/** What a cart still needs before it can be ordered, in the order of the checkout. */
export type MissingStep =
  | 'LINES'
  | 'CONTACT'
  | 'SHIPPING_ADDRESS'
  | 'SHIPPING_METHOD'
  | 'PHONE'
  | 'STOCK'
  | 'AMOUNT'
  | 'PRICE'
  | 'SHOP_OPEN';

/** A cart with everything computed from it: prices, quotes, warnings. Never stored. */
export interface CartView {
  readonly id: string;
  readonly cart: CartEntity;
  readonly currency: string;
  /** The shop's own country. */
  readonly homeCountry: string;
  readonly defaultLanguage: Language;
  readonly lines: readonly CartLineView[];
  readonly price: CartPrice;
  /** What plugins took off the price and added to it. */
  readonly parts: PriceParts;
  /** What accounts of the shop pay of the total: filled by `CartPricer`. */
  readonly tenders: readonly AppliedTender[];
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
  readonly taxMode: TaxMode;
  readonly shippingMethods: readonly ShippingQuote[];
  /** The chosen method, if it delivers to the address. */
  readonly shipping: ShippingQuote | null;
  /** Gross amount, minor units, still missing until a method is free; 0 when reached, null when none ever is. */
  readonly freeShippingRemaining: number | null;
  /** What the buyer must still provide; `CheckoutService.stillNeeds` adds the rest. */
  readonly missingSteps: readonly MissingStep[];
  readonly warnings: readonly Warning[];
}

/** The cart at today's prices, stock and rates. Pure. */
export function viewCart(
  cart: CartEntity,
  rows: readonly CartLineRow[],
  reference: Reference,
  parts = NO_PARTS,
): CartView {
  const { currency } = cart;
  const country = cart.shippingAddress?.countryCode ?? null;
  const items = itemsFor(rows, country, reference);
  const { price, shippingMethods, shipping, taxNames, taxMode, countedSubtotal } = quote(items, {
    reference,
    place: cart.shippingAddress,
    shippingMethodId: cart.shippingMethodId,
    currency,
    ...{ adjustments: parts.adjustments, chargedTaxes: parts.taxes },
  });
  const lines = rows.map((row, i) => ({
    ...row,
    currency,
    unitPrice: row.variant.price,
    taxBasisPoints: items[i]?.tax.rateBasisPoints ?? 0,
    taxBefore: taxBefore(row, country, reference),
    total: price.lines[i] as NetGross,
  }));
  return {
    id: cart.id,
    cart,
    currency,
    ...{ homeCountry: reference.homeCountry, defaultLanguage: reference.defaultLanguage },
    lines,
    price,
    parts,
    tenders: [],
    taxNames,
    taxMode,
    shippingMethods,
    shipping,
    freeShippingRemaining: freeShippingRemaining(shippingMethods, countedSubtotal),
    missingSteps: missingSteps(cart, lines.length, { shipping, parts }),
    warnings: [
      ...lines.flatMap(lineWarnings),
      ...shippingWarnings(cart, shipping),
      ...(parts.failedPlugin === null ? [] : [priceIncomplete]),
    ],
  };
}

/** What the tenders of a cart pay in all, minor units. */
export function tenderedIn({ tenders }: Pick<CartView, 'tenders'>): number {
  return tenders.reduce((sum, { amount }) => sum + amount, 0);
}

/** What is left to be paid otherwise, minor units. */
export function dueOf(cart: Pick<CartView, 'tenders' | 'price'>): number {
  return cart.price.total.gross - tenderedIn(cart);
}

function taxBefore(
  { addedAt: at, product: { taxClass } }: CartLineRow,
  countryCode: string | null,
  reference: Reference,
): number | null {
  return rateBefore(reference, { countryCode, taxClass, at });
}

function itemsFor(rows: readonly CartLineRow[], country: string | null, reference: Reference): QuoteItem[] {
  return rows.map(({ variantId, variant, product, quantity }) => ({
    unitPrice: variant.price,
    quantity,
    weightGrams: variant.weightGrams,
    isSentFree: isSentFree(product),
    key: variantId,
    tax: taxRateFor(reference, country, product.taxClass),
  }));
}

/** Shipping methods to a place, priced for the lines of the cart. */
export function shippingMethodsTo(
  { lines, currency, parts: { adjustments } }: CartView,
  place: Place,
  reference: Reference,
): readonly ShippingQuote[] {
  const items = itemsFor(lines, place.countryCode, reference);
  const terms = { reference, place, shippingMethodId: null, currency, adjustments };
  return quote(items, terms).shippingMethods;
}

function freeShippingRemaining(quotes: readonly ShippingQuote[], subtotal: number): number | null {
  const borders = quotes.flatMap(({ method }) => (method.freeFrom === null ? [] : [method.freeFrom]));
  return borders.length === 0 ? null : Math.max(0, Math.min(...borders) - subtotal);
}

function missingSteps(
  cart: CartEntity,
  lineCount: number,
  { shipping, parts }: Pick<CartView, 'shipping' | 'parts'>,
): MissingStep[] {
  const missing: MissingStep[] = [];
  if (lineCount === 0) missing.push('LINES');
  if (!cart.email) missing.push('CONTACT');
  if (!cart.shippingAddress) missing.push('SHIPPING_ADDRESS');
  if (!shipping) missing.push('SHIPPING_METHOD');
  if (shipping?.method.phoneRequired && !cart.phone && !cart.shippingAddress?.phone) missing.push('PHONE');
  if (parts.failedPlugin !== null) missing.push('PRICE');
  return missing;
}
