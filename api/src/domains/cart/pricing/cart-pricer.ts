import type { Database, Querying, Tx } from '../../../platform/database/database.js';
import type { Ledgers } from '../../payments/index.js';
import type { Reference } from '../../pricing/index.js';
import type { CartEntity } from '../cart.entity.js';
import type { CartLineRow } from '../cart-line.js';
import { viewCart, type CartView } from '../cart-view.js';
import type { CartToPrice } from './cart-priced.hook.js';
import type { PluginParts } from './plugin-parts.js';
import { NO_PARTS } from './price-parts.js';

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
 *
 * Last come the accounts that the buyer pays with (`payments/ledgers/ledger.ts`): they pay what the price is then.
 * checkoutComplete locks them. A cart without any asks no ledger.
 */
export class CartPricer {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly parts: PluginParts;
      readonly ledgers: Ledgers;
    },
  ) {}

  /** The cart to be shown, outside of transactions. While a plugin fails, its price is incomplete. */
  async show(cart: CartEntity, rows: readonly CartLineRow[], reference: Reference): Promise<CartView> {
    const parts = this.isAsked(rows)
      ? await this.deps.parts.toShow(toPrice(cart, rows), reference)
      : NO_PARTS;
    return this.withTenders(this.deps.database, viewCart(cart, rows, reference, parts), { isLocked: false });
  }

  /** A cart that was changed, priced again as `show` does. */
  async complete(view: CartView, reference: Reference): Promise<CartView> {
    const isMore = this.isAsked(view.lines) || view.cart.tenders.length > 0;
    return isMore ? this.show(view.cart, view.lines, reference) : view;
  }

  /** The cart to be ordered, under the lock of its row. @throws DomainError PLUGIN_FAILED */
  async price(
    tx: Tx,
    { cart, rows, reference }: { cart: CartEntity; rows: readonly CartLineRow[]; reference: Reference },
  ): Promise<CartView> {
    const parts = this.isAsked(rows)
      ? await this.deps.parts.of(tx, toPrice(cart, rows), reference)
      : NO_PARTS;
    return this.withTenders(tx, viewCart(cart, rows, reference, parts), { isLocked: true });
  }

  private async withTenders(
    querying: Querying,
    view: CartView,
    { isLocked }: { readonly isLocked: boolean },
  ): Promise<CartView> {
    const { cart, price, currency } = view;
    if (cart.tenders.length === 0) return view;
    const of = { total: price.total.gross, currency, isLocked };
    return { ...view, tenders: await this.deps.ledgers.apply(querying, cart.tenders, of) };
  }

  private isAsked(rows: readonly CartLineRow[]): boolean {
    return rows.length > 0 && this.deps.parts.areAsked;
  }
}

function toPrice(cart: CartEntity, rows: readonly CartLineRow[]): CartToPrice {
  return {
    kind: 'CART',
    id: cart.id,
    currency: cart.currency,
    countryCode: cart.shippingAddress?.countryCode ?? null,
    lines: rows.map(({ id, variantId, product, quantity, variant }) => ({
      ...{ id, variantId, productId: product.id, quantity, unitPrice: variant.price },
    })),
  };
}
