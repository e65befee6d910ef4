import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** A group of settings that staff keep, or one value that SQL reads (`ShopSettingKey`). */
@Entity('shop_setting')
export class ShopSettingEntity {
  @PrimaryColumn({ type: 'text' }) key!: string;
  @Column({ type: 'jsonb' }) value!: unknown;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  /** Null while nobody changed what the environment said at the first start. */
  @Column({ type: 'uuid', name: 'updated_by', nullable: true }) updatedBy!: string | null;
}
