import { CATALOG_CHANNEL } from '../../../platform/database/catalog-cache.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';
import { lowStockAt, openBackorders } from '../variants/availability.js';
import { freeOfVariant } from '../variants/free-stock.js';

// Two concurrent sales of one product could each compute the availability without the other. The second must see the
// first: a new statement after the lock does, a subquery of the same statement does not.
const lockProducts = statement('catalog.projection-lock', {
  params: { productIds: t.uuids },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product WHERE id = ANY(:productIds) ORDER BY id FOR NO KEY UPDATE',
});

/** All languages of a localized column, as one text. */
const allLanguages = (column: string): string => `localized_words(${column})`;

/**
 * Punctuation separates words here and in the query (search-text.ts), so that LL-CANA-01 and l'automne are found by
 * their parts.
 */
const vector = (text: string, weight: 'A' | 'B' | 'C' | 'D'): string =>
  `setweight(to_tsvector('simple', regexp_replace(plain_text(${text}), '[^[:alnum:]]+', ' ', 'g')), '${weight}')`;

/**
 * SQL: the attribute values of product `p` that apply to its variant `v`, and those of the variant itself. A value that equals an option value of some
 * variant ("color: green" beside an option "color" with "green") applies to the variants with that option value; any
 * other applies to all of them. Options and attributes are equal if they have the same code or name.
 */
const valuesOfVariant = (p: string, v: string): string => `ARRAY(
    SELECT a.id FROM attribute_value a
    LEFT JOIN LATERAL (
      SELECT array_agg(w.id) AS ids FROM attribute t, product_option o JOIN product_option_value w ON w.option_id = o.id
      WHERE t.id = a.attribute_id AND o.product_id = ${p}.id AND ${sameThing('o', 't')} AND ${sameThing('w', 'a')}
        AND EXISTS (SELECT FROM variant other WHERE other.product_id = o.product_id AND other.deleted_at IS NULL AND w.id = ANY(other.option_value_ids))
    ) choice ON true
    WHERE a.id = ANY(${p}.attribute_value_ids) AND (choice.ids IS NULL OR choice.ids && ${v}.option_value_ids)
      OR a.id = ANY(${v}.attribute_value_ids)
    ORDER BY a.id)`;

/** SQL: the numbers of variant `v` and its product `p` by the ids of their attributes. */
const numbersOfVariant = (p: string, v: string): string => `coalesce((
    SELECT jsonb_object_agg(d.key, d.value -> 'number') FROM jsonb_each(${p}.attribute_data || ${v}.attribute_data) d
    WHERE d.value ? 'number'), '{}')`;

/** SQL: true if two rows with a code and a name in several languages are equal. */
function sameThing(one: string, other: string): string {
  return `(${one}.code = ${other}.code OR EXISTS (
    SELECT FROM jsonb_each_text(${one}.name) x JOIN jsonb_each_text(${other}.name) y ON plain_text(x.value) = plain_text(y.value)))`;
}

