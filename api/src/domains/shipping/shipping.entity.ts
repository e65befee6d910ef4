import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../kernel/languages.js';
import type { StoredArguments } from '../../platform/strategies/define-strategy.js';
import type { RateConditions } from './rates/conditions.js';

/** How goods reach the buyer. */
export enum ShippingKind {
  COURIER = 'COURIER',
  LOCKER = 'LOCKER',
  PICKUP = 'PICKUP',
  DIGITAL = 'DIGITAL',
  OTHER = 'OTHER',
}

/** Places that have the same deliveries at the same prices. */
@Entity('shipping_zone')
export class ShippingZoneEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** For staff. */
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'int' }) position!: number;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
}

/** A part of a zone. Each is in one zone. */
@Entity('zone_area')
export class ZoneAreaEntity {
  @PrimaryColumn({ type: 'uuid', name: 'zone_id' }) zoneId!: string;
  /** `ZZ`: the rest of the world. */
  @PrimaryColumn({ type: 'char', length: 2 }) country!: string;
  @Column({ type: 'text', nullable: true }) subdivision!: string | null;
  /** In capitals, letters and digits alone. */
  @Column({ type: 'text', name: 'postcode_prefix', nullable: true }) postcodePrefix!: string | null;
}

/** A way of delivery. */
@Entity('shipping_method')
export class ShippingMethodEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text', default: ShippingKind.COURIER }) kind!: ShippingKind;
  @Column({ type: 'jsonb' }) name!: LocalizedText;
  @Column({ type: 'jsonb', default: {} }) description!: LocalizedText;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'int', name: 'days_min', nullable: true }) estimatedDaysMin!: number | null;
  @Column({ type: 'int', name: 'days_max', nullable: true }) estimatedDaysMax!: number | null;
  @Column({ type: 'boolean', name: 'phone_required', default: true }) phoneRequired!: boolean;
  /** What a unit without a weight counts. */
  @Column({ type: 'int', name: 'fallback_grams', default: 500 }) fallbackGrams!: number;
  @Column({ type: 'int', default: 0 }) position!: number;
  @Column({ type: 'boolean', default: true }) active!: boolean;
  @Column({ type: 'timestamptz', precision: 3, name: 'archived_at', nullable: true })
  archivedAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  // Of the time before there were zones: for a process of the version before, and read by nobody else.
  @Column({ type: 'text', name: 'region_code', nullable: true }) formerRegion!: string | null;
  @Column({ type: 'bigint', name: 'price', default: 0 }) formerPrice!: number;
  @Column({ type: 'bigint', name: 'free_from', nullable: true }) formerFreeFrom!: number | null;
  @Column({ type: 'text', name: 'rate_code', default: 'flat' }) formerRate!: string;
  @Column({ type: 'jsonb', name: 'rate_arguments', default: {} }) formerArguments!: StoredArguments;
}

/** What a method costs in a zone. */
@Entity('shipping_rate')
export class ShippingRateEntity {
  @PrimaryColumn({ type: 'uuid', name: 'method_id' }) methodId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'zone_id' }) zoneId!: string;
  /** The code of the rule. */
  @Column({ type: 'text' }) strategy!: string;
  @Column({ type: 'jsonb', name: 'args', default: {} }) arguments!: StoredArguments;
  @Column({ type: 'jsonb', default: {} }) conditions!: Partial<RateConditions>;
  @Column({ type: 'char', length: 3 }) currency!: string;
}
