import { newId } from '../../kernel/ids.js';
import { statement, type PositionalStatement, type Tx, t } from '../../platform/database/database.js';
import type { Allocation } from './allocate.js';
import type { StockLevels } from './stock-levels.js';

/** The holder of stock: an order, a cart or a hold by SKU. Its row must be locked before what it holds changes. */
export interface Holder {
  readonly kind: 'order' | 'cart' | 'stock_hold';
  readonly id: string;
}

/** Reason and author, for the stock ledger. */
export interface Because {
  readonly reason: string | null;
  readonly actorId: string | null;
}

const NO_REASON: Because = { reason: null, actorId: null };

const LEDGER = `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reservation_id, reason, actor_id)`;

const byHolder = (
  make: (column: string, order: string) => string,
  name: string,
): Record<Holder['kind'], PositionalStatement> => ({
  order: statement(`inventory.${name}-order`, make('order_id', '$1::uuid')),
  cart: statement(`inventory.${name}-cart`, make('cart_id', 'NULL::uuid')),
  stock_hold: statement(`inventory.${name}-hold`, make('stock_hold_id', 'NULL::uuid')),
});

const holdStock = byHolder(
  (column, order) => `WITH wanted AS (
     SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[]) AS w(id, variant_id, location_id, quantity)
   ), held AS (
     INSERT INTO reservation (id, ${column}, variant_id, location_id, quantity, expires_at)
     SELECT id, $1::uuid, variant_id, location_id, quantity, $2 FROM wanted
   )
   ${LEDGER} SELECT new_id(), variant_id, location_id, 0, quantity, 'RESERVE', ${order}, id, $7, $8::uuid FROM wanted`,
  'hold',
);

// $2: variants, or null for everything that is held.
const freeHeld = byHolder(
  (column, order) => `WITH freed AS (
     UPDATE reservation SET status = 'RELEASED'
     WHERE ${column} = $1::uuid AND status = 'ACTIVE' AND ($2::uuid[] IS NULL OR variant_id = ANY($2))
     RETURNING id, variant_id, location_id, quantity, expires_at
   ), moved AS (
     ${LEDGER} SELECT new_id(), variant_id, location_id, 0, -quantity, 'RELEASE', ${order}, id, $3, $4::uuid FROM freed
   )
   SELECT variant_id AS "variantId", location_id AS "locationId", quantity, expires_at AS "expiresAt" FROM freed`,
  'free',
);

const sellHeld = byHolder(
  (column, order) => `WITH sold AS (
     UPDATE reservation SET status = 'SOLD' WHERE ${column} = $1::uuid AND status = 'ACTIVE'
     RETURNING id, variant_id, location_id, quantity
   ), moved AS (
     ${LEDGER} SELECT new_id(), variant_id, location_id, -quantity, -quantity, 'SALE', ${order}, id, $2, $3::uuid FROM sold
   )${
     column === 'order_id'
       ? `, owed AS (
     UPDATE backorder SET status = 'OWED', decided_at = now() WHERE order_id = $1::uuid AND status = 'HELD' RETURNING variant_id, quantity
   )`
       : ''
   }
   SELECT variant_id AS "variantId", quantity, false AS backordered FROM sold
   ${column === 'order_id' ? 'UNION ALL SELECT variant_id, quantity, true FROM owed' : ''}`,
  'sell',
);

/** Holds the allocations for the holder until `expiresAt`. Requires the lock of the stock levels. */
export async function holdFor(
  tx: Tx,
  holder: Holder,
  {
    allocations,
    stockLevels,
    expiresAt,
  }: { allocations: readonly Allocation[]; stockLevels: StockLevels; expiresAt: Date },
  { reason, actorId }: Because = NO_REASON,
): Promise<void> {
  if (allocations.length === 0) return;
  await tx.count(holdStock[holder.kind], [
    holder.id,
    expiresAt,
    allocations.map(() => newId()),
    allocations.map(({ variantId }) => variantId),
    allocations.map(({ locationId }) => locationId),
    allocations.map(({ quantity }) => quantity),
    reason,
    actorId,
  ]);
  for (const { variantId, locationId, quantity } of allocations)
    stockLevels.recordChange(variantId, locationId, -quantity);
}

/** Released units of a holder, and when their hold would have expired. */
export interface Freed extends Allocation {
  readonly expiresAt: Date;
}

/** Releases what the holder holds: of these variants, or (null) of all. Returns what became free. */
export async function freeFrom(
  tx: Tx,
  holder: Holder,
  { stockLevels, variantIds = null }: { stockLevels: StockLevels; variantIds?: readonly string[] | null },
  { reason, actorId }: Because = NO_REASON,
): Promise<Freed[]> {
  const freed = await tx.rows<Freed & Record<string, unknown>>(freeHeld[holder.kind], [
    holder.id,
    variantIds,
    reason,
    actorId,
  ]);
  for (const { variantId, locationId, quantity } of freed)
    stockLevels.recordChange(variantId, locationId, quantity);
  return freed;
}

export interface Sold {
  readonly variantId: string;
  readonly quantity: number;
  /** True for a back-order that was just made binding. */
  readonly backordered: boolean;
}

/**
 * Turns the holder's reservations into sales, and an order's held back-orders into owed ones. Free stock does not
 * change.
 */
export function sellTo(tx: Tx, holder: Holder, { reason, actorId }: Because = NO_REASON): Promise<Sold[]> {
  return tx.rows<Sold & Record<string, unknown>>(sellHeld[holder.kind], [holder.id, reason, actorId]);
}

const extendHolds = statement('inventory.extend-holds', {
  params: { orderId: t.uuid, expiresAt: t.timestamp },
  sql: `UPDATE reservation SET expires_at = :expiresAt WHERE order_id = :orderId AND status = 'ACTIVE'`,
});

/** Lets what an order holds expire at another time. No stock level changes. Requires the order lock. */
export async function extendHoldsOf(tx: Tx, orderId: string, expiresAt: Date): Promise<void> {
  await tx.count(extendHolds, { orderId, expiresAt });
}
