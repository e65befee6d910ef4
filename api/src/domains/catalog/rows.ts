import {
  columnsOf,
  fieldsWithout,
  rowOf,
  t,
  type SqlType,
  type ValuesOf,
} from '../../platform/database/database.js';
import type { LocalizedText } from '../../kernel/languages.js';
import { ProductImageEntity, type ImageRow } from './images/image.entity.js';
import { ProductEntity } from './products/product.entity.js';
import { lowStockAt, openBackorders } from './variants/availability.js';
import { ofActiveLevels } from './variants/free-stock.js';
import { VariantEntity } from './variants/variant.entity.js';

export type { ImageRow } from './images/image.entity.js';
export type { ProductStatus, SeoColumn, SwatchRow } from './products/product.entity.js';

/*
 * How the catalogue's rows are read. Which columns there are is said by the entities; a new one is read with its row,
 * unless it is left out here.
 */

const IMAGE_FIELDS = fieldsWithout(ProductImageEntity, ['originalKey', 'attempts', 'queuedAt', 'mediaId']);
/** Without the description: only the product's page reads it, and it is the one long column. */
const PRODUCT_FIELDS = fieldsWithout(ProductEntity, [
  'description',
  'categoryIds',
  'skuText',
  'facetValueIds',
]);
const VARIANT_FIELDS = fieldsWithout(VariantEntity, ['createdAt']);

/** A moment; text if the row was read through `to_json`. */
const MOMENT: SqlType<Date | string> = t.timestamp;

/** The columns that `imageColumns` selects. */
export const IMAGE_ROW = rowOf(ProductImageEntity, IMAGE_FIELDS);

/** A product as lists, the product page and the cart read it. */
export const PRODUCT_ROW = { ...rowOf(ProductEntity, PRODUCT_FIELDS), createdAt: MOMENT, updatedAt: MOMENT };

export interface ProductRow extends ValuesOf<typeof PRODUCT_ROW> {
  readonly description?: LocalizedText;
}

export const VARIANT_ROW = {
  ...rowOf(VariantEntity, VARIANT_FIELDS),
  deletedAt: MOMENT.orNull,
  /** The variant's own image; null while it is not READY. */
  image: t.json<ImageRow>().orNull,
  /** Sums over the active stock locations. */
  onHand: t.int,
  reserved: t.int,
  /** Back-ordered units; 0 where the policy is DENY. */
  backordered: t.int,
  /** The effective threshold: the variant's own, else the shop's. */
  lowStockAt: t.int,
  taxClass: t.text,
};

export type VariantRow = ValuesOf<typeof VARIANT_ROW>;

export interface OptionValueRow {
  readonly id: string;
  readonly code: string;
  readonly name: LocalizedText;
  readonly swatch: string | null;
}

export interface OptionRow {
  readonly id: string;
  readonly productId: string;
  readonly code: string;
  readonly name: LocalizedText;
  readonly values: OptionValueRow[];
}

/** The select list for a `ProductRow`; `p` is the alias of table product. */
export function productColumns(p: string): string {
  return columnsOf(ProductEntity, p, PRODUCT_FIELDS);
}

/** The select list for an `ImageRow`; `i` is the alias of table product_image. */
export function imageColumns(i: string): string {
  return columnsOf(ProductImageEntity, i, IMAGE_FIELDS);
}

/**
 * The select list for a `VariantRow`; `v` is the alias of table variant. It has no joins, so it also works without
 * FROM.
 */
export function variantColumns(v: string): string {
  return `${columnsOf(VariantEntity, v, VARIANT_FIELDS)},
    (SELECT to_json(i) FROM (SELECT ${imageColumns('pi')} FROM product_image pi WHERE pi.id = ${v}.image_id AND pi.status = 'READY') i) AS image,
    ${ofActiveLevels(v, 'coalesce(sum(s.on_hand), 0)::int')} AS "onHand",
    ${ofActiveLevels(v, 'coalesce(sum(s.reserved), 0)::int')} AS "reserved",
    ${openBackorders(v)} AS "backordered", ${lowStockAt(v)} AS "lowStockAt",
    (SELECT vp.tax_class FROM product vp WHERE vp.id = ${v}.product_id) AS "taxClass"`;
}
