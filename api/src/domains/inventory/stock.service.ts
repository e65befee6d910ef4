import { statement, type Tx, t } from '../../platform/database/database.js';
import { allocate, type Allocation, type Backorder } from './allocate.js';
import { dropBackordered, fillWaiting, holdBackorders, releaseBackorders, roomFor } from './backorders.js';
import { InsufficientStockError } from './inventory.errors.js';
import { byVariants, heldByCarts, heldByOrder, lockStockLevels, soldToOrder } from './lock-stock-levels.js';
import { freeFrom, holdFor, sellTo, type Freed, type Holder } from './reservations.js';
import type { StockLevels } from './stock-levels.js';
import type { StockEvents } from './stock-events.js';
import { shownQuantity } from '../catalog/index.js';
import { Restock, sumOf, takeFrom, partsOf } from './allocations.js';

/*
 * Invariants of stock
 *
 * A stock_movement row is the change itself: only the ledger's trigger writes stock_level, at the end of the inserting
 * statement. A movement without a stock level fails with its statement.
 *
 * Locks, in this order: the request's key; the holder's row (order, cart or hold by SKU), so that what it holds is
 * changed by one transaction at a time; then all stock levels of the variants concerned, in (variant, location) order
 * (lock-stock-levels.ts); last, the product rows of changed labels. Checks are made after the lock, so they agree with
 * what is written; the CHECK on stock_level refuses anything else.
 *
 * Stock levels stay locked until the transaction ends. So a cart's hold that is released and held again for the order
 * in one transaction is never free for another buyer.
 *
 * Three phases of an order: `lock` and `hold` reserve, `sell` turns reservations into sales (and back-orders into due
 * ones), `release` frees what was not sold. After the sale `restockLines` and `dropBackordered` reverse it.
 */

export interface WantedVariant {
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
}

/** Stock levels under lock, with the planned locations of each requested variant. */
export interface LockedStock {
  readonly stockLevels: StockLevels;
  readonly allocations: readonly Allocation[];
  /** Quantities that must be back-ordered. */
  readonly backorders: readonly Backorder[];
  /** Holds of carts that were released for the order, and are held again as far as the order leaves stock. */
  readonly lent: ReadonlyMap<string, readonly Freed[]>;
}

/** A locked cart of the order's own buyer. */
export interface LendingCart {
  readonly id: string;
  /** Whether the cart stays active; otherwise it becomes the order and holds nothing. */
  readonly stays: boolean;
}

export interface LockOptions {
  /** The carts of the buyer: their holds are released first, for this order only. */
  readonly carts?: readonly LendingCart[];
}

export interface StockSettings {
  /** Whether carts hold stock too, or only checkouts. */
  readonly hold: 'checkout' | 'cart';
}

const soldByStockLevel = statement('inventory.sold-by-location', {
  params: { orderId: t.uuid },
  row: { variantId: t.uuid, locationId: t.uuid, quantity: t.int },
  sql: `SELECT variant_id AS "variantId", location_id AS "locationId", -sum(delta_on_hand)::int AS quantity FROM stock_movement
   WHERE order_id = :orderId AND kind IN ('SALE', 'RETURN') GROUP BY variant_id, location_id HAVING sum(delta_on_hand) < 0
   ORDER BY variant_id, location_id`,
});
const putBack = statement('inventory.put-back', {
  params: {
    orderId: t.uuid,
    reason: t.text.orNull,
    actorId: t.uuid.orNull,
    variantIds: t.uuids,
    locationIds: t.uuids,
    quantities: t.ints,
  },
  sql: `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reason, actor_id)
   SELECT new_id(), b.variant_id, b.location_id, b.quantity, 0, 'RETURN', :orderId, :reason, :actorId
   FROM unnest(:variantIds::uuid[], :locationIds::uuid[], :quantities::int[]) AS b(variant_id, location_id, quantity)`,
});

