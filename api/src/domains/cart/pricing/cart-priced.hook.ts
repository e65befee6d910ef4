import type { LocalizedText } from '../../../kernel/languages.js';
import type { Querying } from '../../../platform/database/database.js';
import { defineHook, type HandledHook } from '../../../platform/hooks/define-hook.js';

/** A cart whose price is being computed. */
export interface CartToPrice {
  readonly id: string;
  readonly currency: string;
  /** Where the goods go; null while unknown. */
  readonly countryCode: string | null;
  /** At least one. */
  readonly lines: readonly CartLineToPrice[];
}

export interface CartLineToPrice {
  readonly id: string;
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
  /** The price of one, tax included, minor units. */
  readonly unitPrice: number;
}

interface PricePartBase {
  /** Capital letters, digits and underscores; unique among the parts of the plugin. Never changes: orders keep it. */
  readonly code: string;
  /** The reason in the languages of the shop, as buyers, staff and documents read it. */
  readonly name: LocalizedText;
  /** Tax included, minor units, a whole number from 0 up; a part of 0 is left out. */
  readonly amount: number;
  /** Of two of a kind the lower one counts first; 0 when left out. Of equal ones the code decides. */
  readonly position?: number;
}

/** Added beside goods and delivery: a line of its own on the order and the invoice, and in refunds. */
export interface ChargePart extends PricePartBase {
  readonly kind: 'CHARGE';
  /**
   * The class of its tax. When left out, the charge belongs to the goods: it has their rates, shared by what the goods of
   * each cost after all discounts.
   */
  readonly taxClass?: string;
}

/** Taken off the goods, shared by what they cost. More than they cost is taken as all of it. */
export interface DiscountPart extends PricePartBase {
  readonly kind: 'DISCOUNT';
  /** The lines that it is for; all when left out. */
  readonly lineIds?: readonly string[];
}

export type PricePart = ChargePart | DiscountPart;

/**
 * A cart is priced: whenever it is shown, outside of any transaction, and in the transaction of `checkoutComplete` under
 * the lock of the cart's row. Handlers answer with their parts of its price; see `handleCartPriced`. Not asked for an
 * empty cart, a draft, an exchange, or the edit of an order: an order keeps the parts that it was placed with.
 */
export const cartPriced = defineHook<CartToPrice>('cart.priced', 'ASK');

export interface CartPricing<Data> {
  /**
   * Reads what the plugin keeps about the cart: one statement. The rest of the price is computed from it alone, so two
   * requests at the same moment have the same price.
   */
  read(querying: Pick<Querying, 'rows' | 'row'>, cart: CartToPrice): Promise<Data>;
  /** The parts of the price. Pure: the same cart and data have the same parts, without a clock and without chance. */
  price(cart: CartToPrice, data: Data): readonly PricePart[];
}

/**
 * Adds parts to the price of a cart.
 *
 * While it fails, `Cart.missingSteps` names PRICE, the cart is shown without any plugin's part, and `checkoutComplete`
 * returns PLUGIN_FAILED: an order is never silently cheaper or dearer.
 */
export function handleCartPriced<Data>({ read, price }: CartPricing<Data>): HandledHook {
  return {
    hook: cartPriced,
    // In an object, so that a promise in place of the parts is not waited for, but is a fault.
    run: async (querying, cart: CartToPrice) => ({ parts: price(cart, await read(querying, cart)) }),
  };
}
