import { newId } from '../../kernel/ids.js';
import { statement, type Tx } from '../../platform/database/database.js';
import { availabilityOf, refreshListCards } from '../catalog/index.js';
import { allocate, type Allocation, type Shelf } from './allocate.js';
import { InsufficientStockError } from './inventory.errors.js';

/*
 * The law of stock
 *
 * A stock_movement row is the change: the ledger's trigger alone writes stock_level, at the end of the statement that
 * inserts it. A movement for a shelf that is not there fails with its statement.
 * Locks: the caller holds its cart or order row first; then stock rows are locked in (variant, location) order, always by
 * one of the two FOR UPDATE statements below. So two checkouts of the same things meet at the first common row, and one
 * waits. What is checked after the lock is what is written: the CHECK on stock_level would refuse anything else.
 */

export interface WantedVariant {
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
}

const lockShelves = statement(
  'inventory.lock-shelves',
  `SELECT s.variant_id AS "variantId", s.location_id AS "locationId", s.on_hand - s.reserved AS available, l.priority
   FROM stock_level s JOIN stock_location l ON l.id = s.location_id
   WHERE s.variant_id = ANY($1::uuid[]) AND l.active
   ORDER BY s.variant_id, s.location_id
   FOR UPDATE OF s`,
);

const holdStock = statement(
  'inventory.hold',
  `WITH wanted AS (
     SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[]) AS w(id, variant_id, location_id, quantity)
   ), held AS (
     INSERT INTO reservation (id, order_id, variant_id, location_id, quantity, expires_at)
     SELECT id, $1, variant_id, location_id, quantity, $2 FROM wanted
     RETURNING id
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reservation_id)
   SELECT new_id(), variant_id, location_id, 0, quantity, 'RESERVE', $1, id FROM wanted`,
);

const lockHeldShelves = statement(
  'inventory.lock-held',
  `SELECT s.variant_id AS "variantId", s.on_hand - s.reserved AS available, r.quantity
   FROM reservation r JOIN stock_level s ON s.variant_id = r.variant_id AND s.location_id = r.location_id
   WHERE r.order_id = $1 AND r.state = 'ACTIVE'
   ORDER BY s.variant_id, s.location_id
   FOR UPDATE OF r, s`,
);

const releaseHeld = statement(
  'inventory.release',
  `WITH freed AS (
     UPDATE reservation SET state = 'RELEASED' WHERE order_id = $1 AND state = 'ACTIVE'
     RETURNING id, variant_id, location_id, quantity
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reservation_id)
   SELECT new_id(), variant_id, location_id, 0, -quantity, 'RELEASE', $1, id FROM freed`,
);

const sellHeld = statement(
  'inventory.sell',
  `WITH sold AS (
     UPDATE reservation SET state = 'SOLD' WHERE order_id = $1 AND state = 'ACTIVE'
     RETURNING id, variant_id, location_id, quantity
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reservation_id)
   SELECT new_id(), variant_id, location_id, -quantity, -quantity, 'SALE', $1, id FROM sold`,
);

const lockSoldShelves = statement(
  'inventory.lock-sold',
  `SELECT s.variant_id AS "variantId"
   FROM reservation r JOIN stock_level s ON s.variant_id = r.variant_id AND s.location_id = r.location_id
   WHERE r.order_id = $1 AND r.state = 'SOLD'
   ORDER BY s.variant_id, s.location_id
   FOR UPDATE OF r, s`,
);

const restockSold = statement(
  'inventory.restock',
  `WITH back AS (
     SELECT id, variant_id, location_id, quantity FROM reservation r WHERE order_id = $1 AND state = 'SOLD'
       AND NOT EXISTS (SELECT 1 FROM stock_movement m WHERE m.reservation_id = r.id AND m.kind = 'RETURN')
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reservation_id, actor_id)
   SELECT new_id(), variant_id, location_id, quantity, 0, 'RETURN', $1, id, $2 FROM back`,
);

const productsOf = statement(
  'inventory.products-of',
  'SELECT DISTINCT product_id AS "productId" FROM variant WHERE id = ANY($1::uuid[])',
);

export class StockService {
  /**
   * Locks the stock of these variants until the transaction ends and says where each would come from.
   *
   * @throws InsufficientStockError for the first variant that is short; nothing was written
   */
  async lock(tx: Tx, wanted: readonly WantedVariant[]): Promise<LockedStock> {
    const shelves = await tx.rows<Shelf & { priority: number }>(lockShelves, [
      wanted.map(({ variantId }) => variantId),
    ]);
    // Locked in one order for all, but used by priority.
    shelves.sort((a, b) => b.priority - a.priority);
    const quantities = new Map(wanted.map(({ variantId, quantity }) => [variantId, quantity]));
    const { allocations, shortages } = allocate(quantities, shelves);
    const shortage = shortages[0];
    if (shortage) throw new InsufficientStockError(shortage.variantId, shortage.available, ['lines']);
    return { wanted, shelves, allocations };
  }

  /** Holds what `lock` found for an order, until `expiresAt`. The order's row must exist. */
  async hold(tx: Tx, stock: LockedStock, orderId: string, expiresAt: Date): Promise<void> {
    const { allocations } = stock;
    await tx.count(holdStock, [
      orderId,
      expiresAt,
      allocations.map(() => newId()),
      allocations.map(({ variantId }) => variantId),
      allocations.map(({ locationId }) => locationId),
      allocations.map(({ quantity }) => quantity),
    ]);
    const relabelled = stock.wanted.filter((line) => labelChanges(stock.shelves, line));
    if (relabelled.length > 0)
      await refreshListCards(tx, [...new Set(relabelled.map(({ productId }) => productId))]);
  }

  /** Gives back what an order still holds; harmless when it holds nothing. */
  async release(tx: Tx, orderId: string): Promise<void> {
    const held = await tx.rows<{ variantId: string }>(lockHeldShelves, [orderId]);
    if (held.length === 0) return;
    await tx.count(releaseHeld, [orderId]);
    await this.refreshProducts(tx, held);
  }

  /**
   * Turns what an order holds into sold goods. What is free to others does not change by this, so no label can.
   * Answers how many holds were sold.
   */
  async sell(tx: Tx, orderId: string): Promise<number> {
    await tx.rows(lockHeldShelves, [orderId]);
    return tx.count(sellHeld, [orderId]);
  }

  /** Puts an order's sold goods back on the shelves they came from, once. */
  async restock(tx: Tx, orderId: string, actorId: string | null): Promise<void> {
    const sold = await tx.rows<{ variantId: string }>(lockSoldShelves, [orderId]);
    if (sold.length === 0) return;
    await tx.count(restockSold, [orderId, actorId]);
    await this.refreshProducts(tx, sold);
  }

  private async refreshProducts(tx: Tx, rows: readonly { variantId: string }[]): Promise<void> {
    const products = await tx.rows<{ productId: string }>(productsOf, [
      rows.map(({ variantId }) => variantId),
    ]);
    await refreshListCards(
      tx,
      products.map(({ productId }) => productId),
    );
  }
}

/** Stock rows under lock, with where each wanted variant would come from. */
export interface LockedStock {
  readonly wanted: readonly WantedVariant[];
  readonly shelves: readonly Shelf[];
  readonly allocations: readonly Allocation[];
}

function labelChanges(shelves: readonly Shelf[], { variantId, quantity }: WantedVariant): boolean {
  const before = shelves.reduce(
    (sum, shelf) => sum + (shelf.variantId === variantId ? shelf.available : 0),
    0,
  );
  return availabilityOf(before) !== availabilityOf(before - quantity);
}
