import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import type { Clock } from '../../../kernel/clock.js';
import { statement, type Database, type Tx, t, type ValuesOf } from '../../../platform/database/database.js';
import { allocate } from '../allocate.js';
import { fillWaiting, roomFor } from '../backorders.js';
import { InsufficientStockError } from '../inventory.errors.js';
import { heldByCarts, lockStockLevels } from '../lock-stock-levels.js';
import { freeFrom, holdFor, type Holder } from '../reservations.js';
import type { StockLevels } from '../stock-levels.js';
import type { StockEvents } from '../stock-events.js';
import { sumOf } from '../allocations.js';
import { type StockSettings } from '../stock.service.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { shownQuantity } from '../../catalog/index.js';
import { holdsGroup, type SettingsService } from '../../store/index.js';

const REQUESTED_UNITS_ROW = {
  variantId: t.uuid,
  quantity: t.int,
};
export type RequestedUnits = ValuesOf<typeof REQUESTED_UNITS_ROW>;

/*
 * Invariants of stock held by carts (STOCK_HOLD=cart)
 *
 * The caller has locked the cart's row; this service then locks the stock levels of what the cart holds and of its
 * lines, in the global lock order. A hold ends a configured number of minutes after the last change of the cart's
 * lines. Lines that did not change are held as far as stock allows: the cart's warnings report an expired hold, and
 * only the changed line is refused when stock is short. Quantities that can be back-ordered are not held.
 *
 * Above the number that buyers are told exactly, a cart accepts what the cart's own check allows (`roughQuantity`) and
 * holds what there is of it, so that no answer tells the exact stock; the checkout decides. What remains is what any
 * hold shows: units that one buyer holds are missing for others. The limits on holds bound how many these can be.
 */
const heldLines = statement('inventory.cart-holds', {
  params: { cartId: t.uuid },
  row: REQUESTED_UNITS_ROW,
  sql: `SELECT variant_id AS "variantId", sum(quantity)::int AS quantity FROM reservation
   WHERE cart_id = :cartId AND status = 'ACTIVE' GROUP BY variant_id`,
});
const prolong = statement('inventory.prolong-cart-holds', {
  params: { cartId: t.uuid, expiresAt: t.timestamp },
  sql: `UPDATE reservation SET expires_at = :expiresAt WHERE cart_id = :cartId AND status = 'ACTIVE'`,
});
const dueCarts = statement('inventory.due-carts', {
  params: { expiresAt: t.timestamp },
  row: { id: t.uuid },
  sql: `SELECT DISTINCT cart_id AS id FROM reservation WHERE status = 'ACTIVE' AND cart_id IS NOT NULL AND expires_at <= :expiresAt LIMIT 200`,
});
const lockCart = statement('inventory.lock-cart', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT id FROM cart WHERE id = :id FOR UPDATE',
});
const isDue = statement('inventory.cart-is-due', {
  params: { cartId: t.uuid, expiresAt: t.timestamp },
  row: { due: t.int },
  sql: `SELECT 1 AS due FROM reservation WHERE cart_id = :cartId AND status = 'ACTIVE' AND expires_at <= :expiresAt LIMIT 1`,
});

interface CartHoldDeps extends StockSettings {
  readonly database: Database;
  readonly clock: Clock;
  /** The settings that staff keep. */
  readonly settings: SettingsService;
}

export class CartHoldService {
  private readonly database: Database;
  private readonly clock: Clock;

  constructor(
    private readonly deps: CartHoldDeps,
    private readonly stockEvents: StockEvents,
  ) {
    this.database = deps.database;
    this.clock = deps.clock;
  }

  /** Whether carts hold stock in this shop. If false, no other method may be called. */
  get enabled(): boolean {
    return this.deps.hold === 'cart';
  }