export class StockService {
  constructor(
    private readonly stockEvents: StockEvents,
    private readonly settings: StockSettings,
  ) {}

  /**
   * Locks the stock of these variants until the transaction ends and plans the location of each unit. Missing units are
   * back-ordered where the variant allows it.
   *
   * @throws InsufficientStockError for the first variant that is short; without `carts` nothing was written before it
   */
  async lock(
    tx: Tx,
    wanted: readonly WantedVariant[],
    { carts = [] }: LockOptions = {},
  ): Promise<LockedStock> {
    const quantities = sumOf(wanted);
    // Includes variants with quantity 0: the caller uses their stock levels later, and the lock order is fixed here.
    const ids = [...new Set(wanted.map(({ variantId }) => variantId))];
    const { stockLevels, lent } = await this.lockFor(tx, ids, carts);
    const short = ids.filter((id) => stockLevels.free(id) < (quantities.get(id) ?? 0));
    const room = await roomFor(tx, stockLevels, short);
    const { allocations, backorders, shortages } = allocate(quantities, stockLevels, room);
    const shortage = shortages[0];
    if (shortage) {
      // Buyers, who pass carts, must not learn the exact stock; staff see it in their lists.
      const available = carts.length === 0 ? shortage.available : shownQuantity(shortage.available);
      throw new InsufficientStockError(shortage.variantId, available);
    }
    return { stockLevels, allocations, backorders, lent };
  }

  /** Holds what `lock` planned for an order until `expiresAt`. The order's row must exist. */
  async hold(tx: Tx, stock: LockedStock, orderId: string, expiresAt: Date): Promise<void> {
    await holdFor(tx, order(orderId), { ...stock, expiresAt });
    await holdBackorders(tx, orderId, stock.backorders, stock.stockLevels);
    for (const [cartId, freed] of stock.lent) await holdAgain(tx, cartId, freed, stock.stockLevels);
    await this.stockEvents.publish(tx, stock.stockLevels);
  }

  /** Releases what an unpaid order (or an unpaid edit of an order) still holds; does nothing if it holds nothing. */
  async release(tx: Tx, orderId: string): Promise<void> {
    const stockLevels = await lockStockLevels(tx, heldByOrder, { orderId });
    const variants = stockLevels.variantIds();
    if (variants.length === 0) return;
    await freeFrom(tx, order(orderId), { stockLevels });
    await releaseBackorders(tx, orderId, stockLevels);
    await fillWaiting(tx, stockLevels, variants);
    await this.stockEvents.publish(tx, stockLevels);
  }

  /**
   * Turns an order's reservations into sales and its held back-orders into those that are due, and fills those from stock
   * received meanwhile. Returns how many reservations and back-orders there were.
   */
  async sell(tx: Tx, orderId: string): Promise<number> {
    const stockLevels = await lockStockLevels(tx, heldByOrder, { orderId });
    const sold = await sellTo(tx, order(orderId));
    const backordered = sold.filter((part) => part.backordered).map(({ variantId }) => variantId);
    if (backordered.length > 0) {
      await fillWaiting(tx, stockLevels, backordered);
      await this.stockEvents.publish(tx, stockLevels);
    }
    return sold.length;
  }

  /**
   * Locks the stock levels of a placed order: until the transaction ends no other one fills its back-orders or restocks
   * its goods.
   */
  async lockSold(tx: Tx, orderId: string): Promise<void> {
    await lockStockLevels(tx, soldToOrder, { orderId });
  }

  /**
   * Restocks units of an order at the locations they were sold from, unless they came back already; units that are
   * still back-ordered are released.
   */
  async restock(tx: Tx, { lines, ...because }: Restock): Promise<void> {
    const { orderId } = because;
    const stockLevels = await lockStockLevels(tx, soldToOrder, { orderId });
    if (stockLevels.variantIds().length === 0) return;
    const dropped = await dropBackordered(tx, orderId, null, stockLevels);
    const sold = await tx.rows(soldByStockLevel, { orderId });
    const back = [...sumOf(lines)].flatMap(([variantId, quantity]) =>
      partsOf(sold, variantId, quantity - (dropped.get(variantId) ?? 0)),
    );
    await this.putBack(tx, because, back, stockLevels);
  }