const refresh = statement('catalog.projection-refresh', {
  params: { productIds: t.uuids },
  row: { changed: t.int, notified: t.text },
  sql: `WITH stock AS (
     SELECT v.id, v.product_id, v.price, v.compare_at_price, v.sku, v.barcode, v.position, v.option_value_ids,
       v.attribute_value_ids, v.attribute_data,
       coalesce(${freeOfVariant('v')}, 0) AS free,
       ${lowStockAt('v')} AS low,
       v.stock_policy = 'CONTINUE' AND (v.backorder_limit IS NULL OR v.backorder_limit > ${openBackorders('v')}) AS to_come
     FROM variant v WHERE v.product_id = ANY(:productIds) AND v.deleted_at IS NULL
   ),
   labelled AS (SELECT *, CASE WHEN free > low THEN 3 WHEN free > 0 THEN 2 WHEN to_come THEN 1 ELSE 0 END AS label FROM stock),
   variants AS (
     SELECT product_id, min(price) AS min_price, max(price) AS max_price, max(label) AS best, count(*) AS many,
       (array_agg(compare_at_price ORDER BY price, compare_at_price DESC NULLS LAST, position, id))[1] AS compare_at,
       (array_agg(id ORDER BY id))[1] AS first_id, string_agg(sku, ' ' ORDER BY position, id) AS skus,
       string_agg(concat_ws(' ', regexp_replace(sku, '[^[:alnum:]]+', '', 'g'), barcode), ' ') AS codes
     FROM labelled GROUP BY product_id
   ),
   valued AS (
     SELECT p.id, ARRAY(SELECT DISTINCT x FROM (SELECT unnest(p.attribute_value_ids)
       UNION ALL SELECT unnest(s.attribute_value_ids) FROM stock s WHERE s.product_id = p.id) own (x) ORDER BY x) AS value_ids
     FROM product p WHERE p.id = ANY(:productIds)
   ),
   card AS (
     SELECT p.id, f.value_ids, coalesce(v.min_price, 0) AS min_price, coalesce(v.max_price, 0) AS max_price, v.compare_at,
       (ARRAY['SOLD_OUT', 'BACKORDER', 'LOW_STOCK', 'IN_STOCK'])[coalesce(v.best, 0) + 1] AS availability,
       CASE WHEN v.many = 1 AND v.best > 0 THEN v.first_id END AS quick_add, coalesce(v.skus, '') AS skus,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'storageKey', i.storage_key, 'alt', i.alt, 'width', i.width,
          'height', i.height, 'position', i.position, 'widths', i.widths) ORDER BY i.position, i.id), '[]')
        FROM (SELECT * FROM product_image WHERE product_id = p.id AND status = 'READY' ORDER BY position, id LIMIT 2) i) AS cover,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'color', w.swatch) ORDER BY o.position, w.position, w.id), '[]')
        FROM product_option o JOIN product_option_value w ON w.option_id = o.id
        WHERE o.product_id = p.id AND w.swatch IS NOT NULL) AS swatches,
       ${vector(allLanguages('p.name'), 'A')} || ${vector(`coalesce(v.skus, '')`, 'A')}
         || ${vector(`coalesce((SELECT string_agg(${allLanguages('t.name')}, ' ') FROM tag t WHERE t.id = ANY(p.tag_ids)), '')`, 'B')}
         || ${vector(`coalesce((SELECT string_agg(${allLanguages('a.name')}, ' ') FROM attribute_value a WHERE a.id = ANY(f.value_ids)), '')`, 'B')}
         || ${vector(`coalesce((SELECT string_agg(d.text #>> '{}', ' ') FROM jsonb_path_query(p.attribute_data, '$.*.text.*') d (text)), '')`, 'C')}
         || ${vector(allLanguages('p.summary'), 'C')}
         || ${vector(`regexp_replace(${allLanguages('p.description')}, '<[^>]*>', ' ', 'g')`, 'D')}
         -- SKUs without their signs, and barcodes; the categories, whose names are plurals that no product bears.
         || ${vector(`coalesce(v.codes, '')`, 'A')}
         || ${vector(`coalesce((SELECT string_agg(${allLanguages('c.name')}, ' ') FROM category c WHERE c.id = ANY(p.own_category_ids)), '')`, 'B')}
         || ${vector(`coalesce((SELECT string_agg(${allLanguages('c.name')}, ' ') FROM category c WHERE c.id = ANY(p.category_ids)), '')`, 'D')} AS search
     FROM product p JOIN valued f ON f.id = p.id LEFT JOIN variants v ON v.product_id = p.id
   ),
   changed AS (
     UPDATE product p SET min_price = c.min_price, max_price = c.max_price, compare_at_price = c.compare_at,
       availability = c.availability, quick_add_variant_id = c.quick_add, sku_text = c.skus, cover = c.cover,
       swatches = c.swatches, search = c.search, facet_value_ids = c.value_ids
     FROM card c WHERE p.id = c.id AND
       (p.min_price, p.max_price, p.compare_at_price, p.availability, p.quick_add_variant_id, p.sku_text, p.cover, p.swatches, p.search, p.facet_value_ids)
       IS DISTINCT FROM
       (c.min_price, c.max_price, c.compare_at, c.availability, c.quick_add, c.skus, c.cover, c.swatches, c.search, c.value_ids)
     RETURNING p.id
   ),
   listing AS (
     SELECT v.id, v.product_id, v.price, v.label > 0 AS buyable, ${valuesOfVariant('p', 'v')} AS value_ids,
       ${numbersOfVariant('p', 'v')} AS numbers
     FROM labelled v JOIN product p ON p.id = v.product_id
   ),
   unlisted AS (
     DELETE FROM variant_listing l WHERE l.product_id = ANY(:productIds) AND l.variant_id NOT IN (SELECT id FROM listing) RETURNING l.product_id
   ),
   listed AS (
     INSERT INTO variant_listing AS l (variant_id, product_id, price, buyable, value_ids, numbers) SELECT * FROM listing
     ON CONFLICT (variant_id) DO UPDATE SET price = excluded.price, buyable = excluded.buyable, value_ids = excluded.value_ids,
       numbers = excluded.numbers
       WHERE (l.price, l.buyable, l.value_ids, l.numbers) IS DISTINCT FROM (excluded.price, excluded.buyable, excluded.value_ids, excluded.numbers)
     RETURNING l.product_id
   ),
   touched AS (SELECT id FROM changed UNION SELECT product_id FROM unlisted UNION SELECT product_id FROM listed),
   bumped AS (UPDATE catalog_version SET version = version + 1 WHERE EXISTS (SELECT FROM touched) RETURNING version)
   SELECT (SELECT count(*) FROM touched)::int AS changed, (SELECT pg_notify('${CATALOG_CHANNEL}', '')::text FROM bumped) AS notified`,
});

const announce = statement('catalog.announce', {
  row: { notified: t.text },
  sql: `WITH bumped AS (UPDATE catalog_version SET version = version + 1 RETURNING version)
   SELECT pg_notify('${CATALOG_CHANNEL}', '')::text AS notified FROM bumped`,
});

/**
 * Recomputes the columns of products that are derived from their variants, stock, images and tags, inside the caller's
 * transaction, and locks the product rows until its end. Notifies every process only if something changed. Call it
 * last: whoever waits for these locks waits for the rest of the transaction.
 *
 * @returns how many products changed
 */
export async function refreshProductProjection(tx: Tx, productIds: readonly string[]): Promise<number> {
  if (productIds.length === 0) return 0;
  await tx.rows(lockProducts, { productIds });
  return (await tx.row(refresh, { productIds }))?.changed ?? 0;
}

/**
 * Raises the catalog's version and notifies every process: for changes that the product projection does not contain.
 */
export async function announceCatalogChange(tx: Tx): Promise<void> {
  await tx.rows(announce);
}
