import { statement, type PositionalStatement, t } from '../../platform/database/database.js';
import { lowStockAt } from '../catalog/index.js';

/** A location as a JSON value; `l` is the alias of table stock_location. */
export function locationJson(l: string): string {
  return `json_build_object('id', ${l}.id, 'code', ${l}.code, 'name', ${l}.name, 'kind', ${l}.kind, 'priority', ${l}.priority,
    'active', ${l}.active, 'address', ${l}.address, 'version', ${l}.version)`;
}

const LOCATION = 'id, code, name, kind, priority, active, address, version';

export const locations = statement('inventory.locations', {
  row: {
    id: t.uuid,
    code: t.text,
    name: t.text,
    kind: t.text,
    priority: t.int,
    active: t.boolean,
    address: t.json<unknown>(),
    version: t.int,
  },
  sql: `SELECT ${LOCATION} FROM stock_location ORDER BY active DESC, priority DESC, code`,
});
export const locationById = statement(
  'inventory.location',
  `SELECT ${LOCATION} FROM stock_location WHERE id = $1`,
);

/** Columns of a stock item, from rows `t (id, on_hand, reserved)`; `after` sorts them again. */
export function itemsFrom(t: string, after = ''): string {
  return `SELECT v.id, p.name AS "productName", t.on_hand AS "onHand", t.reserved, t.on_hand - t.reserved AS available,
      (SELECT coalesce(sum(b.quantity), 0)::int FROM backorder b WHERE b.variant_id = v.id AND b.status IN ('HELD', 'OWED')) AS backordered,
      ${lowStockAt('v')} AS "lowStockThreshold",
      (SELECT coalesce(json_agg(json_build_object('location', ${locationJson('l')}, 'onHand', s.on_hand, 'reserved', s.reserved,
         'available', s.on_hand - s.reserved) ORDER BY l.priority DESC, l.id), '[]')
       FROM stock_level s JOIN stock_location l ON l.id = s.location_id WHERE s.variant_id = v.id) AS levels${after && ', t.sort AS "sortValue"'}
    FROM (${t}) t JOIN variant v ON v.id = t.id JOIN product p ON p.id = v.product_id ${after}`;
}

/** Sums over the active locations of the variant `v`: fast for one page of variants. */
export const TOTALS_OF_V = `LATERAL (SELECT coalesce(sum(s.on_hand), 0)::int AS on_hand, coalesce(sum(s.reserved), 0)::int AS reserved
  FROM stock_level s JOIN stock_location l ON l.id = s.location_id AND l.active WHERE s.variant_id = v.id) t`;

export const itemById = statement(
  'inventory.item',
  itemsFrom(`SELECT v.id, t.on_hand, t.reserved FROM variant v CROSS JOIN ${TOTALS_OF_V} WHERE v.id = $1`),
);

const MOVEMENT = `SELECT m.id, m.kind, m.variant_id AS "variantId", m.delta_on_hand AS "onHandChange", m.delta_reserved AS "reservedChange",
    m.reason, m.order_id AS "orderId", o.number AS "orderNumber", m.created_at AS at, m.created_at::text AS "sortValue",
    ${locationJson('l')} AS location, nullif(btrim(u.first_name || ' ' || u.last_name), '') AS "actorName"
  FROM stock_movement m JOIN stock_location l ON l.id = m.location_id
    LEFT JOIN shop_order o ON o.id = m.order_id LEFT JOIN app_user u ON u.id = m.actor_id`;

/**
 * $1 location, $2 kinds, $3 from, $4 to (each null for any), $5 and $6 the cursor, $7 how many; $8 the variant, if
 * `ofVariant`.
 */
