import { Column, DeleteDateColumn, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { AttributeData } from '../attributes/attribute.entity.js';
import { ChoiceEntity, ChoiceValueEntity } from '../choice.entity.js';
import type { StockPolicy } from './availability.js';

@Entity('variant')
export class VariantEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'product_id' })
  productId!: string;

  @Column({ type: 'text' })
  sku!: string;

  @Column({ type: 'text', nullable: true })
  barcode!: string | null;

  /** The option values' names, "Verde / M"; the product's name without options. */
  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  /** Sorted, so that one combination exists once per product. */
  @Column({ type: 'uuid', name: 'option_value_ids', array: true, default: [] })
  optionValueIds!: string[];

  /** Of attributes of the level VARIANT. */
  @Column({ type: 'uuid', name: 'attribute_value_ids', array: true, default: [] })
  attributeValueIds!: string[];

  /** What it has of such attributes without values to choose from, by their ids. */
  @Column({ type: 'jsonb', name: 'attribute_data', default: {} })
  attributeData!: AttributeData;

  @Column({ type: 'uuid', name: 'image_id', nullable: true })
  imageId!: string | null;

  @Column({ type: 'bigint' })
  price!: number;

  @Column({ type: 'bigint', name: 'compare_at_price', nullable: true })
  compareAtPrice!: number | null;

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column({ type: 'int', name: 'weight_grams', nullable: true })
  weightGrams!: number | null;

  @Column({ type: 'int', default: 0 })
  position!: number;

  @Column({ type: 'text', name: 'stock_policy', default: 'DENY' })
  stockPolicy!: StockPolicy;

  /** Null: any number may be back-ordered. */
  @Column({ type: 'int', name: 'backorder_limit', nullable: true })
  backorderLimit!: number | null;

  /** A day, YYYY-MM-DD. */
  @Column({ type: 'date', name: 'available_from', nullable: true })
  availableFrom!: string | null;

  /** Null: the shop's threshold applies. */
  @Column({ type: 'int', name: 'low_stock_threshold', nullable: true })
  lowStockThreshold!: number | null;

  /** Counts the changes that staff make to the variant itself; not those of its stock. */
  @VersionColumn({ type: 'int', default: 1 })
  version!: number;

  /** Set when the variant is deleted; orders keep referring to it. */
  @DeleteDateColumn({ type: 'timestamptz', name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

@Entity('product_option')
export class ProductOptionEntity extends ChoiceEntity {
  @Column({ type: 'uuid', name: 'product_id' })
  productId!: string;
}

@Entity('product_option_value')
export class ProductOptionValueEntity extends ChoiceValueEntity {
  @Column({ type: 'uuid', name: 'option_id' })
  optionId!: string;
}
