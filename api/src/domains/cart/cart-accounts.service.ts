import type { Database } from '../../platform/database/database.js';
import type { ChosenAccount } from '../payments/index.js';
import { noCart } from './cart.errors.js';
import { ownerKeys, type CartOwner } from './cart-owner.js';
import type { CartService, ChangedCart } from './cart.service.js';
import { chooseAccounts, touchCart } from './cart.statements.js';

/** With which accounts of the shop a buyer wants to pay for a cart. */
export class CartAccounts {
  constructor(
    private readonly database: Database,
    private readonly carts: CartService,
  ) {}

  /**
   * Changes them under the lock of the cart; `choose` is given those of now. What they pay is computed whenever the cart
   * is shown or ordered.
   *
   * @throws DomainError NOT_FOUND while there is no cart, and what `choose` throws
   */
  async choose(
    owner: CartOwner,
    choose: (chosen: readonly ChosenAccount[]) => readonly ChosenAccount[],
  ): Promise<ChangedCart> {
    const reference = await this.carts.reference();
    const cart = await this.database.transaction(async (tx) => {
      const touched = await tx.row(touchCart, ownerKeys(owner));
      if (!touched) throw noCart();
      return tx.row(chooseAccounts, { cartId: touched.id, tenders: choose(touched.tenders) });
    });
    if (!cart) throw new Error('A cart that was just locked is missing');
    return { cart: await this.carts.show(cart, reference), token: null };
  }
}
