import { DomainError } from '../../../kernel/errors.js';
import type { Database, Querying, Tx } from '../../../platform/database/database.js';
import type { Hooks } from '../../../platform/hooks/hooks.js';
import type { Reference } from '../../pricing/index.js';
import type { CartEntity } from '../cart.entity.js';
import type { CartLineRow } from '../cart-line.js';
import { viewCart, type CartView } from '../cart-view.js';
import { cartPriced, type CartToPrice } from './cart-priced.hook.js';
import { FAILED_PARTS, NO_PARTS, toAdjustments, type PriceParts } from './price-parts.js';

/*
 * Who reads what price parts depend on
 *
 * A cart that is shown is priced outside of any transaction: a change of the cart commits first, so no row is locked
 * while a plugin works, and a plugin that fails undoes no change. checkoutComplete prices within its transaction, under
 * the lock of the cart's row: what a plugin reads there is what the order costs, and the buyer has agreed to it
 * (`expectedTotal`) or is told PRICE_CHANGED. Rows of the plugin are read without a lock: if they change at the same
 * moment, the order has the one price or the other, and its total, its lines and its adjustments are of one reading.
 *
 * Without a plugin that has price parts nothing is asked and no statement is sent.
 */
export class CartPricer {
  constructor(
    private readonly database: Database,
    private readonly hooks: Hooks,
  ) {}

  /** The cart to be shown, outside of transactions. While a plugin fails, its `isComplete` is false. */
  async show(cart: CartEntity, rows: readonly CartLineRow[], reference: Reference): Promise<CartView> {
    if (!this.isAsked(rows)) return viewCart(cart, rows, reference);
    return viewCart(cart, rows, reference, await this.partsOrFailed(cart, rows, reference));
  }

  /** A cart that was changed, priced again as `show` does. */
  async complete(view: CartView, reference: Reference): Promise<CartView> {
    return this.isAsked(view.lines) ? this.show(view.cart, view.lines, reference) : view;
  }

  /** The cart to be ordered, under the lock of its row. @throws DomainError PLUGIN_FAILED */
  async price(
    tx: Tx,
    { cart, rows, reference }: { cart: CartEntity; rows: readonly CartLineRow[]; reference: Reference },
  ): Promise<CartView> {
    if (!this.isAsked(rows)) return viewCart(cart, rows, reference);
    return viewCart(cart, rows, reference, await this.parts(tx, toPrice(cart, rows), reference));
  }

  private isAsked(rows: readonly CartLineRow[]): boolean {
    return rows.length > 0 && this.hooks.has(cartPriced);
  }

  private async partsOrFailed(
    cart: CartEntity,
    rows: readonly CartLineRow[],
    reference: Reference,
  ): Promise<PriceParts> {
    try {
      return await this.parts(this.database, toPrice(cart, rows), reference);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'PLUGIN_FAILED') return FAILED_PARTS;
      throw error;
    }
  }

  private async parts(querying: Querying, cart: CartToPrice, reference: Reference): Promise<PriceParts> {
    const answers = await this.hooks.ask(querying, cartPriced, {
      input: cart,
      read: (answer, plugin) => toAdjustments(answer, plugin, { cart, reference }),
    });
    const parts = answers.flat();
    if (parts.length === 0) return NO_PARTS;
    return {
      adjustments: parts.map(({ adjustment }) => adjustment),
      taxes: parts.flatMap(({ tax }) => (tax ? [tax] : [])),
      isComplete: true,
    };
  }
}

function toPrice(cart: CartEntity, rows: readonly CartLineRow[]): CartToPrice {
  return {
    id: cart.id,
    currency: cart.currency,
    countryCode: cart.shippingAddress?.countryCode ?? null,
    lines: rows.map(({ id, variantId, product, quantity, variant }) => ({
      ...{ id, variantId, productId: product.id, quantity, unitPrice: variant.price },
    })),
  };
}
