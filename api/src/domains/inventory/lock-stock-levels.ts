import { statement, type Statement, type Tx } from '../../platform/database/database.js';
import { lowStockAt } from '../catalog/index.js';
import { StockLevels, type StockLevelRow } from './stock-levels.js';

/*
 * The one way in which stock is locked: all shelves of the variants concerned, active or not, in (variant, location)
 * order. So two transactions about the same things meet at the first common shelf and one waits; and what is decided
 * over all places of a variant (enough or short, the limit for back-orders, low or not) is decided by one at a time.
 *
 * PostgreSQL re-reads the locked row after the wait, but nothing that a subquery of the same statement has read: sums of
 * back-orders are therefore always asked for by a statement of their own, after this one.
 */
function lockBy(name: string, variants: string): Statement {
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

/** $1: variant ids. The detour hides how many they are: the planner would plan anew for each call to make use of it. */
export const byVariants = lockBy('variants', 'ARRAY(SELECT unnest($1::uuid[]))');
/** $1: the order that holds, unpaid. */
export const heldByOrder = lockBy(
  'held',
  `ARRAY(SELECT variant_id FROM reservation WHERE order_id = $1 AND status = 'ACTIVE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = $1 AND status = 'HELD')`,
);
/** $1: the order that was sold to. */
export const soldToOrder = lockBy(
  'sold',
  `ARRAY(SELECT variant_id FROM stock_movement WHERE order_id = $1 AND kind = 'SALE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = $1 AND status = 'OWED')`,
);
/** $1: carts, for what they hold and what lies in them; $2: further variants. */
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

export async function lockStockLevels(tx: Tx, by: Statement, ...values: unknown[]): Promise<StockLevels> {
  return new StockLevels(await tx.rows<StockLevelRow>(by, values));
}
