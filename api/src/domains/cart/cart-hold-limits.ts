import { createHmac } from 'node:crypto';
import { DomainError } from '../../kernel/errors.js';
import { statement, type Database, type Tx } from '../../platform/database/database.js';

/*
 * What carts may hold (STOCK_HOLD=cart)
 *
 * There a cart takes stock from others before anybody has said who they are, so a cart and a network have the limits that
 * unpaid orders have. The caller has locked the cart's row; then comes the network's lock, then the stock levels: always in
 * this order. The network's lock is held to the end of the transaction, so that carts filled side by side see each other.
 */

export interface CartHoldAllowance {
  /** Units in any case. */
  readonly units: number;
  /** Units as a share of what the shop has in stock, 0 to 1; counts when it is more. */
  readonly share: number;
}

export interface CartHoldLimitsParts {
  readonly database: Database;
  readonly cart: CartHoldAllowance;
  /** Its units count beyond the first `freeUnits` of each cart. */
  readonly network: CartHoldAllowance;
  readonly freeUnits: number;
  /** Keys the hash under which networks are stored. */
  readonly secret: string;
}

/** Units on hand of everything may be so old when shares of it are weighed. */
const STOCK_KNOWN_FOR_MS = 60_000;

const shopStock = statement(
  'cart.shop-stock',
  'SELECT coalesce(sum(on_hand), 0)::bigint AS units FROM stock_level',
);
const lockNetwork = statement(
  'cart.lock-network',
  `SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 7241))`,
);
const noteNetwork = statement(
  'cart.note-network',
  'UPDATE cart SET network = $2 WHERE id = $1 AND network IS DISTINCT FROM $2',
);
const heldByOthers = statement(
  'cart.held-by-network',
  `SELECT coalesce(sum(greatest(0, held.units - $3::int)), 0)::int AS units FROM (
     SELECT sum(r.quantity) AS units FROM cart c JOIN reservation r ON r.cart_id = c.id AND r.state = 'ACTIVE'
     WHERE c.network = $2 AND c.status = 'ACTIVE' AND c.id <> $1 GROUP BY c.id) held`,
);

export class CartHoldLimits {
  private stock: { readonly units: number; readonly at: number } | null = null;

  constructor(private readonly parts: CartHoldLimitsParts) {}

  /** Fills the memory of the shop's stock. Before a transaction, never inside: it asks over another connection. */
  async prepare(): Promise<void> {
    if (this.stock && Date.now() - this.stock.at < STOCK_KNOWN_FOR_MS) return;
    const row = await this.parts.database.row<{ units: number }>(shopStock);
    this.stock = { units: row?.units ?? 0, at: Date.now() };
  }

  /** @throws DomainError UNPAID_QUANTITY_TOO_LARGE: the cart, or its network, would hold more than it may */
  async assert(tx: Tx, cartId: string, units: number, network: string | undefined): Promise<void> {
    const { cart, network: allowance, freeUnits, secret } = this.parts;
    if (units > this.mostOf(cart)) throw tooMany();
    if (!network) return;
    const hash = createHmac('sha256', secret).update('cart-network').update(network).digest();
    await tx.rows(lockNetwork, [hash]);
    await tx.count(noteNetwork, [cartId, hash]);
    const others = await tx.row<{ units: number }>(heldByOthers, [cartId, hash, freeUnits]);
    if ((others?.units ?? 0) + Math.max(0, units - freeUnits) > this.mostOf(allowance)) throw tooMany();
  }

  private mostOf({ units, share }: CartHoldAllowance): number {
    return Math.max(units, Math.floor(share * (this.stock?.units ?? 0)));
  }
}

function tooMany(): DomainError {
  return new DomainError(
    'UNPAID_QUANTITY_TOO_LARGE',
    'So many pieces cannot be held in a cart. Order some of them first, or contact the shop.',
    ['quantity'],
  );
}
