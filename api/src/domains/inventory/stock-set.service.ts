import { newId } from '../../kernel/ids.js';
import { InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { statement, type Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { MAIN_LOCATION, refreshListCards } from '../catalog/index.js';
import { StaleQuantityError } from './inventory.errors.js';

export interface StockSetRequest {
  readonly variantId: string;
  /** The new quantity on hand. */
  readonly quantity: number;
  /** What the caller believes is on hand. */
  readonly changeFromQuantity: number;
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

const ensureLevel = statement(
  'inventory.ensure-level',
  `WITH fresh AS (
     INSERT INTO stock_level (variant_id, location_id)
     SELECT id, $2 FROM variant WHERE id = $1 AND deleted_at IS NULL ON CONFLICT DO NOTHING
   )
   SELECT product_id AS "productId" FROM variant WHERE id = $1 AND deleted_at IS NULL`,
);
const lockLevel = statement(
  'inventory.lock-level',
  `SELECT on_hand AS "onHand", reserved FROM stock_level WHERE variant_id = $1 AND location_id = $2 FOR UPDATE`,
);
const adjustLevel = statement(
  'inventory.adjust',
  `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, reason, actor_id)
   VALUES ($4, $1, $2, $3, 0, 'ADJUST', $5, $6)`,
);

export class StockSetService {
  constructor(
    private readonly database: Database,
    private readonly keys: RequestKeys,
  ) {}

  /**
   * Sets what is on hand, if it still is what the caller saw (compare and set). Repeating a request with its key
   * changes nothing and succeeds.
   *
   * Locks: the request key, then the one stock row.
   *
   * @throws StaleQuantityError   the stock moved in the meantime
   * @throws InvalidInputError    fewer than are held for open orders
   */
  async set(request: StockSetRequest): Promise<void> {
    const { idempotencyKey, actorId, ...body } = request;
    await this.database.transaction(async (tx) => {
      const earlier = await this.keys.claim(tx, {
        actor: `user:${actorId}`,
        operation: 'stockSet',
        key: idempotencyKey,
        body,
      });
      if (earlier) return;

      const variant = await tx.row<{ productId: string }>(ensureLevel, [request.variantId, MAIN_LOCATION]);
      if (!variant) throw new NotFoundError('variant', ['variantId']);
      const level = await tx.row<{ onHand: number; reserved: number }>(lockLevel, [
        request.variantId,
        MAIN_LOCATION,
      ]);
      if (!level || level.onHand !== request.changeFromQuantity)
        throw new StaleQuantityError(level?.onHand ?? 0);
      if (request.quantity < level.reserved) {
        throw new InvalidInputError(`${level.reserved} are held for open orders.`, ['quantity']);
      }
      const change = request.quantity - level.onHand;
      if (change === 0) return;
      await tx.count(adjustLevel, [
        request.variantId,
        MAIN_LOCATION,
        change,
        newId(),
        request.reason,
        actorId,
      ]);
      await refreshListCards(tx, [variant.productId]);
    });
  }
}
