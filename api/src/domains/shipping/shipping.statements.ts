import { columnsOf, rowOf, statement, t } from '../../platform/database/database.js';
import { ShippingMethodEntity, ShippingRateEntity, ShippingZoneEntity } from './shipping.entity.js';
import type { StoredArea } from './zones/delivery-zones.js';

/*
 * Locks of what staff change about deliveries
 *
 * Whoever changes zones, methods or rates has them all until the transaction ends: `lockDeliveries`, an advisory lock
 * that comes before any row and after the settings whose currency a rate is in. So no two people give one area to two
 * zones, take the last rate of a method that another one switches on, or leave two methods at one place. It is a lock of
 * few: a shop changes its deliveries some times a year. The version of the catalog, which makes every process read them
 * again, is the last lock.
 *
 * Checkouts take none of these locks and wait for none. Each prices its cart by one copy of zones, methods, rates,
 * currency and home country that it read before its transaction, so the order has a price that was offered at that
 * moment, and its buyer has agreed to it (`expectedTotal`) or is told PRICE_CHANGED, SHIPPING_METHOD_UNAVAILABLE. An
 * archived method stays as a row, so the order of a checkout that had read it before still refers to it.
 */
export const lockDeliveries = statement('shipping.lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('deliveries', 7244))`,
});

/** JSON of all areas, for a statement that reads more with them. */
export const STORED_AREAS = `(SELECT coalesce(json_agg(json_build_object('zoneId', zone_id, 'country', country,
    'subdivision', subdivision, 'postcodePrefix', postcode_prefix)), '[]') FROM zone_area)`;

/** The same of the methods that are offered, with their rates, in the order of staff. */
export const STORED_METHODS = `(SELECT coalesce(json_agg(json_build_object('id', id, 'code', code, 'kind', kind, 'name', name,
    'description', description, 'estimatedDaysMin', days_min, 'estimatedDaysMax', days_max, 'phoneRequired', phone_required,
    'fallbackGrams', fallback_grams, 'rates', (SELECT coalesce(json_agg(json_build_object('zoneId', zone_id,
      'strategy', strategy, 'arguments', args, 'conditions', conditions, 'currency', r.currency)), '[]')
      FROM shipping_rate r WHERE r.method_id = m.id)) ORDER BY position, code), '[]')
   FROM shipping_method m WHERE active AND archived_at IS NULL)`;

export const allZones = statement('shipping.zones', {
  row: rowOf(ShippingZoneEntity),
  sql: `SELECT ${columnsOf(ShippingZoneEntity)} FROM shipping_zone ORDER BY position, lower(name)`,
});
/** By country, then the whole of it, its counties, its postal codes. */
export const allAreas = statement('shipping.areas', {
  row: {
    ...{ zoneId: t.uuid, country: t.text },
    ...{ subdivision: t.text.orNull, postcodePrefix: t.text.orNull },
  },
  sql: `SELECT zone_id AS "zoneId", country, subdivision, postcode_prefix AS "postcodePrefix" FROM zone_area
   ORDER BY country = 'ZZ', country, postcode_prefix NULLS FIRST, subdivision NULLS FIRST`,
});
/** In the order in which buyers see them, those too that are not offered, archived ones last. */
export const allMethods = statement('shipping.methods', {
  row: rowOf(ShippingMethodEntity),
  sql: `SELECT ${columnsOf(ShippingMethodEntity)} FROM shipping_method ORDER BY archived_at IS NOT NULL, position, code`,
});
export const allRates = statement('shipping.rates', {
  row: rowOf(ShippingRateEntity),
  sql: `SELECT ${columnsOf(ShippingRateEntity)} FROM shipping_rate`,
});

