import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import { ChoiceEntity, ChoiceValueEntity } from '../choice.entity.js';

export type AttributeKindName = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'ENUM' | 'COLOR' | 'DATE';
export type AttributeLevelName = 'PRODUCT' | 'VARIANT';

/** What a product or variant has of an attribute without values to choose from. */
export interface AttributeDatum {
  readonly number?: number;
  /** As 2026-11-30. */
  readonly day?: string;
  readonly text?: LocalizedText;
}

/** By the id of the attribute. */
export type AttributeData = Readonly<Record<string, AttributeDatum>>;

@Entity('attribute')
export class AttributeEntity extends ChoiceEntity {
  @Column({ type: 'text' })
  kind!: AttributeKindName;

  @Column({ type: 'text', default: 'PRODUCT' })
  level!: AttributeLevelName;

  /** Of a number; null for none. */
  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  @Column({ type: 'boolean', default: true })
  filterable!: boolean;

  /** Goes up with its values, too. */
  @VersionColumn({ type: 'int', default: 1 })
  version!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

@Entity('attribute_value')
export class AttributeValueEntity extends ChoiceValueEntity {
  @Column({ type: 'uuid', name: 'attribute_id' })
  attributeId!: string;

  /** How goods with this value are cared for; empty where there is nothing to say. */
  @Column({ type: 'jsonb', default: {} })
  care!: LocalizedText;

  /** Those of values that were merged into it, the oldest first. */
  @Column({ type: 'text', name: 'former_codes', array: true, default: [] })
  formerCodes!: string[];
}

/** The products of a category are asked for the attribute first. */
@Entity('attribute_category')
export class AttributeCategoryEntity {
  @PrimaryColumn({ type: 'uuid', name: 'attribute_id' })
  attributeId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'category_id' })
  categoryId!: string;
}