export function movementPage(ofVariant: boolean, down: boolean): PositionalStatement {
  const direction = down ? 'DESC' : 'ASC';
  return statement(
    `inventory.movements-${ofVariant ? 'variant' : 'all'}-${direction}`,
    `${MOVEMENT} WHERE ${movementConditions(ofVariant, '$8')}
       AND ($5::timestamptz IS NULL OR (m.created_at, m.id) ${down ? '<' : '>'} ($5::timestamptz, $6::uuid))
     ORDER BY m.created_at ${direction}, m.id ${direction} LIMIT $7`,
  );
}

export function movementCount(ofVariant: boolean, cap: number): PositionalStatement {
  return statement(
    `inventory.movement-count-${ofVariant ? 'variant' : 'all'}`,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM stock_movement m WHERE ${movementConditions(ofVariant, '$5')} LIMIT ${cap}) counted`,
  );
}

function movementConditions(ofVariant: boolean, variant: string): string {
  return `($1::uuid IS NULL OR m.location_id = $1) AND ($2::text[] IS NULL OR m.kind = ANY($2))
    AND ($3::timestamptz IS NULL OR m.created_at >= $3) AND ($4::timestamptz IS NULL OR m.created_at < $4)
    ${ofVariant ? `AND m.variant_id = ${variant}::uuid` : ''}`;
}

export const movementById = statement('inventory.movement', `${MOVEMENT} WHERE m.id = $1`);

/** A hold by SKU with its lines; `h` is the alias of table stock_hold. */
const hold = (
  h: string,
): string => `${h}.id, ${h}.status, ${h}.holder, ${h}.expires_at AS "expiresAt", ${h}.created_at AS "createdAt",
  (SELECT coalesce(json_agg(json_build_object('sku', v.sku, 'quantity', r.quantity, 'location', ${locationJson('l')}) ORDER BY v.sku, l.priority DESC, l.id), '[]')
   FROM reservation r JOIN variant v ON v.id = r.variant_id JOIN stock_location l ON l.id = r.location_id
   WHERE r.stock_hold_id = ${h}.id) AS lines`;

export const holdById = statement(
  'inventory.hold-by-id',
  `SELECT ${hold('h')} FROM stock_hold h WHERE h.id = $1`,
);

const RESERVATION = `SELECT r.id, r.variant_id AS "variantId", r.quantity, r.order_id AS "orderId", o.number AS "orderNumber",
    r.cart_id AS "cartId", r.expires_at AS "expiresAt", r.created_at AS "createdAt", r.expires_at::text AS "sortValue",
    ${locationJson('l')} AS location,
    (SELECT to_json(x) FROM (SELECT ${hold('h')} FROM stock_hold h WHERE h.id = r.stock_hold_id) x) AS hold
  FROM reservation r JOIN stock_location l ON l.id = r.location_id LEFT JOIN shop_order o ON o.id = r.order_id`;

/** $1 and $2 the cursor, $3 how many; $4 the variant, if `ofVariant`. Soonest to expire first. */
export function reservationPage(ofVariant: boolean, down: boolean): PositionalStatement {
  const direction = down ? 'DESC' : 'ASC';
  return statement(
    `inventory.reservations-${ofVariant ? 'variant' : 'all'}-${direction}`,
    `${RESERVATION} WHERE r.status = 'ACTIVE' ${ofVariant ? 'AND r.variant_id = $4::uuid' : ''}
       AND ($1::timestamptz IS NULL OR (r.expires_at, r.id) ${down ? '<' : '>'} ($1::timestamptz, $2::uuid))
     ORDER BY r.expires_at ${direction}, r.id ${direction} LIMIT $3`,
  );
}

export function reservationCount(cap: number): PositionalStatement {
  return statement(
    'inventory.reservation-count',
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM reservation r WHERE r.status = 'ACTIVE' AND ($1::uuid IS NULL OR r.variant_id = $1) LIMIT ${cap}) counted`,
  );
}

export const reservationById = statement(
  'inventory.reservation',
  `${RESERVATION} WHERE r.id = $1 AND r.status = 'ACTIVE'`,
);
