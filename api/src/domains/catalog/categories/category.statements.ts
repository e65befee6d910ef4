import { statement, t } from '../../../platform/database/database.js';

/** The categories directly below one, or those at the top for null, in their order. */
export const categoriesBelow = statement('catalog.categories-below', {
  params: { parentId: t.uuid.orNull },
  row: { id: t.uuid },
  sql: `SELECT id FROM category WHERE parent_id IS NOT DISTINCT FROM :parentId::uuid ORDER BY position, slug`,
});
export const numberCategories = statement('catalog.categories-number', {
  params: { ids: t.uuids },
  sql: `UPDATE category c SET position = n.at - 1 FROM unnest(:ids::uuid[]) WITH ORDINALITY AS n (id, at)
   WHERE c.id = n.id AND c.position <> n.at - 1`,
});
export const moveChildren = statement('catalog.categories-move-children', {
  params: { ids: t.uuids, parentId: t.uuid.orNull },
  sql: `UPDATE category SET parent_id = :parentId, version = version + 1, updated_at = now() WHERE id = ANY(:ids::uuid[])`,
});

export const lockProductsOfCategory = statement('catalog.category-products-lock', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: `SELECT id FROM product WHERE category_ids @> ARRAY[:id::uuid] AND :id = ANY(own_category_ids) ORDER BY id FOR NO KEY UPDATE`,
});
/** Whoever edits one of the products gets STALE_VERSION: their form names a category that is gone. */
export const takeOutOfCategory = statement('catalog.category-products-out', {
  params: { id: t.uuid, to: t.uuid.orNull },
  sql: `WITH own AS (
     SELECT p.id, coalesce((SELECT array_agg(kept.id ORDER BY kept.at) FROM (
       SELECT coalesce(nullif(o.id, :id), :to::uuid) AS id, min(o.at) AS at FROM unnest(p.own_category_ids) WITH ORDINALITY AS o (id, at)
       GROUP BY 1) kept WHERE kept.id IS NOT NULL), '{}') AS ids
     FROM product p WHERE p.category_ids @> ARRAY[:id::uuid] AND :id = ANY(p.own_category_ids))
   UPDATE product p SET own_category_ids = own.ids, version = p.version + 1, updated_at = now(),
     main_category_id = CASE WHEN p.main_category_id = :id THEN own.ids[1] ELSE p.main_category_id END
   FROM own WHERE own.id = p.id`,
});

/** What deleting a category touches. */
export const countTouched = statement('catalog.category-delete-preview', {
  params: { id: t.uuid },
  row: { children: t.int, products: t.int, onSale: t.int, onlyHere: t.int },
  sql: `SELECT (SELECT count(*)::int FROM category WHERE parent_id = :id) AS children, count(*)::int AS products,
     count(*) FILTER (WHERE status = 'ACTIVE')::int AS "onSale",
     count(*) FILTER (WHERE cardinality(own_category_ids) = 1)::int AS "onlyHere"
   FROM product WHERE category_ids @> ARRAY[:id::uuid] AND :id = ANY(own_category_ids)`,
});
