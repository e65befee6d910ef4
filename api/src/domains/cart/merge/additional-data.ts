import { statement, t, type Tx } from '../../../platform/database/database.js';
import type { CartEntity } from '../cart.entity.js';

/*
 * Metadata and declared fields of carts: transactions and locks
 *
 * A change of them locks the row of the open cart first (FOR NO KEY UPDATE, by the statement below), then the row of the
 * values. A checkout holds the cart's row from its first statement on, so a change comes before it, and its order takes
 * it over, or after it, and finds no open cart: nothing that was accepted is missing in the order. The copy inserts rows
 * about an order that no other transaction can know, and reads those of the cart without a lock, as nobody can write
 * them meanwhile. Merging two carts copies in the same way, under the locks of both, in id order.
 *
 * The cart's row says whether there is anything to copy: a cart about which nothing was written costs no statement.
 */
const noteStatement = statement('cart.note-additional-data', {
  params: { cartId: t.uuid },
  sql: `UPDATE cart SET has_additional_data = true WHERE id = :cartId AND status = 'ACTIVE'`,
});

/**
 * Locks an open cart about which something is to be written, and notes that there is something. The cart's version and
 * time stay. Returns false when it is no open cart any more.
 */
export async function noteAdditionalData(tx: Tx, cartId: string): Promise<boolean> {
  return (await tx.count(noteStatement, { cartId })) > 0;
}

/** How a module copies what it keeps about carts. */
export interface AdditionalDataCopier {
  /** Adds what is kept about one cart to another; of two values of one name the one written later counts. */
  readonly toCart: (tx: Tx, carts: { readonly from: string; readonly into: string }) => Promise<void>;
  /** Copies what is kept about a cart to the order that was just made of it. */
  readonly toOrder: (tx: Tx, copy: { readonly cartId: string; readonly orderId: string }) => Promise<void>;
}

/** What modules keep about carts, for those who turn a cart into an order or into another cart. */
export class CartAdditionalData {
  private readonly copiers: AdditionalDataCopier[] = [];

  /** Called while the modules are built. */
  add(copier: AdditionalDataCopier): void {
    this.copiers.push(copier);
  }

  /** Requires the locks of both carts. */
  async toCart(tx: Tx, from: CartEntity, into: string): Promise<void> {
    if (!from.hasAdditionalData) return;
    for (const { toCart } of this.copiers) await toCart(tx, { from: from.id, into });
  }

  /** Requires the lock of the cart. */
  async toOrder(tx: Tx, cart: CartEntity, orderId: string): Promise<void> {
    if (!cart.hasAdditionalData) return;
    for (const { toOrder } of this.copiers) await toOrder(tx, { cartId: cart.id, orderId });
  }
}