export const countZones = statement('shipping.count-zones', {
  row: { count: t.int, next: t.int },
  sql: 'SELECT count(*) AS count, coalesce(max(position) + 1, 0) AS next FROM shipping_zone',
});
export const countMethods = statement('shipping.count-methods', {
  row: { count: t.int, next: t.int },
  sql: 'SELECT count(*) AS count, coalesce(max(position) + 1, 0) AS next FROM shipping_method',
});
/** The areas that belong to another zone already. */
export const takenAreas = statement('shipping.taken-areas', {
  params: { zoneId: t.uuid, areas: t.json<readonly Omit<StoredArea, 'zoneId'>[]>() },
  row: { at: t.int, zone: t.text },
  sql: `SELECT (g.at - 1)::int AS at, z.name AS zone
   FROM jsonb_array_elements(:areas::jsonb) WITH ORDINALITY AS g (area, at)
   JOIN zone_area a ON a.country = g.area ->> 'country' AND a.subdivision IS NOT DISTINCT FROM g.area ->> 'subdivision'
     AND a.postcode_prefix IS NOT DISTINCT FROM g.area ->> 'postcodePrefix' AND a.zone_id <> :zoneId
   JOIN shipping_zone z ON z.id = a.zone_id ORDER BY g.at`,
});
/** Gives a zone these areas. Those that it has already are not written, so the log shows what is new and what is gone. */
export const writeAreas = statement('shipping.write-areas', {
  params: { zoneId: t.uuid, areas: t.json<readonly Omit<StoredArea, 'zoneId'>[]>() },
  sql: `WITH given AS (
     SELECT area ->> 'country' AS country, area ->> 'subdivision' AS subdivision, area ->> 'postcodePrefix' AS postcode_prefix
     FROM jsonb_array_elements(:areas::jsonb) AS g (area)
   ), gone AS (
     DELETE FROM zone_area a WHERE zone_id = :zoneId AND NOT EXISTS (SELECT FROM given g WHERE g.country = a.country
       AND g.subdivision IS NOT DISTINCT FROM a.subdivision AND g.postcode_prefix IS NOT DISTINCT FROM a.postcode_prefix)
     RETURNING 1
   ), added AS (
     INSERT INTO zone_area (zone_id, country, subdivision, postcode_prefix)
     SELECT :zoneId, country, subdivision, postcode_prefix FROM given g WHERE NOT EXISTS (SELECT FROM zone_area a
       WHERE a.zone_id = :zoneId AND a.country = g.country AND a.subdivision IS NOT DISTINCT FROM g.subdivision
         AND a.postcode_prefix IS NOT DISTINCT FROM g.postcode_prefix)
     RETURNING 1
   ) SELECT FROM gone UNION ALL SELECT FROM added`,
});
/** Methods that are offered and would have no rate left without this zone, by name of the code. */
export const onlyInZone = statement('shipping.only-in-zone', {
  params: { zoneId: t.uuid },
  row: { code: t.text },
  sql: `SELECT m.code FROM shipping_method m JOIN shipping_rate r ON r.method_id = m.id
   WHERE m.active AND m.archived_at IS NULL GROUP BY m.id, m.code HAVING bool_and(r.zone_id = :zoneId) ORDER BY m.code`,
});
/** A rate belongs to its method, whose version counts its changes. */
export const raiseMethodsOfZone = statement('shipping.raise-methods-of-zone', {
  params: { zoneId: t.uuid },
  sql: `UPDATE shipping_method SET version = version + 1 WHERE id IN (SELECT method_id FROM shipping_rate WHERE zone_id = :zoneId)`,
});
export const raiseMethod = statement('shipping.raise-method', {
  params: { methodId: t.uuid },
  sql: 'UPDATE shipping_method SET version = version + 1 WHERE id = :methodId',
});
export const raiseZone = statement('shipping.raise-zone', {
  params: { zoneId: t.uuid },
  sql: 'UPDATE shipping_zone SET version = version + 1 WHERE id = :zoneId',
});
export const ratesOfMethod = statement('shipping.rates-of-method', {
  params: { methodId: t.uuid },
  row: { zoneId: t.uuid },
  sql: 'SELECT zone_id AS "zoneId" FROM shipping_rate WHERE method_id = :methodId',
});
export const placeMethods = statement('shipping.place-methods', {
  params: { ids: t.uuids },
  row: { id: t.uuid, version: t.int },
  sql: `UPDATE shipping_method m SET position = g.at - 1, version = version + 1
   FROM unnest(:ids::uuid[]) WITH ORDINALITY AS g (id, at) WHERE m.id = g.id AND m.position <> g.at - 1 RETURNING m.id, m.version`,
});
