import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** Values by key, as they are stored. */
export type MetadataValues = Readonly<Record<string, string>>;

/** What staff and programs wrote down about one product, variant, category, order, cart or customer. */
@Entity('metadata')
export class MetadataEntity {
  /** The id of what it is about, which is unique over all tables. */
  @PrimaryColumn({ type: 'uuid', name: 'entity_id' }) entityId!: string;
  /** Its type in the schema, such as `Product`. */
  @Column({ type: 'text', name: 'entity_type' }) entityType!: string;
  @Column({ type: 'jsonb', name: 'staff_values' }) staffValues!: MetadataValues;
  @Column({ type: 'jsonb', name: 'public_values' }) publicValues!: MetadataValues;
  @VersionColumn({ type: 'int', default: 0 }) version!: number;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'uuid', name: 'updated_by', nullable: true }) updatedBy!: string | null;
}
