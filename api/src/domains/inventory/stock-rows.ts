import type { LocalizedText } from '../../kernel/languages.js';
import { columnsOf, rowOf, statement, statementPerChoice, t } from '../../platform/database/database.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { freeOf, lowStockAt, ofActiveLevels } from '../catalog/index.js';
import type { StockHoldLine } from './holds/stock-hold.type.js';
import type { StockHoldStatus } from './holds/stock-hold-status.js';
import type { StockLocation } from './locations/stock-location.type.js';
import { StockLocationEntity } from './stock.entity.js';
import type { StockMovementKind } from './stock.enums.js';
import type { LocationStock } from './stock.type.js';

/** A location as a JSON value; `l` is the alias of table stock_location. */
export function locationJson(l: string): string {
  return `json_build_object('id', ${l}.id, 'code', ${l}.code, 'name', ${l}.name, 'kind', ${l}.kind, 'priority', ${l}.priority,
    'active', ${l}.active, 'address', ${l}.address, 'version', ${l}.version)`;
}

const LOCATION = columnsOf(StockLocationEntity);

export const locations = statement('inventory.locations', {
  row: rowOf(StockLocationEntity),
  sql: `SELECT ${LOCATION} FROM stock_location ORDER BY active DESC, priority DESC, code`,
});
export const locationById = statement('inventory.location', {
  params: { id: t.uuid },
  row: rowOf(StockLocationEntity),
  sql: `SELECT ${LOCATION} FROM stock_location WHERE id = :id`,
});

/** Columns of a stock item, from rows `t (id, on_hand, reserved)`; `after` sorts them again. */
export function itemsFrom(totals: string, after = ''): string {
  return `SELECT v.id, p.name AS "productName", t.on_hand AS "onHand", t.reserved, ${freeOf('t')} AS available,
      (SELECT coalesce(sum(b.quantity), 0)::int FROM backorder b WHERE b.variant_id = v.id AND b.status IN ('HELD', 'OWED')) AS backordered,
      ${lowStockAt('v')} AS "lowStockThreshold",
      (SELECT coalesce(json_agg(json_build_object('location', ${locationJson('l')}, 'onHand', s.on_hand, 'reserved', s.reserved,
         'available', ${freeOf('s')}) ORDER BY l.priority DESC, l.id), '[]')
       FROM stock_level s JOIN stock_location l ON l.id = s.location_id WHERE s.variant_id = v.id) AS levels${after && ', t.sort AS "sortValue"'}
    FROM (${totals}) t JOIN variant v ON v.id = t.id JOIN product p ON p.id = v.product_id ${after}`;
}

/** The row of `itemsFrom`, without its sort value. */
export const ITEM_ROW = {
  id: t.uuid,
  productName: t.json<LocalizedText>(),
  onHand: t.int,
  reserved: t.int,
  available: t.int,
  backordered: t.int,
  lowStockThreshold: t.int,
  levels: t.json<LocationStock[]>(),
};

/** Sums over the active locations of the variant `v`: fast for one page of variants. */
export const TOTALS_OF_V = `LATERAL ${ofActiveLevels(
  'v',
  'coalesce(sum(s.on_hand), 0)::int AS on_hand, coalesce(sum(s.reserved), 0)::int AS reserved',
)} t`;

export const itemById = statement('inventory.item', {
  params: { id: t.uuid },
  row: ITEM_ROW,
  sql: itemsFrom(
    `SELECT v.id, t.on_hand, t.reserved FROM variant v CROSS JOIN ${TOTALS_OF_V} WHERE v.id = :id`,
  ),
});

const MOVEMENT = `SELECT m.id, m.kind, m.variant_id AS "variantId", m.delta_on_hand AS "onHandChange", m.delta_reserved AS "reservedChange",
    m.reason, m.order_id AS "orderId", o.number AS "orderNumber", m.import_id AS "importId", m.created_at AS at, m.created_at::text AS "sortValue",
    ${locationJson('l')} AS location, nullif(btrim(u.first_name || ' ' || u.last_name), '') AS "actorName"
  FROM stock_movement m JOIN stock_location l ON l.id = m.location_id
    LEFT JOIN shop_order o ON o.id = m.order_id LEFT JOIN app_user u ON u.id = m.actor_id`;

export const MOVEMENT_ROW = {
  id: t.uuid,
  kind: t.textOf<StockMovementKind>(),
  variantId: t.uuid,
  onHandChange: t.int,
  reservedChange: t.int,
  reason: t.text.orNull,
  orderId: t.uuid.orNull,
  orderNumber: t.text.orNull,
  importId: t.uuid.orNull,
  at: t.timestamp,
  // Keeps the microseconds that a Date loses.
  sortValue: t.text,
  location: t.json<StockLocation>(),
  actorName: t.text.orNull,
};

// Null means any. A variant and an import have texts of their own, so that their indexes are used.
const MOVEMENT_FILTER = {
  locationId: t.uuid.orNull,
  kinds: t.textsOf<StockMovementKind>().orNull,
  from: t.timestamp.orNull,
  to: t.timestamp.orNull,
};
const AFTER_TIME = { afterTime: t.sortValue('timestamptz'), afterId: t.uuid.orNull, limit: t.int };

interface MovementsOf {
  readonly ofVariant: boolean;
  readonly ofImport: boolean;
}

const MOVEMENTS_OF = { ofVariant: [true, false], ofImport: [true, false] } as const;

function parametersOf({ ofVariant, ofImport }: MovementsOf) {
  return { ...(ofVariant && { variantId: t.uuid }), ...(ofImport && { importId: t.uuid }) };
}

function nameOf({ ofVariant, ofImport }: MovementsOf): string {
  return `${ofVariant ? 'variant' : 'all'}${ofImport ? '-import' : ''}`;
}

