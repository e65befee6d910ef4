import type { Networks } from '../../../kernel/networks.js';
import { sha256 } from '../../../kernel/tokens.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Warning } from '../../../platform/graphql/warning.type.js';
import type { CartHoldService } from '../../inventory/index.js';
import type { CartAdditionalData } from './additional-data.js';
import type { CartHoldLimits } from '../cart-hold-limits.js';
import * as sql from './cart-merge.statements.js';
import { emptyCart, readLines } from '../cart.statements.js';
import { mergeCut } from '../cart-warnings.js';

export interface CartMergeDeps {
  readonly database: Database;
  readonly holds: CartHoldService;
  readonly holdLimits: CartHoldLimits;
  readonly cartData: CartAdditionalData;
}

/** Adds the lines of one cart to another cart of the same buyer, with the stock that they hold. */
export class CartMergeService {
  constructor(private readonly deps: CartMergeDeps) {}

  /**
   * Merges a guest's cart into the cart of the customer who just signed in: quantities add up (at most what is
   * available), the customer's cart stays, the guest's is removed. Contact details typed as a guest stay too:
   * telephone number, addresses and delivery fill what the customer's cart lacks, and replace it where the guest's
   * cart is the newer one. Its metadata and declared fields are added likewise. The first statement locks both rows in id order.
   *
   * @returns CART_MERGE_REDUCED for each line that holds fewer than both carts did
   */
  mergeOnSignIn(userId: string, token: string, networks: Networks): Promise<Warning[]> {
    return this.deps.database.transaction(async (tx) => {
      const carts = await tx.rows(sql.lockForMerge, { userId, tokenHash: sha256(token) });
      const guest = carts.find((cart) => cart.userId === null);
      const own = carts.find((cart) => cart.userId === userId);
      if (!guest || !own) {
        if (guest) await tx.count(sql.adoptCart, { guestId: guest.id, userId });
        return [];
      }
      const cut = await this.mergeLines(tx, { from: guest.id, into: own.id, networks });
      await tx.count(sql.copyDeliveryDetails, { into: own.id, from: guest.id });
      await this.deps.cartData.toCart(tx, guest, own.id);
      // An expired or cancelled order still references it: then it stays, empty.
      if ((await tx.count(sql.dropCart, { guestId: guest.id })) === 0) {
        await tx.count(emptyCart, { cartId: guest.id });
        await tx.count(sql.abandonCart, { guestId: guest.id, userId });
      }
      return cut.map(({ id }) => mergeCut(id));
    });
  }

  /**
   * Reopens the cart of an expired or cancelled order. If its buyer has another active cart, the lines are added to
   * that one instead, so neither cart loses a line. Has no effect when it was reopened before, because an emptied
   * cart adds nothing. Requires the order lock; locks both carts in id order.
   */
  async reopenCart(tx: Tx, cartId: string): Promise<void> {
    const carts = await tx.rows(sql.lockForReopening, { cartId });
    const former = carts.find(({ id }) => id === cartId);
    if (former?.status !== 'CONVERTED') return;
    const present = carts.find(({ id }) => id !== cartId);
    if (!present) {
      await tx.count(sql.reopen, { cartId });
      return;
    }
    await this.mergeLines(tx, { from: cartId, into: present.id });
    await tx.count(sql.copyDeliveryDetails, { into: present.id, from: cartId });
    await this.deps.cartData.toCart(tx, former, present.id);
    await tx.count(emptyCart, { cartId });
  }

  /** Returns the lines that hold fewer than both carts did. */
  private async mergeLines(
    tx: Tx,
    { from, into, networks }: { from: string; into: string; networks?: Networks },
  ): Promise<{ id: string }[]> {
    if (!this.deps.holds.enabled) return tx.rows(sql.mergeLines, { into, from });
    const pieces = await tx.row(sql.piecesOfBoth, { cartIds: [into, from] });
    const units = pieces?.units ?? 0;
    const most = await this.deps.holdLimits.maxUnits(tx, { id: into, joined: from, units, networks });
    let cut: { id: string }[] = [];
    await this.deps.holds.mergeHolds(tx, { from, into, most }, async () => {
      cut = await tx.rows(sql.mergeLines, { into, from });
      return tx.rows(readLines, { cartId: into });
    });
    return cut;
  }
}
