import type { Invariant } from '../../platform/database/invariant.js';
import { NEVER_EDITED, PLACED } from './invariant-sql.js';

const STOCK_LEVEL = `v.sku || ' @ ' || p.code AS sample`;
const OF_STOCK_LEVEL = 'JOIN variant v ON v.id = s.variant_id JOIN stock_location p ON p.id = s.location_id';
const ORDER_LINE_SAMPLE = `o.number || ' ' || l.sku AS sample`;

/** Units sold for an order, and units that came back from it. */
const MOVED = `LATERAL (
  SELECT coalesce(-sum(delta_on_hand) FILTER (WHERE kind = 'SALE'), 0) AS sold,
    coalesce(sum(delta_on_hand) FILTER (WHERE kind = 'RETURN'), 0) AS back
  FROM stock_movement m WHERE m.order_id = o.id AND m.variant_id = l.variant_id) m`;
const WAITING = `LATERAL (
  SELECT coalesce(sum(quantity) FILTER (WHERE status = 'HELD'), 0) AS held, coalesce(sum(quantity) FILTER (WHERE status = 'OWED'), 0) AS owed
  FROM backorder b WHERE b.order_id = o.id AND b.variant_id = l.variant_id) w`;

export const STOCK_INVARIANTS: readonly Invariant[] = [
  {
    code: 'STOCK_LEDGER',
    description: 'A stock level is what its movements add up to.',
    offenders: `SELECT ${STOCK_LEVEL} FROM stock_level s ${OF_STOCK_LEVEL} LEFT JOIN (
        SELECT variant_id, location_id, sum(delta_on_hand) AS hand, sum(delta_reserved) AS held FROM stock_movement GROUP BY 1, 2
      ) m USING (variant_id, location_id)
      WHERE s.on_hand <> coalesce(m.hand, 0) OR s.reserved <> coalesce(m.held, 0)`,
  },
  {
    code: 'STOCK_RESERVED',
    description:
      'What is reserved at a location is what its live reservations hold, and never more than is on hand.',
    offenders: `SELECT ${STOCK_LEVEL} FROM stock_level s ${OF_STOCK_LEVEL} LEFT JOIN (
        SELECT variant_id, location_id, sum(quantity) AS held FROM reservation WHERE status = 'ACTIVE' GROUP BY 1, 2
      ) r USING (variant_id, location_id)
      WHERE s.reserved <> coalesce(r.held, 0) OR s.reserved > s.on_hand`,
  },
  {
    code: 'STOCK_HOLDER',
    description: 'Stock is held only for unpaid orders, proposed edits, active carts and open holds.',
    offenders: `SELECT r.id AS sample FROM reservation r
      LEFT JOIN shop_order o ON o.id = r.order_id LEFT JOIN cart c ON c.id = r.cart_id LEFT JOIN stock_hold h ON h.id = r.stock_hold_id
      WHERE r.status = 'ACTIVE' AND NOT coalesce(o.status = 'PENDING_PAYMENT' OR c.status = 'ACTIVE' OR h.status = 'HELD', false)
        AND NOT EXISTS (SELECT 1 FROM order_edit e WHERE e.order_id = r.order_id AND e.status = 'AWAITING_PAYMENT')`,
  },
  {
    code: 'STOCK_HOLD_ENDED',
    description: 'Nothing is held past its time.',
    offenders: `SELECT id AS sample FROM reservation WHERE status = 'ACTIVE' AND expires_at < SETTLED
      UNION ALL SELECT id FROM stock_hold WHERE status = 'HELD' AND expires_at < SETTLED
      UNION ALL SELECT id FROM order_edit WHERE status = 'AWAITING_PAYMENT' AND expires_at < SETTLED`,
  },
  {
    code: 'STOCK_UNPAID',
    description:
      'An unpaid order holds all of its goods, or its place in the queue for them, and nothing else.',
    offenders: `SELECT ${ORDER_LINE_SAMPLE} FROM order_line l JOIN shop_order o ON o.id = l.order_id, ${WAITING}
      WHERE o.status = 'PENDING_PAYMENT' AND l.quantity <> w.held + (
        SELECT coalesce(sum(quantity), 0) FROM reservation r WHERE r.order_id = o.id AND r.variant_id = l.variant_id AND r.status = 'ACTIVE')
      UNION ALL SELECT o.number || ' ' || v.sku FROM reservation r JOIN shop_order o ON o.id = r.order_id JOIN variant v ON v.id = r.variant_id
      WHERE o.status = 'PENDING_PAYMENT' AND r.status = 'ACTIVE'
        AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.variant_id = r.variant_id)`,
  },
  {
    code: 'STOCK_SOLD',
    description:
      'A placed order took its goods from stock, or waits for them, and took no more than it lists.',
    offenders: `SELECT ${ORDER_LINE_SAMPLE} FROM order_line l JOIN shop_order o ON o.id = l.order_id, ${MOVED}, ${WAITING}
      WHERE o.status IN ${PLACED} AND (m.sold + w.owed < l.quantity - l.cancelled
        OR m.sold + w.owed > l.quantity AND ${NEVER_EDITED})`,
  },
  {
    code: 'STOCK_UNSOLD',
    description: 'An order that was never placed took nothing.',
    offenders: `SELECT DISTINCT o.number AS sample FROM stock_movement m JOIN shop_order o ON o.id = m.order_id
      WHERE m.kind IN ('SALE', 'RETURN') AND o.placed_at IS NULL`,
  },
  {
    code: 'STOCK_RETURNED',
    description: 'No more of a variant comes back from an order than left for it.',
    offenders: `SELECT o.number || ' ' || v.sku AS sample FROM stock_movement m
      JOIN shop_order o ON o.id = m.order_id JOIN variant v ON v.id = m.variant_id WHERE m.kind IN ('SALE', 'RETURN')
      GROUP BY o.id, v.id HAVING sum(m.delta_on_hand) > 0`,
  },
  {
    code: 'STOCK_OWED',
    description:
      'Only unpaid orders and proposed edits wait in the queue of back-orders on trial, and only placed orders for good, in review or not.',
    offenders: `SELECT o.number AS sample FROM backorder b JOIN shop_order o ON o.id = b.order_id
      WHERE b.status = 'HELD' AND o.status <> 'PENDING_PAYMENT'
        AND NOT EXISTS (SELECT 1 FROM order_edit e WHERE e.order_id = o.id AND e.status = 'AWAITING_PAYMENT') OR b.status = 'OWED' AND o.status NOT IN ${PLACED}
        AND NOT (o.status = 'REVIEW' AND o.placed_at IS NOT NULL)`,
  },
  {
    code: 'STOCK_SHIPPED',
    description: 'What left in shipments had come in: no unit is shipped while it is back-ordered.',
    offenders: `SELECT ${ORDER_LINE_SAMPLE} FROM order_line l JOIN shop_order o ON o.id = l.order_id, ${WAITING}
      WHERE w.owed > 0 AND l.fulfilled > l.quantity - w.owed`,
  },
];
