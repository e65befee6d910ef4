import type { LocalizedText } from '../../kernel/languages.js';
import { money } from '../../kernel/money.js';
import { WarningCode, type Warning } from '../../platform/graphql/warning.type.js';
import {
  leftMessage,
  purchasableUnits,
  shownQuantity,
  type ProductRow,
  type VariantRow,
} from '../catalog/index.js';
import {
  quote,
  taxRateFor,
  type CartPrice,
  type NetGross,
  type QuoteItem,
  type Reference,
  type ShippingQuote,
} from '../pricing/index.js';
import type { CartEntity } from './cart.entity.js';

export interface CartLineRow {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceAtAdd: number;
  /** Units that the cart holds of the variant; only where carts hold stock. */
  readonly held?: number;
  readonly variant: VariantRow;
  readonly product: ProductRow;
}

export interface CartLineView extends CartLineRow {
  readonly currency: string;
  readonly unitPrice: number;
  readonly taxBasisPoints: number;
  readonly total: NetGross;
}

/** What a cart still needs before it can be ordered, in the order of the checkout. */
export type MissingStep =
  'LINES' | 'CONTACT' | 'SHIPPING_ADDRESS' | 'SHIPPING_METHOD' | 'PHONE' | 'STOCK' | 'AMOUNT';

/** A cart with everything computed from it: prices, quotes, warnings. Never stored. */
export interface CartView {
  readonly id: string;
  readonly cart: CartEntity;
  readonly currency: string;
  readonly lines: readonly CartLineView[];
  readonly price: CartPrice;
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
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
export function viewCart(cart: CartEntity, rows: readonly CartLineRow[], reference: Reference): CartView {
  const { currency } = cart;
  const country = cart.shippingAddress?.countryCode ?? null;
  const items = itemsFor(rows, country, reference);
  const { price, shippingMethods, shipping, taxNames } = quote(items, {
    reference,
    countryCode: country,
    shippingMethodId: cart.shippingMethodId,
    currency,
  });
  const lines = rows.map((row, i) => ({
    ...row,
    currency,
    unitPrice: row.variant.price,
    taxBasisPoints: items[i]?.tax.rateBasisPoints ?? 0,
    total: price.lines[i] as NetGross,
  }));
  return {
    id: cart.id,
    cart,
    currency,
    lines,
    price,
    taxNames,
    shippingMethods,
    shipping,
    freeShippingRemaining: freeShippingRemaining(shippingMethods, price.subtotal.gross),
    missingSteps: missingSteps(cart, lines.length, shipping),
    warnings: [...lines.flatMap(lineWarnings), ...shippingWarnings(cart, shipping)],
  };
}

function itemsFor(rows: readonly CartLineRow[], country: string | null, reference: Reference): QuoteItem[] {
  return rows.map(({ variant, product, quantity }) => ({
    unitPrice: variant.price,
    quantity,
    tax: taxRateFor(reference, country, product.taxClass),
  }));
}

/** Shipping methods to a country, priced for the lines of the cart. */
export function shippingMethodsTo(
  { lines, currency }: CartView,
  countryCode: string,
  reference: Reference,
): readonly ShippingQuote[] {
  const items = itemsFor(lines, countryCode, reference);
  return quote(items, { reference, countryCode, shippingMethodId: null, currency }).shippingMethods;
}

function freeShippingRemaining(quotes: readonly ShippingQuote[], subtotal: number): number | null {
  const borders = quotes.flatMap(({ method }) => (method.freeFrom === null ? [] : [method.freeFrom]));
  return borders.length === 0 ? null : Math.max(0, Math.min(...borders) - subtotal);
}

function missingSteps(cart: CartEntity, lineCount: number, shipping: ShippingQuote | null): MissingStep[] {
  const missing: MissingStep[] = [];
  if (lineCount === 0) missing.push('LINES');
  if (!cart.email) missing.push('CONTACT');
  if (!cart.shippingAddress) missing.push('SHIPPING_ADDRESS');
  if (!shipping) missing.push('SHIPPING_METHOD');
  if (shipping?.method.phoneRequired && !cart.phone && !cart.shippingAddress?.phone) missing.push('PHONE');
  return missing;
}

/**
 * How many of a line's variant can be ordered now, back-orders included; Infinity where back-orders have no limit.
 */
export function availableOf({ variant, held = 0 }: CartLineRow): number {
  return purchasableUnits(variant) + held;
}

export function isForSale({ variant, product }: CartLineRow): boolean {
  return variant.deletedAt === null && product.status === 'ACTIVE';
}

function lineWarnings(line: CartLineView): Warning[] {
  const cartLineId = line.id;
  if (!isForSale(line)) {
    return [{ code: WarningCode.VARIANT_UNAVAILABLE, message: 'This is no longer sold.', cartLineId }];
  }
  const warnings: Warning[] = [];
  const availableQuantity = availableOf(line);
  if (availableQuantity === 0) {
    warnings.push({
      code: WarningCode.OUT_OF_STOCK,
      message: 'This is sold out.',
      cartLineId,
      availableQuantity,
    });
  } else if (availableQuantity < line.quantity) {
    warnings.push({
      code: WarningCode.QUANTITY_REDUCED,
      message: leftMessage(shownQuantity(availableQuantity)),
      cartLineId,
      availableQuantity: shownQuantity(availableQuantity),
    });
  }
  if (line.unitPrice !== line.unitPriceAtAdd) {
    warnings.push({
      code: WarningCode.PRICE_CHANGED,
      message: 'The price has changed since this was added.',
      cartLineId,
      oldPrice: money(line.unitPriceAtAdd, line.currency),
      newPrice: money(line.unitPrice, line.currency),
    });
  }
  return warnings;
}

function shippingWarnings(cart: CartEntity, shipping: ShippingQuote | null): Warning[] {
  if (!cart.shippingMethodId || cart.shippingPriceQuoted === null) return [];
  if (!shipping)
    return [
      { code: WarningCode.SHIPPING_CHANGED, message: 'The chosen method does not deliver to this address.' },
    ];
  if (shipping.price.gross === cart.shippingPriceQuoted) return [];
  return [
    {
      code: WarningCode.SHIPPING_CHANGED,
      message: 'The shipping price has changed.',
      oldPrice: money(cart.shippingPriceQuoted, cart.currency),
      newPrice: money(shipping.price.gross, cart.currency),
    },
  ];
}
