import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity('stock_location')
export class StockLocationEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'int' }) priority!: number;
  @Column({ type: 'boolean' }) active!: boolean;
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
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'uuid', name: 'order_id', nullable: true }) orderId!: string | null;
  @Column({ type: 'uuid', name: 'reservation_id', nullable: true }) reservationId!: string | null;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

@Entity('reservation')
export class ReservationEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'uuid', name: 'location_id' }) locationId!: string;
  @Column({ type: 'int' }) quantity!: number;
  @Column({ type: 'text' }) state!: 'ACTIVE' | 'SOLD' | 'RELEASED';
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