function movementConditions({ ofVariant, ofImport }: MovementsOf): string {
  return `(:locationId::uuid IS NULL OR m.location_id = :locationId) AND (:kinds::text[] IS NULL OR m.kind = ANY(:kinds))
    AND (:from::timestamptz IS NULL OR m.created_at >= :from) AND (:to::timestamptz IS NULL OR m.created_at < :to)
    ${ofVariant ? 'AND m.variant_id = :variantId::uuid' : ''} ${ofImport ? 'AND m.import_id = :importId::uuid' : ''}`;
}

export const movementPage = statementPerChoice(
  { ...MOVEMENTS_OF, down: [true, false] },
  ({ down, ...of }) => {
    const direction = down ? 'DESC' : 'ASC';
    return statement(`inventory.movements-${nameOf(of)}-${direction}`, {
      params: { ...MOVEMENT_FILTER, ...AFTER_TIME, ...parametersOf(of) },
      row: MOVEMENT_ROW,
      sql: `${MOVEMENT} WHERE ${movementConditions(of)}
       AND (:afterTime::timestamptz IS NULL OR (m.created_at, m.id) ${down ? '<' : '>'} (:afterTime::timestamptz, :afterId::uuid))
     ORDER BY m.created_at ${direction}, m.id ${direction} LIMIT :limit`,
    });
  },
);

export const movementCount = statementPerChoice(MOVEMENTS_OF, (of) =>
  statement(`inventory.movement-count-${nameOf(of)}`, {
    params: { ...MOVEMENT_FILTER, ...parametersOf(of) },
    row: { count: t.int },
    sql: `SELECT count(*)::int AS count FROM (SELECT 1 FROM stock_movement m WHERE ${movementConditions(of)} LIMIT ${COUNT_CAP}) counted`,
  }),
);

export const movementById = statement('inventory.movement', {
  params: { id: t.uuid },
  row: MOVEMENT_ROW,
  sql: `${MOVEMENT} WHERE m.id = :id`,
});

/** A hold by SKU with its lines; `h` is the alias of table stock_hold. */
const hold = (
  h: string,
): string => `${h}.id, ${h}.status, ${h}.holder, ${h}.expires_at AS "expiresAt", ${h}.created_at AS "createdAt",
  (SELECT coalesce(json_agg(json_build_object('sku', v.sku, 'quantity', r.quantity, 'location', ${locationJson('l')}) ORDER BY v.sku, l.priority DESC, l.id), '[]')
   FROM reservation r JOIN variant v ON v.id = r.variant_id JOIN stock_location l ON l.id = r.location_id
   WHERE r.stock_hold_id = ${h}.id) AS lines`;

export const holdById = statement('inventory.hold-by-id', {
  params: { id: t.uuid },
  row: {
    id: t.uuid,
    status: t.textOf<StockHoldStatus>(),
    holder: t.text,
    expiresAt: t.timestamp,
    createdAt: t.timestamp,
    lines: t.json<StockHoldLine[]>(),
  },
  sql: `SELECT ${hold('h')} FROM stock_hold h WHERE h.id = :id`,
});

const RESERVATION = `SELECT r.id, r.variant_id AS "variantId", r.quantity, r.order_id AS "orderId", o.number AS "orderNumber",
    r.cart_id AS "cartId", r.expires_at AS "expiresAt", r.created_at AS "createdAt", r.expires_at::text AS "sortValue",
    ${locationJson('l')} AS location,
    (SELECT to_json(x) FROM (SELECT ${hold('h')} FROM stock_hold h WHERE h.id = r.stock_hold_id) x) AS hold
  FROM reservation r JOIN stock_location l ON l.id = r.location_id LEFT JOIN shop_order o ON o.id = r.order_id`;

export const RESERVATION_ROW = {
  id: t.uuid,
  variantId: t.uuid,
  quantity: t.int,
  orderId: t.uuid.orNull,
  orderNumber: t.text.orNull,
  cartId: t.uuid.orNull,
  expiresAt: t.timestamp,
  createdAt: t.timestamp,
  sortValue: t.text,
  location: t.json<StockLocation>(),
  hold: t.json<object>().orNull,
};

/** Soonest to expire first, unless it is read backward (`down`). */
export const reservationPage = statementPerChoice(
  { ofVariant: [true, false], down: [true, false] },
  ({ ofVariant, down }) => {
    const direction = down ? 'DESC' : 'ASC';
    return statement(`inventory.reservations-${ofVariant ? 'variant' : 'all'}-${direction}`, {
      params: { ...AFTER_TIME, ...(ofVariant && { variantId: t.uuid }) },
      row: RESERVATION_ROW,
      sql: `${RESERVATION} WHERE r.status = 'ACTIVE' ${ofVariant ? 'AND r.variant_id = :variantId::uuid' : ''}
       AND (:afterTime::timestamptz IS NULL OR (r.expires_at, r.id) ${down ? '<' : '>'} (:afterTime::timestamptz, :afterId::uuid))
     ORDER BY r.expires_at ${direction}, r.id ${direction} LIMIT :limit`,
    });
  },
);

export const reservationCount = statement('inventory.reservation-count', {
  params: { variantId: t.uuid.orNull },
  row: { count: t.int },
  sql: `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM reservation r WHERE r.status = 'ACTIVE' AND (:variantId::uuid IS NULL OR r.variant_id = :variantId) LIMIT ${COUNT_CAP}) counted`,
});

export const reservationById = statement('inventory.reservation', {
  params: { id: t.uuid },
  row: RESERVATION_ROW,
  sql: `${RESERVATION} WHERE r.id = :id AND r.status = 'ACTIVE'`,
});
