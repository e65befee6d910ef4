import { statement, t } from '../../../platform/database/database.js';
import type { AttributeKindName, AttributeLevelName } from './attribute.entity.js';

/** Every attribute as it is stored, for who writes what products have of them: there are few. */
export const everyAttribute = statement('catalog.attributes', {
  row: {
    id: t.uuid,
    kind: t.textOf<AttributeKindName>(),
    level: t.textOf<AttributeLevelName>(),
    unit: t.text.orNull,
    values: t.json<{ readonly id: string; readonly code: string }[]>(),
  },
  sql: `SELECT a.id, a.kind, a.level, a.unit,
     (SELECT coalesce(json_agg(json_build_object('id', v.id, 'code', v.code) ORDER BY v.position, v.code), '[]')
      FROM attribute_value v WHERE v.attribute_id = a.id) AS values
   FROM attribute a ORDER BY a.position, a.code`,
});
export const attributeIds = statement('catalog.attribute-ids', {
  row: { id: t.uuid, position: t.int },
  sql: 'SELECT id, position FROM attribute ORDER BY position, code',
});
export const valueIds = statement('catalog.attribute-value-ids', {
  params: { attributeId: t.uuid },
  row: { id: t.uuid, code: t.text, position: t.int },
  sql: 'SELECT id, code, position FROM attribute_value WHERE attribute_id = :attributeId ORDER BY position, code',
});
/** A code that a value takes is no longer a former one of another of the attribute. */
export const giveUpFormerCode = statement('catalog.attribute-former-code', {
  params: { attributeId: t.uuid, code: t.text },
  sql: `UPDATE attribute_value SET former_codes = array_remove(former_codes, :code::text)
   WHERE attribute_id = :attributeId AND former_codes @> ARRAY[:code::text]`,
});
export const orderAttributes = statement('catalog.attributes-order', {
  params: { ids: t.uuids },
  row: { id: t.uuid, version: t.int },
  sql: `UPDATE attribute a SET position = n.at - 1, version = a.version + 1, updated_at = now() FROM unnest(:ids::uuid[]) WITH ORDINALITY AS n (id, at)
   WHERE a.id = n.id AND a.position <> n.at - 1 RETURNING a.id, a.version`,
});
export const raiseVersion = statement('catalog.attribute-version', {
  params: { id: t.uuid },
  sql: 'UPDATE attribute SET version = version + 1, updated_at = now() WHERE id = :id',
});
export const orderValues = statement('catalog.attribute-values-order', {
  params: { ids: t.uuids },
  sql: `UPDATE attribute_value v SET position = n.at - 1 FROM unnest(:ids::uuid[]) WITH ORDINALITY AS n (id, at)
   WHERE v.id = n.id AND v.position <> n.at - 1`,
});
export const codesLike = statement('catalog.attribute-codes', {
  params: { code: t.text },
  row: { code: t.text },
  sql: `SELECT code FROM attribute WHERE code = :code OR code LIKE :code || '-%'`,
});
export const suggestFor = statement('catalog.attribute-categories', {
  params: { attributeId: t.uuid, ids: t.uuids },
  row: { changed: t.int },
  sql: `WITH gone AS (DELETE FROM attribute_category WHERE attribute_id = :attributeId AND category_id <> ALL (:ids::uuid[]) RETURNING 1),
     added AS (INSERT INTO attribute_category (attribute_id, category_id)
       SELECT :attributeId, c.id FROM category c WHERE c.id = ANY(:ids) ON CONFLICT DO NOTHING RETURNING 1)
   SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM added))::int AS changed`,
});

const NAMED = { attributeId: t.uuid, valueIds: t.uuids };
/** Products, or their variants, with one of the values, or with a number, day or text of the attribute. */
const HAVE = (table: string, column: string): string => `SELECT ${column} FROM ${table}
   WHERE attribute_value_ids && :valueIds::uuid[] OR attribute_data ? :attributeId::uuid::text`;
const PRODUCTS = `${HAVE('product', 'id')} UNION ${HAVE('variant', 'product_id')}`;

/** Locks the products that have something of an attribute, in the order of their ids. */
export const lockProductsOf = statement('catalog.attribute-products-lock', {
  params: NAMED,
  row: { id: t.uuid },
  sql: `SELECT id FROM product WHERE id IN (${PRODUCTS}) ORDER BY id FOR NO KEY UPDATE`,
});
/** How many products have something of it, of any status, and whether numbers of it are stored. */
export const usesOf = statement('catalog.attribute-uses', {
  params: NAMED,
  row: { products: t.int, hasData: t.boolean },
  sql: `SELECT count(*)::int AS products, coalesce(bool_or(u.data), false) AS "hasData" FROM (
     SELECT o.id, bool_or(o.attribute_data ? :attributeId::uuid::text) AS data FROM (
       SELECT id, attribute_value_ids, attribute_data FROM product UNION ALL SELECT product_id, attribute_value_ids, attribute_data FROM variant) o
     WHERE o.attribute_value_ids && :valueIds::uuid[] OR o.attribute_data ? :attributeId::uuid::text GROUP BY o.id) u`,
});

const replaced = (alias: string): string => `coalesce((SELECT array_agg(kept.id ORDER BY kept.at) FROM (
     SELECT CASE WHEN o.id = ANY(:valueIds) THEN :into::uuid ELSE o.id END AS id, min(o.at) AS at
     FROM unnest(${alias}.attribute_value_ids) WITH ORDINALITY AS o (id, at) GROUP BY 1) kept WHERE kept.id IS NOT NULL), '{}')`;
const TAKEN = { ...NAMED, into: t.uuid.orNull };
/** Whoever edits one of the products gets STALE_VERSION: their form names a value that is gone. */
export const takeFromProducts = statement('catalog.attribute-products-take', {
  params: TAKEN,
  sql: `UPDATE product p SET version = p.version + 1, updated_at = now(),
     attribute_data = p.attribute_data - :attributeId::uuid::text, attribute_value_ids = ${replaced('p')}
   WHERE p.attribute_value_ids && :valueIds::uuid[] OR p.attribute_data ? :attributeId::uuid::text`,
});
export const takeFromVariants = statement('catalog.attribute-variants-take', {
  params: TAKEN,
  sql: `UPDATE variant v SET version = v.version + 1,
     attribute_data = v.attribute_data - :attributeId::uuid::text, attribute_value_ids = ${replaced('v')}
   WHERE v.attribute_value_ids && :valueIds::uuid[] OR v.attribute_data ? :attributeId::uuid::text`,
});
/** How many products have each value, themselves or by a variant, of any status. */
export const productsByValue = statement('catalog.products-by-value', {
  params: { ids: t.uuids },
  row: { id: t.uuid, count: t.int },
  sql: `SELECT value_id AS id, count(*)::int AS count FROM product, unnest(facet_value_ids) AS value_id
   WHERE facet_value_ids && :ids::uuid[] AND value_id = ANY(:ids) GROUP BY value_id`,
});
/** How many products have a number, day or text of each attribute, themselves or by a variant. */
export const productsByAttribute = statement('catalog.products-by-attribute', {
  params: { ids: t.texts },
  row: { id: t.text, count: t.int },
  sql: `SELECT key AS id, count(DISTINCT product_id)::int AS count FROM (
     SELECT id AS product_id, attribute_data FROM product WHERE attribute_data <> '{}'
     UNION ALL SELECT product_id, attribute_data FROM variant WHERE attribute_data <> '{}' AND deleted_at IS NULL) o,
     jsonb_object_keys(o.attribute_data) AS key WHERE key = ANY(:ids) GROUP BY key`,
});
