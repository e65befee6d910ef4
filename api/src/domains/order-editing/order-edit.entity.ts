import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { EditPlan } from './edit-plan.js';

export enum OrderEditStatus {
  AWAITING_PAYMENT = 'AWAITING_PAYMENT',
  APPLIED = 'APPLIED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
}

/** An edit of a placed order. One that costs more is stored here, with its plan, until the difference is paid. */
@Entity('order_edit')
export class OrderEditEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) status!: OrderEditStatus;
  /** The order after the edit: stored when the edit is made, applied exactly as stored. */
  @Column({ type: 'jsonb' }) plan!: EditPlan;
  @Column({ type: 'bigint' }) difference!: number;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  /** The member of staff who cancelled it; the provider is asked after this is written. */
  @Column({ type: 'uuid', name: 'dropped_by', nullable: true }) droppedBy!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  /** When an expired edit was last tried to close; the edits tried longest ago come first. */
  @Column({ type: 'timestamptz', name: 'close_tried_at', nullable: true, select: false })
  closeTriedAt?: Date | null;
}
