import { Column, CreateDateColumn, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { StoredAddress } from '../identity/index.js';
import type { StockHoldStatus } from './holds/stock-hold-status.js';
import type { StockLocationKind } from './locations/stock-location-kind.js';
import type { StockMovementKind } from './stock.enums.js';

@Entity('stock_location')
export class StockLocationEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) kind!: StockLocationKind;
  @Column({ type: 'int' }) priority!: number;
  @Column({ type: 'boolean' }) active!: boolean;
  @Column({ type: 'jsonb', nullable: true }) address!: StoredAddress | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
}

@Entity('stock_level')
export class StockLevelEntity {
  @PrimaryColumn({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'location_id' }) locationId!: string;
  @Column({ type: 'int', name: 'on_hand' }) onHand!: number;
  @Column({ type: 'int' }) reserved!: number;
}

@Entity('stock_movement')
export class StockMovementEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'uuid', name: 'location_id' }) locationId!: string;
  @Column({ type: 'int', name: 'delta_on_hand' }) deltaOnHand!: number;
  @Column({ type: 'int', name: 'delta_reserved' }) deltaReserved!: number;
  @Column({ type: 'text' }) kind!: StockMovementKind;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'uuid', name: 'order_id', nullable: true }) orderId!: string | null;
  @Column({ type: 'uuid', name: 'reservation_id', nullable: true }) reservationId!: string | null;
  /** Both movements of a transfer have the same. */
  @Column({ type: 'uuid', name: 'transfer_id', nullable: true }) transferId!: string | null;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  /** The import that received it, and the row of its file; null for other movements. */
  @Column({ type: 'uuid', name: 'import_id', nullable: true }) importId!: string | null;
  @Column({ type: 'int', name: 'import_line', nullable: true }) importLine!: number | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

/** An active reservation has exactly one holder; a closed one may outlive its cart. */
@Entity('reservation')
export class ReservationEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id', nullable: true }) orderId!: string | null;
  @Column({ type: 'uuid', name: 'cart_id', nullable: true }) cartId!: string | null;
  @Column({ type: 'uuid', name: 'stock_hold_id', nullable: true }) stockHoldId!: string | null;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'uuid', name: 'location_id' }) locationId!: string;
  @Column({ type: 'int' }) quantity!: number;
  @Column({ type: 'text' }) status!: 'ACTIVE' | 'SOLD' | 'RELEASED';
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

@Entity('stock_hold')
export class StockHoldEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) status!: StockHoldStatus;
  @Column({ type: 'text' }) holder!: string;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
}

@Entity('backorder')
export class BackorderEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'int' }) quantity!: number;
  @Column({ type: 'text' }) status!: 'HELD' | 'OWED' | 'FILLED' | 'RELEASED';
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
}
