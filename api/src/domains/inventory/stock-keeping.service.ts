import { newId } from '../../kernel/ids.js';
import { InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { statement, type Database, type Tx, t } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { MAIN_LOCATION } from '../catalog/index.js';
import { fillWaiting } from './backorders.js';
import { changedSince } from '../long-jobs/index.js';
import { InsufficientStockError, StaleQuantityError } from './inventory.errors.js';
import { byVariants, lockStockLevels } from './lock-stock-levels.js';
import type { StockLevels } from './stock-levels.js';
import type { StockEvents } from './stock-events.js';
import { MOST } from './stock.input.js';

/*
 * Invariants of stock adjustments
 *
 * One transaction for each call: the request's key (a repeat waits for the first and then does nothing), the lock of
 * the variant's stock levels, then movements, back-orders that can be filled now, labels and events. `set` compares
 * with the quantity that the caller saw, and `transfer` moves only free units: held units stay at the location where
 * their order expects them.
 */

interface StockAdjustment {
  readonly variantId: string;
  readonly quantity: number;
  /** Written to the stock ledger. */
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface StockSetRequest extends StockAdjustment {
  /** Null for the main location. */
  readonly locationId: string | null;
  /** The quantity on hand that the caller saw. */
  readonly changeFromQuantity: number;
}

export interface StockReceiveRequest extends StockAdjustment {
  readonly locationId: string;
}

export interface StockTransferRequest extends StockAdjustment {
  readonly fromLocationId: string;
  readonly toLocationId: string;
}

/** One variant of several whose stock is adjusted at once. */
export interface ManyAdjustment extends Omit<StockAdjustment, 'idempotencyKey'> {
  readonly locationId: string;
  /** SET: what is on hand afterwards. ADD: what is added, or taken away where it is negative. */
  readonly mode: 'SET' | 'ADD';
}

/** What an adjustment was, and how many movements the variant had at the location after it: with more, something happened since. */
export interface AdjustedStock {
  readonly change: number;
  readonly movements: number;
}

interface Movement {
  readonly locationId: string;
  readonly change: number;
  readonly kind: 'RECEIVE' | 'ADJUST' | 'TRANSFER';
  readonly transferId?: string;
}

const ensureStockLevels = statement('inventory.ensure-stock-levels', {
  params: { variantId: t.uuid, placeIds: t.uuids },
  row: { isVariant: t.boolean, places: t.texts },
  sql: `WITH fresh AS (
     INSERT INTO stock_level (variant_id, location_id)
     SELECT v.id, l.id FROM variant v, stock_location l WHERE v.id = :variantId AND v.deleted_at IS NULL AND l.id = ANY(:placeIds::uuid[])
     ON CONFLICT DO NOTHING
   )
   SELECT EXISTS (SELECT 1 FROM variant WHERE id = :variantId AND deleted_at IS NULL) AS "isVariant",
     ARRAY(SELECT id::text FROM stock_location WHERE id = ANY(:placeIds::uuid[])) AS places`,
});
const countMovements = statement('inventory.count-movements-at', {
  params: { variantId: t.uuid, locationId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM stock_movement WHERE variant_id = :variantId AND location_id = :locationId',
});
const writeMovements = statement('inventory.write-movements', {
  params: {
    variantId: t.uuid,
    reason: t.text,
    actorId: t.uuid,
    ids: t.uuids,
    locationIds: t.uuids,
    changes: t.ints,
    kinds: t.texts,
    transferIds: t.uuidsOrNulls,
  },
  sql: `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, reason, actor_id, transfer_id)
   SELECT m.id, :variantId, m.location_id, m.change, 0, m.kind, :reason, :actorId, m.transfer_id
   FROM unnest(:ids::uuid[], :locationIds::uuid[], :changes::int[], :kinds::text[], :transferIds::uuid[]) AS m(id, location_id, change, kind, transfer_id)`,
});

export class StockKeepingService {
  constructor(
    private readonly database: Database,
    private readonly keys: RequestKeys,
    private readonly stockEvents: StockEvents,
  ) {}

  /**
   * Sets the quantity on hand at a location if it is still the quantity that the caller saw (compare and set).
   *
   * @throws StaleQuantityError the stock changed in the meantime
   * @throws InvalidInputError fewer than are held there
   */
  async set(request: StockSetRequest): Promise<void> {
    const locationId = request.locationId ?? MAIN_LOCATION;
    await this.adjust('stockSet', request, [['locationId', locationId]], async (tx, stockLevels) => {
      const stockLevel = stockLevels.row(request.variantId, locationId);
      const onHand = stockLevel?.onHand ?? 0;
      const held = onHand - (stockLevel?.available ?? 0);
      if (onHand !== request.changeFromQuantity) throw new StaleQuantityError(onHand);
      if (request.quantity < held) {
        throw new InvalidInputError(`${held} are held for open orders.`, ['quantity']);
      }
      const change = request.quantity - onHand;
      if (change !== 0) await this.write(tx, request, stockLevels, [{ locationId, change, kind: 'ADJUST' }]);
    });
  }

  /** Receives a delivery; waiting back-orders of the variant are filled from it first. */
  async receive(request: StockReceiveRequest): Promise<void> {
    const { locationId, quantity } = request;
    await this.adjust('stockReceive', request, [['locationId', locationId]], (tx, stockLevels) =>
      this.write(tx, request, stockLevels, [{ locationId, change: quantity, kind: 'RECEIVE' }]),
    );
  }

  /**
   * Moves free units between locations. @throws InsufficientStockError | InvalidInputError if both locations are the
   * same
   */
  async transfer(request: StockTransferRequest): Promise<void> {
    const { fromLocationId, toLocationId, quantity, variantId } = request;
    if (fromLocationId === toLocationId) {
      throw new InvalidInputError('Both locations are the same.', ['toLocationId']);
    }
    const places: Places = [
      ['fromLocationId', fromLocationId],
      ['toLocationId', toLocationId],
    ];
    await this.adjust('stockTransfer', request, places, (tx, stockLevels) => {
      const free = stockLevels.freeAt(variantId, fromLocationId);
      if (free < quantity) throw new InsufficientStockError(variantId, free, ['quantity']);
      const transferId = newId();
      return this.write(tx, request, stockLevels, [
        { locationId: fromLocationId, change: -quantity, kind: 'TRANSFER', transferId },
        { locationId: toLocationId, change: quantity, kind: 'TRANSFER', transferId },
      ]);
    });
  }

  /**
   * Sets or adds to what is on hand of one variant at a location, as a step of a job: without a key, in this transaction,
   * which locks the stock levels of the variant first. Returns what `takeBack` needs to know; null when nothing changes.
   *
   * @throws InsufficientStockError fewer are free there than it would take away
   * @throws InvalidInputError there would be more than 1,000,000
   * @throws NotFoundError the variant or the location is gone
   */
  async adjustIn(tx: Tx, request: ManyAdjustment): Promise<AdjustedStock | null> {
    const { variantId, locationId, quantity, mode } = request;
    await this.ensure(tx, variantId, [['locationId', locationId]]);
    const stockLevels = await lockStockLevels(tx, byVariants, { variantIds: [variantId] });
    const onHand = stockLevels.row(variantId, locationId)?.onHand ?? 0;
    const change = mode === 'SET' ? quantity - onHand : quantity;
    if (change === 0) return null;
    if (onHand + change > MOST) throw new InvalidInputError('At most 1,000,000.', ['quantity']);
    assertFree(stockLevels, { variantId, locationId, change });
    await this.write(tx, request, stockLevels, [{ locationId, change, kind: 'ADJUST' }]);
    return { change, movements: await movementsOf(tx, variantId, locationId) };
  }

  /**
   * Takes an adjustment back by the opposite movement, in this transaction and with the same lock.
   *
   * @throws DomainError STALE_VERSION the stock of the variant there has moved since, or a piece of it was held
   * @throws InsufficientStockError what was added is held by orders that had waited for it
   */
  async takeBack(
    tx: Tx,
    request: Omit<StockAdjustment, 'quantity' | 'idempotencyKey'> & { readonly locationId: string },
    { change, movements }: AdjustedStock,
  ): Promise<void> {
    const { variantId, locationId } = request;
    const stockLevels = await lockStockLevels(tx, byVariants, { variantIds: [variantId] });
    if ((await movementsOf(tx, variantId, locationId)) !== movements) throw changedSince();
    assertFree(stockLevels, { variantId, locationId, change: -change });
    await this.write(tx, request, stockLevels, [{ locationId, change: -change, kind: 'ADJUST' }]);
  }

  private async adjust(
    operation: string,
    request: StockAdjustment,
    places: Places,
    work: (tx: Tx, stockLevels: StockLevels) => Promise<void>,
  ): Promise<void> {
    const { idempotencyKey: key, actorId, ...body } = request;
    await this.database.transaction(async (tx) => {
      if (await this.keys.claim(tx, { actor: `user:${actorId}`, operation, key, body })) return;
      await this.ensure(tx, request.variantId, places);
      await work(tx, await lockStockLevels(tx, byVariants, { variantIds: [request.variantId] }));
    });
    this.stockEvents.notifyRelay();
  }

  private async ensure(tx: Tx, variantId: string, places: Places): Promise<void> {
    const found = await tx.row(ensureStockLevels, { variantId, placeIds: places.map(([, id]) => id) });
    if (!found?.isVariant) throw new NotFoundError('variant', ['variantId']);
    for (const [field, id] of places) {
      if (!found.places.includes(id)) throw new NotFoundError('location', [field]);
    }
  }

  private async write(
    tx: Tx,
    { variantId, reason, actorId }: Pick<StockAdjustment, 'variantId' | 'reason' | 'actorId'>,
    stockLevels: StockLevels,
    movements: readonly Movement[],
  ): Promise<void> {
    await tx.count(writeMovements, {
      variantId,
      reason,
      actorId,
      ids: movements.map(() => newId()),
      locationIds: movements.map(({ locationId }) => locationId),
      changes: movements.map(({ change }) => change),
      kinds: movements.map(({ kind }) => kind),
      transferIds: movements.map(({ transferId }) => transferId ?? null),
    });
    for (const { locationId, change } of movements) stockLevels.recordChange(variantId, locationId, change);
    await fillWaiting(tx, stockLevels, [variantId]);
    await this.stockEvents.publish(tx, stockLevels);
  }
}

/** What is taken away must not be held: it stays where its order expects it. */
function assertFree(
  stockLevels: StockLevels,
  {
    variantId,
    locationId,
    change,
  }: { readonly variantId: string; readonly locationId: string; readonly change: number },
): void {
  const free = stockLevels.freeAt(variantId, locationId);
  if (change < 0 && free < -change) throw new InsufficientStockError(variantId, free, ['quantity']);
}

/** Requires the lock of the stock levels: movements are written under it, and none is ever deleted. */
async function movementsOf(tx: Tx, variantId: string, locationId: string): Promise<number> {
  return (await tx.row(countMovements, { variantId, locationId }))?.count ?? 0;
}

/** The locations that a request names, each with its input field. */
type Places = readonly (readonly [field: string, locationId: string])[];
