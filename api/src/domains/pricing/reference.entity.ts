import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../kernel/languages.js';

@Entity('region')
export class RegionEntity {
  @PrimaryColumn({ type: 'text' }) code!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'char', length: 3 }) currency!: string;
}

@Entity('country')
export class CountryEntity {
  @PrimaryColumn({ type: 'char', length: 2 }) code!: string;
  @Column({ type: 'text', name: 'region_code' }) regionCode!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'int' }) position!: number;
}

/** Goods that are taxed alike. */
@Entity('tax_class')
export class TaxClassEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** Never changes: products and rates name it. */
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  /** Of new products, and of the delivery of goods that cost nothing. One class is. */
  @Column({ type: 'boolean', name: 'is_default', default: false }) isDefault!: boolean;
  /** Since when no product is put into it; null for one in use. */
  @Column({ type: 'timestamptz', precision: 3, name: 'archived_at', nullable: true })
  archivedAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

@Entity('tax_rate')
export class TaxRateEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'char', length: 2, name: 'country_code' }) countryCode!: string;
  @Column({ type: 'text', name: 'tax_class' }) taxClass!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'int', name: 'rate_basis_points' }) rateBasisPoints!: number;
  /** The days on which it holds, as a range of PostgreSQL; statements read its two ends. */
  @Column({ type: 'daterange', default: '(,)', select: false }) validity?: string;
  @Column({ type: 'text', name: 'legal_ref', nullable: true }) legalRef!: string | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
