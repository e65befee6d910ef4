import { newId } from '../../kernel/ids.js';
import { statement, type Tx, t } from '../../platform/database/database.js';
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

interface HolderColumn {
  /** The end of the names of its statements. */
  readonly name: 'order' | 'cart' | 'hold';
  /** The column of `reservation` with the holder's id, the parameter `:holderId`. */
  readonly column: string;
  /** The order that its movements belong to, in SQL. */
  readonly order: string;
}

const byHolder = <S>(declare: (holder: HolderColumn) => S): Record<Holder['kind'], S> => ({
  order: declare({ name: 'order', column: 'order_id', order: ':holderId::uuid' }),
  cart: declare({ name: 'cart', column: 'cart_id', order: 'NULL::uuid' }),
  stock_hold: declare({ name: 'hold', column: 'stock_hold_id', order: 'NULL::uuid' }),
});

const BECAUSE = { reason: t.text.orNull, actorId: t.uuid.orNull };

const holdStock = byHolder(({ name, column, order }) =>
  statement(`inventory.hold-${name}`, {
    params: {
      holderId: t.uuid,
      expiresAt: t.timestamp,
      ids: t.uuids,
      variantIds: t.uuids,
      locationIds: t.uuids,
      quantities: t.ints,
      ...BECAUSE,
    },
    sql: `WITH wanted AS (
     SELECT * FROM unnest(:ids::uuid[], :variantIds::uuid[], :locationIds::uuid[], :quantities::int[]) AS w(id, variant_id, location_id, quantity)
   ), held AS (
     INSERT INTO reservation (id, ${column}, variant_id, location_id, quantity, expires_at)
     SELECT id, :holderId::uuid, variant_id, location_id, quantity, :expiresAt FROM wanted
   )
   ${LEDGER} SELECT new_id(), variant_id, location_id, 0, quantity, 'RESERVE', ${order}, id, :reason, :actorId::uuid FROM wanted`,
  }),
);

// `variantIds`: null for everything that is held.
const freeHeld = byHolder(({ name, column, order }) =>
  statement(`inventory.free-${name}`, {
    params: { holderId: t.uuid, variantIds: t.uuids.orNull, ...BECAUSE },
    row: { variantId: t.uuid, locationId: t.uuid, quantity: t.int, expiresAt: t.timestamp },
    sql: `WITH freed AS (
     UPDATE reservation SET status = 'RELEASED'
     WHERE ${column} = :holderId::uuid AND status = 'ACTIVE' AND (:variantIds::uuid[] IS NULL OR variant_id = ANY(:variantIds))
     RETURNING id, variant_id, location_id, quantity, expires_at
   ), moved AS (
     ${LEDGER} SELECT new_id(), variant_id, location_id, 0, -quantity, 'RELEASE', ${order}, id, :reason, :actorId::uuid FROM freed
   )
   SELECT variant_id AS "variantId", location_id AS "locationId", quantity, expires_at AS "expiresAt" FROM freed`,
  }),
);

const sellHeld = byHolder(({ name, column, order }) =>
  statement(`inventory.sell-${name}`, {
    params: { holderId: t.uuid, ...BECAUSE },
    row: { variantId: t.uuid, quantity: t.int, backordered: t.boolean },
    sql: `WITH sold AS (
     UPDATE reservation SET status = 'SOLD' WHERE ${column} = :holderId::uuid AND status = 'ACTIVE'
     RETURNING id, variant_id, location_id, quantity
   ), moved AS (
     ${LEDGER} SELECT new_id(), variant_id, location_id, -quantity, -quantity, 'SALE', ${order}, id, :reason, :actorId::uuid FROM sold
   )${
     name === 'order'
       ? `, binding AS (
     UPDATE backorder SET status = 'OWED', decided_at = now() WHERE order_id = :holderId::uuid AND status = 'HELD' RETURNING variant_id, quantity
   )`
       : ''
   }
   SELECT variant_id AS "variantId", quantity, false AS backordered FROM sold
   ${name === 'order' ? 'UNION ALL SELECT variant_id, quantity, true FROM binding' : ''}`,
  }),
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
  await tx.count(holdStock[holder.kind], {
    holderId: holder.id,
    expiresAt,
    ids: allocations.map(() => newId()),
    variantIds: allocations.map(({ variantId }) => variantId),
    locationIds: allocations.map(({ locationId }) => locationId),
    quantities: allocations.map(({ quantity }) => quantity),
    reason,
    actorId,
  });
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
  const freed = await tx.rows(freeHeld[holder.kind], { holderId: holder.id, variantIds, reason, actorId });
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
 * Turns the holder's reservations into sales, and an order's held back-orders into binding ones. Free stock does not
 * change.
 */
export function sellTo(tx: Tx, holder: Holder, { reason, actorId }: Because = NO_REASON): Promise<Sold[]> {
  return tx.rows(sellHeld[holder.kind], { holderId: holder.id, reason, actorId });
}

const extendHolds = statement('inventory.extend-holds', {
  params: { orderId: t.uuid, expiresAt: t.timestamp },
  sql: `UPDATE reservation SET expires_at = :expiresAt WHERE order_id = :orderId AND status = 'ACTIVE'`,
});

/** Lets what an order holds expire at another time. No stock level changes. Requires the order lock. */
export async function extendHoldsOf(tx: Tx, orderId: string, expiresAt: Date): Promise<void> {
  await tx.count(extendHolds, { orderId, expiresAt });
}
