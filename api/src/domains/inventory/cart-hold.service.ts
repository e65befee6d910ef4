import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import type { Clock } from '../../kernel/clock.js';
import { statement, type Database, type Tx } from '../../platform/database/database.js';
import { allocate } from './allocate.js';
import { fillWaiting, roomFor } from './backorders.js';
import { InsufficientStockError } from './inventory.errors.js';
import { heldByCarts, lockStockLevels } from './lock-stock-levels.js';
import { freeFrom, holdFor, type Holder } from './reservations.js';
import type { StockLevels } from './stock-levels.js';
import type { StockEvents } from './stock-events.js';
import { sumOf, type StockSettings } from './stock.service.js';
import { eachAlone } from '../../platform/jobs/each-alone.js';
import { shownQuantity } from '../catalog/index.js';

/*
 * The law of stock held by carts (STOCK_HOLD=cart)
 *
 * Whoever changes what a cart holds has locked the cart's row; then the shelves, of what the cart holds and of what it
 * wants, in their one order. A hold lasts so many minutes after the last change of the cart's lines. A line that nobody
 * touched is held as far as its goods are still there: losing a hold to the clock is told by the cart's warnings, and only
 * the line just changed is refused when it is short. What may be back-ordered is not held: it is there for the asking.
 */

export interface RequestedUnits {
  readonly variantId: string;
  readonly quantity: number;
}

const heldLines = statement(
  'inventory.cart-holds',
  `SELECT variant_id AS "variantId", sum(quantity)::int AS quantity FROM reservation
   WHERE cart_id = $1 AND status = 'ACTIVE' GROUP BY variant_id`,
);
const prolong = statement(
  'inventory.prolong-cart-holds',
  `UPDATE reservation SET expires_at = $2 WHERE cart_id = $1 AND status = 'ACTIVE'`,
);
const dueCarts = statement(
  'inventory.due-carts',
  `SELECT DISTINCT cart_id AS id FROM reservation WHERE status = 'ACTIVE' AND cart_id IS NOT NULL AND expires_at <= $1 LIMIT 200`,
);
const lockCart = statement('inventory.lock-cart', 'SELECT id FROM cart WHERE id = $1 FOR UPDATE');
const isDue = statement(
  'inventory.cart-is-due',
  `SELECT 1 AS due FROM reservation WHERE cart_id = $1 AND status = 'ACTIVE' AND expires_at <= $2 LIMIT 1`,
);

export class CartHoldService {
  constructor(
    private readonly database: Database,
    private readonly updates: StockEvents,
    private readonly clock: Clock,
    private readonly settings: StockSettings,
  ) {}

  /** Whether carts hold stock in this shop. Nothing here is to be called where they do not. */
  get enabled(): boolean {
    return this.settings.hold === 'cart';
  }

  /**
   * Makes a locked cart hold these lines, at most `most` units of them, for the shop's number of minutes from now.
   *
   * `changed` has the variants that may be refused, with the place of each in the input.
   *
   * @throws InsufficientStockError for a line in `changed` that is short; nothing stays written
   */
  async keep(
    tx: Tx,
    cartId: string,
    {
      lines,
      most,
      changed,
    }: { lines: readonly RequestedUnits[]; most: number; changed: ReadonlyMap<string, readonly string[]> },
  ): Promise<void> {
    const wanted = atMost(most, sumOf(lines));
    const stockLevels = await lockStockLevels(tx, heldByCarts, [cartId], [...wanted.keys()]);
    const rows = await tx.rows<{ variantId: string; quantity: number }>(heldLines, [cartId]);
    const held = new Map(rows.map(({ variantId, quantity }) => [variantId, quantity]));
    const moved = [...new Set([...held.keys(), ...wanted.keys()])].filter(
      (id) => held.get(id) !== wanted.get(id),
    );
    const expiresAt = this.expiry();
    await freeFrom(tx, cart(cartId), { stockLevels, variantIds: moved });
    const allocations = await this.plan(
      tx,
      stockLevels,
      new Map(moved.map((id) => [id, wanted.get(id) ?? 0])),
      changed,
    );
    await holdFor(tx, cart(cartId), { allocations, stockLevels, expiresAt });
    await tx.count(prolong, [cartId, expiresAt]);
    await fillWaiting(tx, stockLevels, moved);
    await this.updates.tell(tx, stockLevels);
  }

  /**
   * Joins two locked carts: what both hold is given back, for nobody but `merge`, which puts the lines together and answers
   * them; then the cart that stays holds them, at most `most` units, as far as the goods are there.
   */
  async join(
    tx: Tx,
    { from, into, most }: { from: string; into: string; most: number },
    merge: () => Promise<readonly RequestedUnits[]>,
  ): Promise<void> {
    const stockLevels = await lockStockLevels(tx, heldByCarts, [from, into], []);
    await freeFrom(tx, cart(from), { stockLevels });
    await freeFrom(tx, cart(into), { stockLevels });
    const allocations = await this.plan(tx, stockLevels, atMost(most, sumOf(await merge())), new Map());
    await holdFor(tx, cart(into), { allocations, stockLevels, expiresAt: this.expiry() });
    await fillWaiting(tx, stockLevels, stockLevels.variantIds());
    await this.updates.tell(tx, stockLevels);
  }

  /** Gives back what carts held past their time. May run twice: each is looked at again under its cart's lock. */
  async expireDue(): Promise<void> {
    const now = this.clock.now();
    const due = await this.database.rows<{ id: string }>(dueCarts, [now]);
    await eachAlone(due, ({ id }) => this.expire(id, now)).finally(() => this.updates.notifyRelay());
  }

  private expire(id: string, now: Date): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.row(lockCart, [id]);
      // A line changed in the meantime has prolonged all of the cart's holds.
      if (!(await tx.row(isDue, [id, now]))) return;
      const stockLevels = await lockStockLevels(tx, heldByCarts, [id], []);
      await freeFrom(
        tx,
        cart(id),
        { stockLevels },
        { reason: AUTOMATIC_REASONS.CART_EXPIRED, actorId: null },
      );
      await fillWaiting(tx, stockLevels, stockLevels.variantIds());
      await this.updates.tell(tx, stockLevels);
    });
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + this.settings.cartHoldMinutes * 60_000);
  }

  private async plan(
    tx: Tx,
    stockLevels: StockLevels,
    wanted: ReadonlyMap<string, number>,
    changed: ReadonlyMap<string, readonly string[]>,
  ): Promise<ReturnType<typeof allocate>['allocations']> {
    const short = [...wanted].filter(([id, quantity]) => stockLevels.free(id) < quantity).map(([id]) => id);
    const { allocations, shortages } = allocate(wanted, stockLevels, await roomFor(tx, stockLevels, short));
    const refused = shortages.find(({ variantId }) => changed.has(variantId));
    if (refused) {
      const at = changed.get(refused.variantId) ?? [];
      throw new InsufficientStockError(refused.variantId, shownQuantity(refused.available), [
        ...at,
        'quantity',
      ]);
    }
    return allocations;
  }
}

/** The first so many units of what is wanted. */
function atMost(most: number, wanted: ReadonlyMap<string, number>): Map<string, number> {
  let left = most;
  return new Map(
    [...wanted].map(([variantId, quantity]) => {
      const held = Math.min(quantity, left);
      left -= held;
      return [variantId, held];
    }),
  );
}

function cart(id: string): Holder {
  return { kind: 'cart', id };
}