  /**
   * Holds these lines for a locked cart, at most `most` units, for the configured number of minutes from now.
   *
   * `changed` contains the variants that may be refused, with the position of each in the input.
   *
   * @throws InsufficientStockError for a line in `changed` that is short, while buyers may see how many there are; nothing
   *   is written
   */
  async holdLines(
    tx: Tx,
    cartId: string,
    {
      lines,
      most,
      changed,
    }: { lines: readonly RequestedUnits[]; most: number; changed: ReadonlyMap<string, readonly string[]> },
  ): Promise<void> {
    const wanted = atMost(most, sumOf(lines));
    const stockLevels = await lockStockLevels(tx, heldByCarts, {
      cartIds: [cartId],
      variantIds: [...wanted.keys()],
    });
    const rows = await tx.rows(heldLines, { cartId });
    const held = new Map(rows.map(({ variantId, quantity }) => [variantId, quantity]));
    const moved = [...new Set([...held.keys(), ...wanted.keys()])].filter(
      (id) => held.get(id) !== wanted.get(id),
    );
    const expiresAt = await this.expiry(tx);
    await freeFrom(tx, cart(cartId), { stockLevels, variantIds: moved });
    const allocations = await this.plan(
      tx,
      stockLevels,
      new Map(moved.map((id) => [id, wanted.get(id) ?? 0])),
      changed,
    );
    await holdFor(tx, cart(cartId), { allocations, stockLevels, expiresAt });
    await tx.count(prolong, { cartId, expiresAt });
    await fillWaiting(tx, stockLevels, moved);
    await this.stockEvents.publish(tx, stockLevels);
  }

  /**
   * Merges the holds of two locked carts. Releases what both hold inside this transaction, calls `merge`, which merges
   * and returns the lines, and then holds them for the remaining cart, at most `most` units, as far as stock allows.
   */
  async mergeHolds(
    tx: Tx,
    { from, into, most }: { from: string; into: string; most: number },
    merge: () => Promise<readonly RequestedUnits[]>,
  ): Promise<void> {
    const stockLevels = await lockStockLevels(tx, heldByCarts, { cartIds: [from, into], variantIds: [] });
    await freeFrom(tx, cart(from), { stockLevels });
    await freeFrom(tx, cart(into), { stockLevels });
    const allocations = await this.plan(tx, stockLevels, atMost(most, sumOf(await merge())), new Map());
    await holdFor(tx, cart(into), { allocations, stockLevels, expiresAt: await this.expiry(tx) });
    await fillWaiting(tx, stockLevels, stockLevels.variantIds());
    await this.stockEvents.publish(tx, stockLevels);
  }

  /** Releases expired holds of carts. May run twice: each hold is checked again under the lock of its cart. */
  async expireDue(): Promise<void> {
    const now = this.clock.now();
    const due = await this.database.rows(dueCarts, { expiresAt: now });
    await eachAlone(due, ({ id }) => this.expire(id, now)).finally(() => this.stockEvents.notifyRelay());
  }

  private expire(id: string, now: Date): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.row(lockCart, { id });
      // A change of a line in the meantime has extended all holds of the cart.
      if (!(await tx.row(isDue, { cartId: id, expiresAt: now }))) return;
      const stockLevels = await lockStockLevels(tx, heldByCarts, { cartIds: [id], variantIds: [] });
      await freeFrom(
        tx,
        cart(id),
        { stockLevels },
        { reason: AUTOMATIC_REASONS.CART_EXPIRED, actorId: null },
      );
      await fillWaiting(tx, stockLevels, stockLevels.variantIds());
      await this.stockEvents.publish(tx, stockLevels);
    });
  }

  private async expiry(tx: Tx): Promise<Date> {
    const { cartMinutes } = await this.deps.settings.within(tx, holdsGroup);
    return new Date(this.clock.now().getTime() + cartMinutes * 60_000);
  }

  private async plan(
    tx: Tx,
    stockLevels: StockLevels,
    wanted: ReadonlyMap<string, number>,
    changed: ReadonlyMap<string, readonly string[]>,
  ): Promise<ReturnType<typeof allocate>['allocations']> {
    const short = [...wanted].filter(([id, quantity]) => stockLevels.free(id) < quantity).map(([id]) => id);
    const { allocations, shortages } = allocate(wanted, stockLevels, await roomFor(tx, stockLevels, short));
    for (const { variantId, available } of shortages) {
      const at = changed.get(variantId);
      // A number that buyers are not told refuses nothing here, or anybody could find it out by halving.
      const shown = shownQuantity(available);
      if (at && shown !== null) throw new InsufficientStockError(variantId, shown, [...at, 'quantity']);
    }
    return allocations;
  }
}

/** The first `most` units of the requested quantities. */
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
