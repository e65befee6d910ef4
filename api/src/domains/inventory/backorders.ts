import { newId } from '../../kernel/ids.js';
import { statement, type Tx, t, type ValuesOf } from '../../platform/database/database.js';
import { backorderRoom } from '../catalog/index.js';
import type { Allocation, Backorder } from './allocate.js';
import type { StockLevels } from './stock-levels.js';

/*
 * Invariants of back-orders
 *
 * A back-order is HELD while its order is unpaid, OWED once the order is placed, FILLED by received goods, and RELEASED
 * when the order ends. Back-orders of a variant change only under the lock of its stock levels, so the limit holds and
 * no unit is promised twice. No back-order waits while stock is free: every operation that frees units (a delivery, a
 * count, a return, an expired hold) fills the oldest back-orders in the same transaction. A filled unit is a SALE
 * movement of its order.
 */

const openUnits = statement('inventory.open-backorders', {
  params: { continuing: t.uuids },
  row: { variantId: t.uuid, quantity: t.int },
  sql: `SELECT variant_id AS "variantId", sum(quantity)::int AS quantity FROM backorder
   WHERE variant_id = ANY(:continuing::uuid[]) AND status IN ('HELD', 'OWED') GROUP BY variant_id`,
});
const insertHeld = statement('inventory.hold-backorders', {
  params: { orderId: t.uuid, backorders: t.uuids, variantIds: t.uuids, quantities: t.ints },
  sql: `INSERT INTO backorder (id, order_id, variant_id, quantity)
   SELECT b.id, :orderId, b.variant_id, b.quantity FROM unnest(:backorders::uuid[], :variantIds::uuid[], :quantities::int[]) AS b(id, variant_id, quantity)`,
});
const releaseHeld = statement('inventory.release-backorders', {
  params: { orderId: t.uuid },
  row: { variantId: t.uuid },
  sql: `UPDATE backorder SET status = 'RELEASED', decided_at = now() WHERE order_id = :orderId AND status = 'HELD' RETURNING variant_id AS "variantId"`,
});
const WAITING_ROW = {
  id: t.uuid,
  orderId: t.uuid,
  variantId: t.uuid,
  quantity: t.int,
};
type Waiting = ValuesOf<typeof WAITING_ROW>;

const waiting = statement('inventory.waiting', {
  params: { free: t.uuids },
  row: WAITING_ROW,
  sql: `SELECT id, order_id AS "orderId", variant_id AS "variantId", quantity FROM backorder
   WHERE variant_id = ANY(:free::uuid[]) AND status = 'OWED' ORDER BY created_at, id`,
});
// A partly filled back-order is split; the remaining part keeps its place in the queue.
const fill = statement('inventory.fill-backorders', {
  params: {
    filledIds: t.uuids,
    filledQuantities: t.ints,
    orderIds: t.uuids,
    variantIds: t.uuids,
    locationIds: t.uuids,
    quantities: t.ints,
  },
  sql: `WITH part AS (
     SELECT * FROM unnest(:filledIds::uuid[], :filledQuantities::int[]) AS p(id, quantity)
   ), whole AS (
     UPDATE backorder b SET status = 'FILLED', decided_at = now() FROM part p WHERE b.id = p.id AND b.quantity = p.quantity
   ), rest AS (
     UPDATE backorder b SET quantity = b.quantity - p.quantity FROM part p WHERE b.id = p.id AND b.quantity > p.quantity
     RETURNING b.order_id, b.variant_id, b.created_at, p.quantity
   ), filled AS (
     INSERT INTO backorder (id, order_id, variant_id, quantity, status, created_at, decided_at)
     SELECT new_id(), order_id, variant_id, quantity, 'FILLED', created_at, now() FROM rest
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id, reason)
   SELECT new_id(), m.variant_id, m.location_id, -m.quantity, 0, 'SALE', m.order_id, 'Back-order filled'
   FROM unnest(:orderIds::uuid[], :variantIds::uuid[], :locationIds::uuid[], :quantities::int[]) AS m(order_id, variant_id, location_id, quantity)`,
});
const backorderedOnOrder = statement('inventory.backorders-of-order', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, variantId: t.uuid, quantity: t.int },
  sql: `SELECT id, variant_id AS "variantId", quantity FROM backorder WHERE order_id = :orderId AND status = 'OWED' ORDER BY created_at DESC, id DESC`,
});
const drop = statement('inventory.drop-backorder', {
  params: { droppedIds: t.uuids, quantities: t.ints },
  sql: `WITH part AS (
     SELECT * FROM unnest(:droppedIds::uuid[], :quantities::int[]) AS p(id, quantity)
   ), whole AS (
     UPDATE backorder b SET status = 'RELEASED', decided_at = now() FROM part p WHERE b.id = p.id AND b.quantity = p.quantity
   ), rest AS (
     UPDATE backorder b SET quantity = b.quantity - p.quantity FROM part p WHERE b.id = p.id AND b.quantity > p.quantity
     RETURNING b.order_id, b.variant_id, b.created_at, p.quantity
   )
   INSERT INTO backorder (id, order_id, variant_id, quantity, status, created_at, decided_at)
   SELECT new_id(), order_id, variant_id, quantity, 'RELEASED', created_at, now() FROM rest`,
});

