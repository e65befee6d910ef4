import {
  statement,
  t,
  type Given,
  type GivenOf,
  type Shape,
  type Statement,
  type Tx,
} from '../../platform/database/database.js';
import { freeOf, lowStockAt, type StockPolicy } from '../catalog/index.js';
import { StockLevels, type StockLevelRow } from './stock-levels.js';

/*
 * The only way to lock stock: all stock levels of the variants concerned, at active and inactive locations, ordered by
 * (variant, location). So transactions about the same variants wait for each other at the first common stock level, and
 * decisions about a whole variant (shortage, back-order limit, low stock) are made by one transaction at a time.
 *
 * After the wait PostgreSQL reads the locked row again, but not the rows that a subquery of the same statement has
 * read. Sums of back-orders must therefore be read by a separate statement after this one.
 */
function lockBy<P extends Shape>(
  name: string,
  params: P,
  variants: string,
): Statement<GivenOf<P>, StockLevelRow> {
  return statement(`inventory.lock-${name}`, {
    params,
    row: {
      variantId: t.uuid,
      locationId: t.uuid,
      onHand: t.int,
      available: t.int,
      priority: t.int,
      active: t.boolean,
      productId: t.uuid,
      stockPolicy: t.textOf<StockPolicy>(),
      backorderLimit: t.int.orNull,
      lowStockAt: t.int,
    },
    sql: `SELECT s.variant_id AS "variantId", s.location_id AS "locationId", s.on_hand AS "onHand", ${freeOf('s')} AS available, l.priority, l.active,
       v.product_id AS "productId", v.stock_policy AS "stockPolicy", v.backorder_limit AS "backorderLimit", ${lowStockAt('v')} AS "lowStockAt"
     FROM stock_level s JOIN stock_location l ON l.id = s.location_id JOIN variant v ON v.id = s.variant_id
     WHERE s.variant_id = ANY(${variants})
     ORDER BY s.variant_id, s.location_id
     FOR UPDATE OF s`,
  });
}

/** Of these variants. The subquery hides their number; otherwise the planner would plan each call anew. */
export const byVariants = lockBy(
  'variants',
  { variantIds: t.uuids },
  'ARRAY(SELECT unnest(:variantIds::uuid[]))',
);
/** Of what an unpaid order holds. */
export const heldByOrder = lockBy(
  'held',
  { orderId: t.uuid },
  `ARRAY(SELECT variant_id FROM reservation WHERE order_id = :orderId AND status = 'ACTIVE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = :orderId AND status = 'HELD')`,
);
/** Of what was sold to a placed order. */
export const soldToOrder = lockBy(
  'sold',
  { orderId: t.uuid },
  `ARRAY(SELECT variant_id FROM stock_movement WHERE order_id = :orderId AND kind = 'SALE'
    UNION ALL SELECT variant_id FROM backorder WHERE order_id = :orderId AND status = 'OWED')`,
);
/** Of what carts hold and contain, and of further variants. */
export const heldByCarts = lockBy(
  'carts',
  { cartIds: t.uuids, variantIds: t.uuids },
  `ARRAY(SELECT variant_id FROM reservation WHERE cart_id = ANY(:cartIds::uuid[]) AND status = 'ACTIVE'
    UNION ALL SELECT variant_id FROM cart_line WHERE cart_id = ANY(:cartIds::uuid[]) UNION ALL SELECT unnest(:variantIds::uuid[]))`,
);
/** Of what a hold by SKU holds. */
export const heldByHold = lockBy(
  'hold',
  { holdId: t.uuid },
  `ARRAY(SELECT variant_id FROM reservation WHERE stock_hold_id = :holdId AND status = 'ACTIVE')`,
);
/** Of the variants that have a stock level at a location. */
export const withStockLevelAt = lockBy(
  'location',
  { locationId: t.uuid },
  'ARRAY(SELECT variant_id FROM stock_level WHERE location_id = :locationId)',
);

export async function lockStockLevels<P extends object>(
  tx: Tx,
  by: Statement<P, StockLevelRow>,
  ...params: Given<P>
): Promise<StockLevels> {
  return new StockLevels(await tx.rows(by, ...params));
}
