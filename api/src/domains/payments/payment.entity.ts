import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export type PaymentStateName =
  'CREATING' | 'PENDING' | 'PROCESSING' | 'AUTHORIZED' | 'CAPTURED' | 'CANCELLED';
export type RefundStateName = 'REQUESTED' | 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';

@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'int' }) attempt!: number;
  @Column({ type: 'text' }) provider!: 'STRIPE' | 'TEST';
  @Column({ type: 'text' }) state!: PaymentStateName;
  @Column({ type: 'bigint' }) amount!: number;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'text', name: 'provider_reference', nullable: true }) providerReference!: string | null;
  @Column({ type: 'text', name: 'create_key' }) createKey!: string;
  @Column({ type: 'text', name: 'failure_code', nullable: true }) failureCode!: string | null;
  @Column({ type: 'timestamptz', name: 'last_checked_at', nullable: true }) lastCheckedAt!: Date | null;
  @Column({ type: 'int' }) checks!: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

@Entity('refund')
export class RefundEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'payment_id' }) paymentId!: string;
  @Column({ type: 'bigint' }) amount!: number;
  @Column({ type: 'text' }) reason!: string;
  @Column({ type: 'text' }) state!: RefundStateName;
  @Column({ type: 'text', name: 'provider_reference', nullable: true }) providerReference!: string | null;
  @Column({ type: 'text' }) key!: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

@Entity('webhook_inbox')
export class WebhookEventEntity {
  @PrimaryColumn({ type: 'text' }) provider!: string;
  @PrimaryColumn({ type: 'text', name: 'event_id' }) eventId!: string;
  @Column({ type: 'text' }) type!: string;
  @Column({ type: 'text', name: 'object_id', nullable: true }) objectId!: string | null;
  @Column({ type: 'text', name: 'api_version', nullable: true }) apiVersion!: string | null;
  /** False when it came without a signature that could be checked; only the test provider allows that. */
  @Column({ type: 'boolean' }) verified!: boolean;
  @Column({ type: 'jsonb' }) payload!: unknown;
  @Column({ type: 'text' }) state!: 'NEW' | 'DONE' | 'IGNORED' | 'DEAD';
  @Column({ type: 'int' }) attempts!: number;
  @Column({ type: 'text', nullable: true }) error!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'received_at' }) receivedAt!: Date;
}
