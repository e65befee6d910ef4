import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { AttributeData } from '../attributes/attribute.entity.js';
import type { Availability } from '../variants/availability.js';
import type { ImageRow } from '../images/image.entity.js';
import type { ShownMedia } from '../images/shown-media.js';

export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED';

export interface SwatchRow {
  readonly name: LocalizedText;
  readonly color: string;
}

export interface SeoColumn {
  readonly title?: LocalizedText;
  readonly description?: LocalizedText;
  readonly canonicalUrl?: string | null;
  readonly noindex?: boolean;
  /** The image of the page when it is shared. */
  readonly image?: ShownMedia;
}

@Entity('product')
export class ProductEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  slug!: string;

  @Column({ type: 'text', default: 'DRAFT' })
  status!: ProductStatus;

  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  @Column({ type: 'jsonb', default: {} })
  summary!: LocalizedText;

  @Column({ type: 'jsonb', default: {} })
  description!: LocalizedText;

  @Column({ type: 'jsonb', default: {} })
  seo!: SeoColumn;

  /** Labels set by staff; SALE is derived from the prices. */
  @Column({ type: 'text', array: true, default: [] })
  labels!: string[];

  @Column({ type: 'boolean', default: false })
  featured!: boolean;

  @Column({ type: 'text', name: 'tax_class', default: 'standard' })
  taxClass!: string;

  @Column({ type: 'uuid', name: 'main_category_id', nullable: true })
  mainCategoryId!: string | null;

  @Column({ type: 'uuid', name: 'own_category_ids', array: true, default: [] })
  ownCategoryIds!: string[];

  /** Its own categories and all their ancestors. */
  @Column({ type: 'uuid', name: 'category_ids', array: true, default: [] })
  categoryIds!: string[];

  @Column({ type: 'uuid', name: 'tag_ids', array: true, default: [] })
  tagIds!: string[];

  @Column({ type: 'uuid', name: 'attribute_value_ids', array: true, default: [] })
  attributeValueIds!: string[];

  /** What it has of attributes without values to choose from, by their ids. */
  @Column({ type: 'jsonb', name: 'attribute_data', default: {} })
  attributeData!: AttributeData;

  /** Its own attribute values and those of its variants: what lists are narrowed by. */
  @Column({ type: 'uuid', name: 'facet_value_ids', array: true, default: [] })
  facetValueIds!: string[];

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column({ type: 'bigint', name: 'min_price', default: 0 })
  minPrice!: number;

  @Column({ type: 'bigint', name: 'max_price', default: 0 })
  maxPrice!: number;

  @Column({ type: 'bigint', name: 'compare_at_price', nullable: true })
  compareAtPrice!: number | null;

  @Column({ type: 'text', default: 'SOLD_OUT' })
  availability!: Availability;

  /** The first two READY images. */
  @Column({ type: 'jsonb', default: [] })
  cover!: ImageRow[];

  @Column({ type: 'jsonb', default: [] })
  swatches!: SwatchRow[];

  @Column({ type: 'uuid', name: 'quick_add_variant_id', nullable: true })
  quickAddVariantId!: string | null;

  @Column({ type: 'text', name: 'sku_text', default: '' })
  skuText!: string;

  @Column({ type: 'text', name: 'name_sort', insert: false, update: false, select: false })
  nameSort?: string;

  @Column({ type: 'text', name: 'name_text', insert: false, update: false, select: false })
  nameText?: string;

  @Column({ type: 'tsvector', default: '', insert: false, update: false, select: false })
  search?: string;

  @VersionColumn({ type: 'int', default: 1 })
  version!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

/** A former slug of a product. */
@Entity('slug_redirect')
export class SlugRedirectEntity {
  @PrimaryColumn({ type: 'text', name: 'old_slug' })
  oldSlug!: string;

  @Column({ type: 'uuid', name: 'product_id' })
  productId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** One row: its number increases with every change that buyers could see. */
@Entity('catalog_version')
export class CatalogVersionEntity {
  @PrimaryColumn({ type: 'int', default: 1 })
  id!: number;

  @Column({ type: 'bigint', default: 1 })
  version!: number;
}