/** How many more units of each variant may be back-ordered. One statement, and none if every variant is DENY. */
export async function roomFor(
  tx: Tx,
  stockLevels: StockLevels,
  variantIds: readonly string[],
): Promise<Map<string, number>> {
  const continuing = variantIds.filter((id) => stockLevels.terms(id)?.stockPolicy === 'CONTINUE');
  if (continuing.length === 0) return new Map();
  const rows = await tx.rows(openUnits, { continuing });
  const open = new Map(rows.map(({ variantId, quantity }) => [variantId, quantity]));
  return new Map(
    continuing.map((id) => [
      id,
      backorderRoom('CONTINUE', stockLevels.terms(id)?.backorderLimit ?? null, open.get(id) ?? 0),
    ]),
  );
}

export async function holdBackorders(
  tx: Tx,
  orderId: string,
  backorders: readonly Backorder[],
  stockLevels: StockLevels,
): Promise<void> {
  if (backorders.length === 0) return;
  await tx.count(insertHeld, {
    orderId,
    backorders: backorders.map(() => newId()),
    variantIds: backorders.map(({ variantId }) => variantId),
    quantities: backorders.map(({ quantity }) => quantity),
  });
  for (const { variantId } of backorders) stockLevels.noteBackorders(variantId);
}

/** Releases the back-orders of an unpaid order. */
export async function releaseBackorders(tx: Tx, orderId: string, stockLevels: StockLevels): Promise<void> {
  const released = await tx.rows(releaseHeld, { orderId });
  for (const { variantId } of released) stockLevels.noteBackorders(variantId);
}

/** Fills the waiting back-orders of these variants from free stock, oldest first. */
export async function fillWaiting(
  tx: Tx,
  stockLevels: StockLevels,
  variantIds: readonly string[],
): Promise<void> {
  const free = variantIds.filter((id) => stockLevels.free(id) > 0);
  if (free.length === 0) return;
  const filled: { backorder: Waiting; quantity: number }[] = [];
  const sales: (Allocation & { orderId: string })[] = [];
  for (const backorder of await tx.rows(waiting, { free })) {
    const { variantId, orderId } = backorder;
    const taken = stockLevels.plan(variantId, backorder.quantity);
    const quantity = taken.reduce((sum, part) => sum + part.quantity, 0);
    if (quantity === 0) continue;
    filled.push({ backorder, quantity });
    for (const part of taken) {
      sales.push({ orderId, variantId, ...part });
      stockLevels.recordChange(variantId, part.locationId, -part.quantity);
    }
    stockLevels.noteBackorders(variantId);
  }
  if (filled.length === 0) return;
  await tx.count(fill, {
    filledIds: filled.map(({ backorder }) => backorder.id),
    filledQuantities: filled.map(({ quantity }) => quantity),
    orderIds: sales.map(({ orderId }) => orderId),
    variantIds: sales.map(({ variantId }) => variantId),
    locationIds: sales.map(({ locationId }) => locationId),
    quantities: sales.map(({ quantity }) => quantity),
  });
}

/**
 * Releases back-orders of a placed order: the given quantity of each variant, or (null) all of them, newest first.
 * Returns the released quantity of each variant.
 */
export async function dropBackordered(
  tx: Tx,
  orderId: string,
  wanted: ReadonlyMap<string, number> | null,
  stockLevels: StockLevels,
): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  const dropped: { id: string; quantity: number }[] = [];
  for (const { id, variantId, quantity } of await tx.rows(backorderedOnOrder, { orderId })) {
    const done = units.get(variantId) ?? 0;
    const left = wanted ? Math.min(quantity, (wanted.get(variantId) ?? 0) - done) : quantity;
    if (left <= 0) continue;
    dropped.push({ id, quantity: left });
    units.set(variantId, done + left);
    stockLevels.noteBackorders(variantId);
  }
  if (dropped.length > 0)
    await tx.count(drop, {
      droppedIds: dropped.map(({ id }) => id),
      quantities: dropped.map(({ quantity }) => quantity),
    });
  return units;
}
