import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { StoredFieldValues } from '../../platform/fields/field-declaration.js';

/** The values of the declared fields of one product, variant, category, order, cart or customer. */
@Entity('custom_field_values')
export class CustomFieldValuesEntity {
  /** The id of what it is about, which is unique over all tables. */
  @PrimaryColumn({ type: 'uuid', name: 'entity_id' }) entityId!: string;
  /** Its type in the schema, such as `Product`. */
  @Column({ type: 'text', name: 'entity_type' }) entityType!: string;
  /** By name of the field; also those of fields that no module declares any more. */
  @Column({ type: 'jsonb', name: 'field_values' }) fieldValues!: StoredFieldValues;
  @VersionColumn({ type: 'int', default: 0 }) version!: number;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'uuid', name: 'updated_by', nullable: true }) updatedBy!: string | null;
}
