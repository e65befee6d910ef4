import { statement, type PositionalStatement, type Tx } from '../../platform/database/database.js';
import { lowStockAt } from '../catalog/index.js';
import { StockLevels, type StockLevelRow } from './stock-levels.js';

/*
 * The only way to lock stock: all stock levels of the variants concerned, at active and inactive locations, ordered by
 * (variant, location). So transactions about the same variants wait for each other at the first common stock level, and
 * decisions about a whole variant (shortage, back-order limit, low stock) are made by one transaction at a time.
 *
 * After the wait PostgreSQL reads the locked row again, but not the rows that a subquery of the same statement has
 * read. Sums of back-orders must therefore be read by a separate statement after this one.
 */
function lockBy(name: string, variants: string): PositionalStatement {
  return statement(
    `inventory.lock-${name}`,
    `SELECT s.variant_id AS "variantId", s.location_id AS "locationId", s.on_hand AS "onHand", s.on_hand - s.reserved AS available, l.priority, l.active,
       v.product_id AS "productId", v.stock_policy AS "stockPolicy", v.backorder_limit AS "backorderLimit", ${lowStockAt('v')} AS "lowStockAt"
     FROM stock_level s JOIN stock_location l ON l.id = s.location_id JOIN variant v ON v.id = s.variant_id
     WHERE s.variant_id = ANY(${variants})
     ORDER BY s.variant_id, s.location_id
     FOR UPDATE OF s`,
  );
}

/** $1: variant ids. The subquery hides their number; otherwise the planner would plan each call anew. */
export const byVariants = lockBy('variants', 'ARRAY(SELECT unnest($1::uuid[]))');
/** $1: the unpaid order whose holds are locked. */
export const heldByOrder = lockBy(
  'held',
  `ARRAY(SELECT variant_id FROM reservation WHERE order_id = $1 AND status = 'ACTIVE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = $1 AND status = 'HELD')`,
);
/** $1: the placed order whose sold units are locked. */
export const soldToOrder = lockBy(
  'sold',
  `ARRAY(SELECT variant_id FROM stock_movement WHERE order_id = $1 AND kind = 'SALE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = $1 AND status = 'OWED')`,
);
/** $1: carts, for their holds and lines; $2: further variants. */
export const heldByCarts = lockBy(
  'carts',
  `ARRAY(SELECT variant_id FROM reservation WHERE cart_id = ANY($1::uuid[]) AND status = 'ACTIVE'
    UNION ALL SELECT variant_id FROM cart_line WHERE cart_id = ANY($1::uuid[]) UNION ALL SELECT unnest($2::uuid[]))`,
);
/** $1: the hold by SKU. */
export const heldByHold = lockBy(
  'hold',
  `ARRAY(SELECT variant_id FROM reservation WHERE stock_hold_id = $1 AND status = 'ACTIVE')`,
);
/** $1: a location. */
export const withStockLevelAt = lockBy(
  'location',
  'ARRAY(SELECT variant_id FROM stock_level WHERE location_id = $1)',
);

export async function lockStockLevels(
  tx: Tx,
  by: PositionalStatement,
  ...values: unknown[]
): Promise<StockLevels> {
  return new StockLevels(await tx.rows<StockLevelRow>(by, values));
}