  /**
   * Restocks units of a placed order at the locations they were sold from, for a refund or a return. Back-ordered units
   * were never sold: release them with `dropBackordered`.
   *
   * @throws InvalidInputError when more units of a variant would come back than were sold and have not come back yet
   */
  async restockLines(tx: Tx, { orderId, actorId, reason, lines }: Restock): Promise<void> {
    const wanted = sumOf(lines);
    if (wanted.size === 0) return;
    const stockLevels = await lockStockLevels(tx, byVariants, { variantIds: [...wanted.keys()] });
    const sold = await tx.rows(soldByStockLevel, { orderId });
    const back = [...wanted].flatMap(([variantId, quantity]) => takeFrom(sold, variantId, quantity));
    await this.putBack(tx, { orderId, actorId, reason }, back, stockLevels);
  }

  /**
   * Releases back-ordered units of a placed order: the given quantity of each variant, at most what is back-ordered, or
   * (lines null) all. Returns the released quantity of each variant.
   */
  async dropBackordered(
    tx: Tx,
    { orderId, lines }: { orderId: string; lines: Restock['lines'] | null },
  ): Promise<Map<string, number>> {
    const stockLevels = await lockStockLevels(tx, soldToOrder, { orderId });
    const dropped = await dropBackordered(tx, orderId, lines && sumOf(lines), stockLevels);
    await this.stockEvents.publish(tx, stockLevels);
    return dropped;
  }

  private async lockFor(
    tx: Tx,
    variantIds: readonly string[],
    carts: readonly LendingCart[],
  ): Promise<Pick<LockedStock, 'stockLevels' | 'lent'>> {
    const lent = new Map<string, Freed[]>();
    if (carts.length === 0 || this.settings.hold !== 'cart')
      return { stockLevels: await lockStockLevels(tx, byVariants, { variantIds }), lent };
    const ids = carts.map(({ id }) => id);
    const stockLevels = await lockStockLevels(tx, heldByCarts, { cartIds: ids, variantIds });
    for (const { id, stays } of carts) {
      const freed = await freeFrom(tx, cart(id), { stockLevels, ...(stays && { variantIds }) });
      if (stays) lent.set(id, freed);
    }
    return { stockLevels, lent };
  }

  private async putBack(
    tx: Tx,
    { orderId, actorId, reason }: Omit<Restock, 'lines'>,
    back: readonly Allocation[],
    stockLevels: StockLevels,
  ): Promise<void> {
    if (back.length > 0) {
      await tx.count(putBack, {
        orderId,
        reason,
        actorId,
        variantIds: back.map(({ variantId }) => variantId),
        locationIds: back.map(({ locationId }) => locationId),
        quantities: back.map(({ quantity }) => quantity),
      });
      for (const { variantId, locationId, quantity } of back)
        stockLevels.recordChange(variantId, locationId, quantity);
      await fillWaiting(tx, stockLevels, stockLevels.variantIds());
    }
    await this.stockEvents.publish(tx, stockLevels);
  }
}

function order(id: string): Holder {
  return { kind: 'order', id };
}

function cart(id: string): Holder {
  return { kind: 'cart', id };
}

/** Restores a cart's holds that were released for the order, as far as stock is left, with their former expiry. */
async function holdAgain(
  tx: Tx,
  cartId: string,
  freed: readonly Freed[],
  stockLevels: StockLevels,
): Promise<void> {
  for (const { variantId, quantity, expiresAt } of freed) {
    const allocations = stockLevels.plan(variantId, quantity).map((part) => ({ variantId, ...part }));
    await holdFor(tx, cart(cartId), { allocations, stockLevels, expiresAt });
  }
}
