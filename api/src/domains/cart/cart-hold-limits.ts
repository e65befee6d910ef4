import { createHmac } from 'node:crypto';
import { DomainError } from '../../kernel/errors.js';
import type { Networks } from '../../kernel/networks.js';
import { shareOfStock } from '../catalog/index.js';
import { statement, type Tx, t, type ValuesOf } from '../../platform/database/database.js';

/*
 * Limits of the stock that carts hold (STOCK_HOLD=cart)
 *
 * In this mode a cart takes stock from other buyers before its owner is known, so a cart and a network have the
 * limits that unpaid orders have. Requires the lock of the cart's row, or of both when two carts are merged; the
 * locks of the network and of its wide network come next, then the stock levels: always in this order. The locks of
 * networks are held to the end of the transaction, so that carts filled concurrently see each other.
 *
 * Only a request for more is refused. Any other change of what a cart holds (two carts that are merged, a line that
 * gets shorter and lets the cart hold again) holds as much as the limits allow, and the rest stays in the cart
 * without being held.
 */

export interface CartHoldAllowance {
  /** Units that are always allowed. */
  readonly units: number;
  /** Units as a share of the shop's stock on hand, 0 to 1; counts when it is more than `units`. */
  readonly share: number;
}

export interface CartHoldLimitsDeps {
  readonly cart: CartHoldAllowance;
  /** The allowance of a network; units count beyond the first `freeUnits` of each cart. */
  readonly network: CartHoldAllowance;
  /** The same for the wide network. */
  readonly wide: CartHoldAllowance;
  readonly freeUnits: number;
  /** Keys the hash under which networks are stored. */
  readonly secret: string;
}

/** A locked cart that is about to hold stock. */
export interface CartToHold {
  readonly id: string;
  /** The units that it would hold. */
  readonly units: number;
  /** The id of the cart that is merged into it. */
  readonly joined?: string;
  /**
   * The networks that the request comes from; left out when there is no request, and then the stored networks of this
   * cart or of `joined` are used.
   */
  readonly networks?: Networks | undefined;
}

/** For how long the cached sum of units on hand is used, in milliseconds. */
const STOCK_KNOWN_FOR_MS = 60_000;

const shopStock = statement('cart.shop-stock', {
  row: { units: t.int },
  sql: 'SELECT coalesce(sum(on_hand), 0)::bigint AS units FROM stock_level',
});
const lockNetwork = statement('cart.lock-network', {
  params: { hash: t.bytea },
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended(encode(:hash::bytea, 'hex'), 7241))`,
});
const noteNetworks = statement('cart.note-networks', {
  params: { id: t.uuid, near: t.bytea.orNull, wide: t.bytea.orNull },
  sql: `UPDATE cart SET network = :near, wide_network = :wide
   WHERE id = :id AND (network IS DISTINCT FROM :near OR wide_network IS DISTINCT FROM :wide)`,
});
const KNOWN_NETWORKS_ROW = {
  near: t.bytea.orNull,
  wide: t.bytea.orNull,
};
type KnownNetworks = ValuesOf<typeof KNOWN_NETWORKS_ROW>;

const knownNetworks = statement('cart.known-networks', {
  params: { id: t.uuid, joined: t.uuid },
  row: KNOWN_NETWORKS_ROW,
  sql: `SELECT network AS near, wide_network AS wide FROM cart WHERE id IN (:id, :joined) AND network IS NOT NULL ORDER BY id = :id DESC LIMIT 1`,
});
const heldBeside = (name: string, column: string) =>
  statement(`cart.held-by-${name}`, {
    params: { cartId: t.uuid, hash: t.bytea, freeUnits: t.int },
    row: { units: t.int },
    sql: `SELECT coalesce(sum(greatest(0, held.units - :freeUnits::int)), 0)::int AS units FROM (
       SELECT sum(r.quantity) AS units FROM cart c JOIN reservation r ON r.cart_id = c.id AND r.status = 'ACTIVE'
       WHERE c.${column} = :hash AND c.status = 'ACTIVE' AND c.id <> :cartId GROUP BY c.id) held`,
  });
const heldByNetwork = heldBeside('network', 'network');
const heldByWideNetwork = heldBeside('wide-network', 'wide_network');

export class CartHoldLimits {
  private stock: { readonly units: number; readonly at: number } | null = null;

  constructor(private readonly deps: CartHoldLimitsDeps) {}

  /**
   * The most units that the cart may hold, given what other carts of the same networks hold. Requires the cart's
   * lock; locks its networks.
   */
  async maxUnits(tx: Tx, cart: CartToHold): Promise<number> {
    const { network, wide, freeUnits } = this.deps;
    // So few units are within every limit, whatever other carts hold.
    if (cart.units <= Math.min(this.deps.cart.units, freeUnits)) return cart.units;
    await this.refreshStock(tx);
    const from = await this.networksOf(tx, cart);
    let most = this.limitOf(this.deps.cart);
    for (const [hash, held, allowance] of [
      [from.near, heldByNetwork, network],
      [from.wide, heldByWideNetwork, wide],
    ] as const) {
      if (!hash) continue;
      await tx.rows(lockNetwork, { hash });
      const others = await tx.row(held, { cartId: cart.id, hash, freeUnits });
      most = Math.min(most, Math.max(0, this.limitOf(allowance) - (others?.units ?? 0)) + freeUnits);
    }
    return most;
  }

  private async networksOf(tx: Tx, { id, joined = id, networks }: CartToHold): Promise<KnownNetworks> {
    const known = networks
      ? { near: this.hashOf(networks.near), wide: networks.wide === null ? null : this.hashOf(networks.wide) }
      : await tx.row(knownNetworks, { id, joined });
    if (!known) return { near: null, wide: null };
    await tx.count(noteNetworks, { id, near: known.near, wide: known.wide });
    return known;
  }

  private hashOf(network: string): Buffer {
    return createHmac('sha256', this.deps.secret).update('cart-network').update(network).digest();
  }

  private async refreshStock(tx: Tx): Promise<void> {
    if (this.stock && Date.now() - this.stock.at < STOCK_KNOWN_FOR_MS) return;
    const row = await tx.row(shopStock);
    this.stock = { units: row?.units ?? 0, at: Date.now() };
  }

  private limitOf({ units, share }: CartHoldAllowance): number {
    return Math.max(units, Math.floor(shareOfStock(this.stock?.units ?? 0, share)));
  }
}

export function tooManyToHold(): DomainError {
  return new DomainError(
    'UNPAID_QUANTITY_TOO_LARGE',
    'So many pieces cannot be held in a cart. Order some of them first, or contact the shop.',
    ['quantity'],
  );
}
