import type { LocalizedText } from '../../../kernel/languages.js';
import type { Querying } from '../../../platform/database/database.js';
import { defineHook, type HandledHook } from '../../../platform/hooks/define-hook.js';

/** What is priced: its goods, and where they go. */
interface ToPrice {
  readonly currency: string;
  /** Where the goods go; null while unknown. */
  readonly countryCode: string | null;
  /** At least one. */
  readonly lines: readonly CartLineToPrice[];
}

/** A cart whose price is being computed. */
export interface CartToPrice extends ToPrice {
  readonly kind: 'CART';
  readonly id: string;
}

/** An order that staff draw up, and whose price is being computed. */
export interface DraftToPrice extends ToPrice {
  readonly kind: 'DRAFT';
  /** Of the order that it is; null while it is previewed and not written yet. */
  readonly id: string | null;
  readonly countryCode: string;
}

/** The kinds of things that a plugin may have parts of the price of. */
export type PricedKind = 'CART' | 'DRAFT';
export type PricedThing = CartToPrice | DraftToPrice;
type PricedOf<Kind extends PricedKind> = Extract<PricedThing, { readonly kind: Kind }>;

export interface CartLineToPrice {
  /** What `lineIds` of a discount names. Of a draft the variant, which stands once in it. */
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
 * the lock of the cart's row. A draft is priced: in its preview, outside of any transaction, and in the transaction that
 * writes, sends or places it, under the lock of its row. Handlers answer with their parts of its price; see
 * `handleCartPriced`.
 *
 * Not asked for an empty cart, an edit of an order, or an exchange: an order keeps the parts that it was placed with, and
 * an exchange replaces goods that were paid for together with their parts.
 */
export const cartPriced = defineHook<PricedThing>('cart.priced', 'ASK');

export interface CartPricing<Data, Kind extends PricedKind> {
  /** What the plugin has parts of: carts only when left out. */
  readonly kinds?: readonly Kind[];
  /**
   * Reads what the plugin keeps about the cart or draft: one statement. The rest of the price is computed from it alone,
   * so two requests at the same moment have the same price.
   */
  read(querying: Pick<Querying, 'rows' | 'row'>, priced: PricedOf<Kind>): Promise<Data>;
  /** The parts of the price. Pure: the same cart and data have the same parts, without a clock and without chance. */
  price(priced: PricedOf<Kind>, data: Data): readonly PricePart[];
}

/**
 * Adds parts to the price of a cart, and of a draft where `kinds` names it.
 *
 * While it fails, `Cart.missingSteps` names PRICE, the cart is shown without any plugin's part, and `checkoutComplete`
 * returns PLUGIN_FAILED; the preview of a draft names the plugin, and the draft is neither written nor sent. An order is
 * never silently cheaper or dearer.
 */
export function handleCartPriced<Data, Kind extends PricedKind = 'CART'>({
  kinds = ['CART' as Kind],
  ...pricing
}: CartPricing<Data, Kind>): HandledHook {
  return {
    hook: cartPriced,
    // In an object, so that a promise in place of the parts is not waited for, but is a fault.
    run: async (querying, priced: PricedThing) => {
      if (!isOf(priced, kinds)) return { parts: [] };
      return { parts: pricing.price(priced, await pricing.read(querying, priced)) };
    },
  };
}

function isOf<Kind extends PricedKind>(
  priced: PricedThing,
  kinds: readonly Kind[],
): priced is PricedOf<Kind> {
  return (kinds as readonly PricedKind[]).includes(priced.kind);
}
