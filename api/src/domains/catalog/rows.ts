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

/** A product as lists, the product page and the cart read it. */
export interface ProductRow {
  readonly id: string;
  readonly slug: string;
  readonly status: ProductStatus;
  readonly name: LocalizedText;
  readonly summary: LocalizedText;
  /** Not selected by `productColumns`: only the product page reads it, and it is the one long column. */
  readonly description?: LocalizedText;
  readonly seo: SeoColumn;
  /** Labels set by staff; SALE is derived from the prices. */
  readonly labels: string[];
  readonly featured: boolean;
  readonly taxClass: string;
  readonly mainCategoryId: string | null;
  readonly ownCategoryIds: string[];
  readonly tagIds: string[];
  readonly attributeValueIds: string[];
  readonly currency: string;
  readonly minPrice: number;
  readonly maxPrice: number;
  readonly compareAtPrice: number | null;
  readonly availability: Availability;
  /** The first two READY images. */
  readonly cover: ImageRow[];
  readonly swatches: SwatchRow[];
  readonly quickAddVariantId: string | null;
  readonly version: number;
  /** Text if the row was read through `to_json`. */
  readonly createdAt: Date | string;
  readonly updatedAt: Date | string;
}

export interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly barcode: string | null;
  /** The option values' names, "Verde / M"; the product's name without options. */
  readonly name: LocalizedText;
  readonly optionValueIds: string[];
  readonly imageId: string | null;
  /** The variant's own image; null while it is not READY. */
  readonly image: ImageRow | null;
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly currency: string;
  readonly weightGrams: number | null;
  readonly position: number;
  /** Set when the variant is deleted; orders keep referring to it. */
  readonly deletedAt: Date | string | null;
  /** Sums over the active stock locations. */
  readonly onHand: number;
  readonly reserved: number;
  readonly stockPolicy: StockPolicy;
  /** How many units may be back-ordered; null for any number. */
  readonly backorderLimit: number | null;
  /** Back-ordered units; 0 where the policy is DENY. */
  readonly backordered: number;
  /** A day, YYYY-MM-DD. */
  readonly availableFrom: string | null;
  /** The variant's own; null for the shop's. */
  readonly lowStockThreshold: number | null;
  /** The effective one: the variant's own, else the shop's. */
  readonly lowStockAt: number;
  readonly version: number;
  readonly taxClass: string;
}

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
