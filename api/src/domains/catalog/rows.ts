import { t, type SqlType, type ValuesOf } from '../../platform/database/database.js';
import type { LocalizedText } from '../../kernel/languages.js';
import type { ImageFailure, ImageStatus } from './images/image-status.js';
import { lowStockAt, openBackorders, type Availability, type StockPolicy } from './variants/availability.js';

export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED';

export interface ImageRow {
  readonly id: string;
  readonly storageKey: string;
  readonly alt: LocalizedText;
  readonly width: number;
  readonly height: number;
  readonly position: number;
  readonly productId?: string;
  /** The widths made below its own; null or absent for the first list of widths. */
  readonly widths?: number[] | null;
  /** Absent where only READY images are selected: on cards and in orders. */
  readonly status?: ImageStatus;
  readonly failure?: ImageFailure | null;
}

export interface SwatchRow {
  readonly name: LocalizedText;
  readonly color: string;
}

export interface SeoColumn {
  readonly title?: LocalizedText;
  readonly description?: LocalizedText;
  readonly canonicalUrl?: string | null;
  readonly noindex?: boolean;
}

/** The columns that `imageColumns` selects. */
export const IMAGE_ROW = {
  id: t.uuid,
  storageKey: t.text,
  alt: t.json<LocalizedText>(),
  width: t.int,
  height: t.int,
  position: t.int,
  productId: t.uuid,
  widths: t.ints.orNull,
  status: t.textOf<ImageStatus>(),
  failure: t.textOf<ImageFailure>().orNull,
};

/** A moment; text if the row was read through `to_json`. */
const MOMENT: SqlType<Date | string> = t.timestamp;

/** A product as lists, the product page and the cart read it. */
export const PRODUCT_ROW = {
  id: t.uuid,
  slug: t.text,
  status: t.textOf<ProductStatus>(),
  name: t.json<LocalizedText>(),
  summary: t.json<LocalizedText>(),
  seo: t.json<SeoColumn>(),
  /** Labels set by staff; SALE is derived from the prices. */
  labels: t.texts,
  featured: t.boolean,
  taxClass: t.text,
  mainCategoryId: t.uuid.orNull,
  ownCategoryIds: t.uuids,
  tagIds: t.uuids,
  attributeValueIds: t.uuids,
  currency: t.text,
  minPrice: t.int,
  maxPrice: t.int,
  compareAtPrice: t.int.orNull,
  availability: t.textOf<Availability>(),
  /** The first two READY images. */
  cover: t.json<ImageRow[]>(),
  swatches: t.json<SwatchRow[]>(),
  quickAddVariantId: t.uuid.orNull,
  version: t.int,
  createdAt: MOMENT,
  updatedAt: MOMENT,
};

export interface ProductRow extends ValuesOf<typeof PRODUCT_ROW> {
  /** Not selected by `productColumns`: only the product page reads it, and it is the one long column. */
  readonly description?: LocalizedText;
}

export const VARIANT_ROW = {
  id: t.uuid,
  productId: t.uuid,
  sku: t.text,
  barcode: t.text.orNull,
  /** The option values' names, "Verde / M"; the product's name without options. */
  name: t.json<LocalizedText>(),
  optionValueIds: t.uuids,
  imageId: t.uuid.orNull,
  /** The variant's own image; null while it is not READY. */
  image: t.json<ImageRow>().orNull,
  price: t.int,
  compareAtPrice: t.int.orNull,
  currency: t.text,
  weightGrams: t.int.orNull,
  position: t.int,
  /** Set when the variant is deleted; orders keep referring to it. */
  deletedAt: MOMENT.orNull,
  /** Sums over the active stock locations. */
  onHand: t.int,
  reserved: t.int,
  stockPolicy: t.textOf<StockPolicy>(),
  /** How many units may be back-ordered; null for any number. */
  backorderLimit: t.int.orNull,
  /** Back-ordered units; 0 where the policy is DENY. */
  backordered: t.int,
  /** A day, YYYY-MM-DD. */
  availableFrom: t.text.orNull,
  /** The variant's own; null for the shop's. */
  lowStockThreshold: t.int.orNull,
  /** The effective one: the variant's own, else the shop's. */
  lowStockAt: t.int,
  version: t.int,
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
  return `${p}.id, ${p}.slug, ${p}.status, ${p}.name, ${p}.summary, ${p}.seo, ${p}.labels, ${p}.featured,
    ${p}.tax_class AS "taxClass", ${p}.main_category_id AS "mainCategoryId", ${p}.own_category_ids AS "ownCategoryIds",
    ${p}.tag_ids AS "tagIds", ${p}.attribute_value_ids AS "attributeValueIds", ${p}.currency,
    ${p}.min_price AS "minPrice", ${p}.max_price AS "maxPrice", ${p}.compare_at_price AS "compareAtPrice",
    ${p}.availability, ${p}.cover, ${p}.swatches, ${p}.quick_add_variant_id AS "quickAddVariantId",
    ${p}.version, ${p}.created_at AS "createdAt", ${p}.updated_at AS "updatedAt"`;
}

/** The select list for an `ImageRow`; `i` is the alias of table product_image. */
export function imageColumns(i: string): string {
  return `${i}.id, ${i}.product_id AS "productId", ${i}.storage_key AS "storageKey", ${i}.alt, ${i}.width, ${i}.height, ${i}.position,
    ${i}.widths, ${i}.status, ${i}.failure`;
}

/**
 * The select list for a `VariantRow`; `v` is the alias of table variant. It has no joins, so it also works without
 * FROM.
 */
export function variantColumns(v: string): string {
  return `${v}.id, ${v}.product_id AS "productId", ${v}.sku, ${v}.barcode, ${v}.name,
    ${v}.option_value_ids AS "optionValueIds", ${v}.image_id AS "imageId",
    (SELECT to_json(i) FROM (SELECT ${imageColumns('pi')} FROM product_image pi WHERE pi.id = ${v}.image_id AND pi.status = 'READY') i) AS image,
    ${v}.price, ${v}.compare_at_price AS "compareAtPrice", ${v}.currency, ${v}.weight_grams AS "weightGrams",
    ${v}.position, ${v}.version, ${v}.deleted_at AS "deletedAt",
    ${stockSum(v, 'on_hand')} AS "onHand", ${stockSum(v, 'reserved')} AS "reserved",
    ${v}.stock_policy AS "stockPolicy", ${v}.backorder_limit AS "backorderLimit", ${openBackorders(v)} AS "backordered",
    ${v}.available_from::text AS "availableFrom", ${v}.low_stock_threshold AS "lowStockThreshold", ${lowStockAt(v)} AS "lowStockAt",
    (SELECT vp.tax_class FROM product vp WHERE vp.id = ${v}.product_id) AS "taxClass"`;
}

function stockSum(v: string, column: 'on_hand' | 'reserved'): string {
  return `(SELECT coalesce(sum(sl.${column}), 0)::int FROM stock_level sl JOIN stock_location lo ON lo.id = sl.location_id AND lo.active
      WHERE sl.variant_id = ${v}.id)`;
}
