import { Column, Entity, PrimaryColumn } from 'typeorm';
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

@Entity('tax_rate')
export class TaxRateEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'char', length: 2, name: 'country_code' }) countryCode!: string;
  @Column({ type: 'text', name: 'tax_class' }) taxClass!: string;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'int', name: 'rate_basis_points' }) rateBasisPoints!: number;
}
