import type { LocalizedText } from '../../../kernel/languages.js';
import type {
  ArgumentDeclaration,
  ArgumentsOf,
  Strategy,
} from '../../../platform/strategies/define-strategy.js';

export const SHIPPING_RATE = 'shipping-rate';

/** What a delivery is priced for. Goods that are delivered free of charge are not counted. */
export interface ShipmentToPrice {
  /** Where it goes; null while unknown. */
  readonly countryCode: string | null;
  readonly currency: string;
  /** What the goods cost after discounts, tax included, minor units. */
  readonly subtotal: number;
  /** Units of all lines. */
  readonly quantity: number;
  /** What they weigh in all; units without a weight count as much as the method says. */
  readonly grams: number;
  /** By line: units, and the weight of one in grams; null where the variant has none. */
  readonly items: readonly { readonly quantity: number; readonly weightGrams: number | null }[];
}

/** How the price of a delivery is computed. */
export interface ShippingRate extends Strategy {
  readonly kind: typeof SHIPPING_RATE;
  readonly price: (args: never, shipment: ShipmentToPrice) => number | null;
}

/**
 * Declares a rule by which staff let the price of a delivery be computed; a plugin lists it in `strategies`.
 *
 * `price` returns the price in minor units, tax included, or null where the shipment is not delivered this way. It is pure
 * and synchronous: the same shipment costs the same in the cart, in the checkout and on the order. While it fails (it
 * throws, or what it returns is no price) the method is not offered: a cart that has chosen it is refused with
 * SHIPPING_METHOD_UNAVAILABLE, the log names the plugin, and the owner is told once an hour.
 */
export function defineShippingRate<const Fields extends readonly ArgumentDeclaration[]>(rate: {
  readonly code: string;
  readonly label: LocalizedText;
  readonly help?: LocalizedText;
  readonly fields: Fields;
  readonly price: (args: ArgumentsOf<Fields>, shipment: ShipmentToPrice) => number | null;
}): ShippingRate {
  return { ...rate, kind: SHIPPING_RATE };
}
