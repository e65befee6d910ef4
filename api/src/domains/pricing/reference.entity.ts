import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../kernel/languages.js';
import type { StoredArguments } from '../../platform/strategies/define-strategy.js';

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

@Entity('tax_rate')
export class TaxRateEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'char', length: 2, name: 'country_code' }) countryCode!: string;
  @Column({ type: 'text', name: 'tax_class' }) taxClass!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'int', name: 'rate_basis_points' }) rateBasisPoints!: number;
}

@Entity('shipping_method')
export class ShippingMethodEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text', name: 'region_code' }) regionCode!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'jsonb' }) description!: LocalizedText;
  @Column({ type: 'bigint' }) price!: number;
  @Column({ type: 'bigint', name: 'free_from', nullable: true }) freeFrom!: number | null;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'int', name: 'days_min', nullable: true }) estimatedDaysMin!: number | null;
  @Column({ type: 'int', name: 'days_max', nullable: true }) estimatedDaysMax!: number | null;
  @Column({ type: 'boolean', name: 'phone_required' }) phoneRequired!: boolean;
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'boolean' }) active!: boolean;
  /** The rule that its price is computed by. */
  @Column({ type: 'text', name: 'rate_code', default: 'flat' }) rateCode!: string;
  /** Those of the flat rate are `price` and `free_from`. */
  @Column({ type: 'jsonb', name: 'rate_arguments', default: {} }) rateArguments!: StoredArguments;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
}
