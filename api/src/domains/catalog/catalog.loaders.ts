import DataLoader from 'dataloader';
import { statement, t } from '../../platform/database/database.js';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { freeOf } from './variants/free-stock.js';
import type { LocalizedText } from '../../kernel/languages.js';
import {
  imageColumns,
  productColumns,
  variantColumns,
  PRODUCT_ROW,
  VARIANT_ROW,
  IMAGE_ROW,
  type OptionValueRow,
} from './rows.js';

/** The most related products that a query may request. */
export const MAX_RELATED = 12;

const productsById = statement('catalog.products-by-id', {
  params: { ids: t.uuids },
  row: PRODUCT_ROW,
  sql: `SELECT ${productColumns('p')} FROM product p WHERE p.id = ANY(:ids)`,
});
const descriptionsById = statement('catalog.descriptions', {
  params: { ids: t.uuids },
  row: { id: t.uuid, description: t.json<LocalizedText>() },
  sql: 'SELECT id, description FROM product WHERE id = ANY(:ids)',
});
const variantsById = statement('catalog.variants-by-id', {
  params: { ids: t.uuids },
  row: VARIANT_ROW,
  sql: `SELECT ${variantColumns('v')} FROM variant v WHERE v.id = ANY(:ids)`,
});
const variantsByProduct = statement('catalog.variants-by-product', {
  params: { ids: t.uuids },
  row: VARIANT_ROW,
  sql: `SELECT ${variantColumns('v')} FROM variant v WHERE v.product_id = ANY(:ids) AND v.deleted_at IS NULL ORDER BY v.position, v.id`,
});
const imagesByProduct = statement('catalog.images-by-product', {
  params: { ids: t.uuids },
  row: IMAGE_ROW,
  sql: `SELECT ${imageColumns('i')} FROM product_image i WHERE i.product_id = ANY(:ids) ORDER BY i.position, i.id`,
});
/** The options of products, with their values; $1 is the array of product ids. */
export const optionsByProduct = statement('catalog.options-by-product', {
  params: { ids: t.uuids },
  row: {
    id: t.uuid,
    productId: t.uuid,
    code: t.text,
    name: t.json<LocalizedText>(),
    values: t.json<OptionValueRow[]>(),
  },
  sql: `SELECT o.id, o.product_id AS "productId", o.code, o.name,
     (SELECT coalesce(json_agg(json_build_object('id', w.id, 'code', w.code, 'name', w.name, 'swatch', w.swatch)
        ORDER BY w.position, w.id), '[]') FROM product_option_value w WHERE w.option_id = o.id) AS values
   FROM product_option o WHERE o.product_id = ANY(:ids) ORDER BY o.position, o.id`,
});
const stockByProduct = statement('catalog.stock-by-product', {
  params: { ids: t.uuids },
  row: { productId: t.uuid, onHand: t.int, available: t.int },
  sql: `SELECT v.product_id AS "productId", sum(s.on_hand)::int AS "onHand",
     sum(${freeOf('s')})::int AS "available"
   FROM variant v JOIN stock_level s ON s.variant_id = v.id JOIN stock_location l ON l.id = s.location_id AND l.active
   WHERE v.product_id = ANY(:ids) AND v.deleted_at IS NULL GROUP BY v.product_id`,
});
// Sorted by similarity: same main category first, then shared tags and attribute values; available products first.
const relatedProducts = statement('catalog.related', {
  params: { ids: t.uuids },
  row: { ...PRODUCT_ROW, ofId: t.uuid },
  sql: `SELECT o.id AS "ofId", ${productColumns('r')}
   FROM product o CROSS JOIN LATERAL (
     SELECT p.* FROM product p
     WHERE p.status = 'ACTIVE' AND p.id <> o.id AND p.category_ids && o.category_ids
     ORDER BY (p.availability <> 'SOLD_OUT') DESC,
       (p.main_category_id IS NOT DISTINCT FROM o.main_category_id)::int * 3
         + (SELECT count(*) FROM unnest(p.tag_ids || p.facet_value_ids) x WHERE x = ANY(o.tag_ids || o.facet_value_ids)) DESC,
       p.created_at DESC, p.id
     LIMIT ${MAX_RELATED}
   ) r WHERE o.id = ANY(:ids)`,
});

/** One statement for any number of parents; callers that already have the rows may prime the loaders. */
export const catalogLoaders = perRequest(({ database }) => ({
  productById: loadOneBy(database, productsById, ({ id }) => id),
  descriptionById: new DataLoader<string, LocalizedText>(async (ids) => {
    const rows = await database.rows(descriptionsById, { ids });
    const found = new Map(rows.map(({ id, description }) => [id, description]));
    return ids.map((id) => found.get(id) ?? {});
  }),
  variantById: loadOneBy(database, variantsById, ({ id }) => id),
  /** Without deleted variants. */
  variantsByProduct: loadManyBy(database, variantsByProduct, ({ productId }) => productId),
  imagesByProduct: loadManyBy(database, imagesByProduct, ({ productId }) => productId ?? ''),
  optionsByProduct: loadManyBy(database, optionsByProduct, ({ productId }) => productId),
  stockByProduct: loadOneBy(database, stockByProduct, ({ productId }) => productId),
  relatedByProduct: loadManyBy(database, relatedProducts, ({ ofId }) => ofId),
}));

/** Clears the loaders of this request for a product that it has just changed. */
export function forgetProduct(context: RequestContext, productId: string): void {
  const {
    productById,
    descriptionById,
    variantsByProduct,
    variantById,
    imagesByProduct,
    optionsByProduct,
    stockByProduct,
  } = catalogLoaders(context);
  for (const loader of [
    productById,
    descriptionById,
    variantsByProduct,
    imagesByProduct,
    optionsByProduct,
    stockByProduct,
  ])
    loader.clear(productId);
  variantById.clearAll();
}
