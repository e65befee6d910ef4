import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { EditPlan } from './edit-plan.js';

export enum OrderEditStatus {
  AWAITING_PAYMENT = 'AWAITING_PAYMENT',
  APPLIED = 'APPLIED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
}

/** A change of a placed order. One that costs more waits here, with its plan, until the difference is paid. */
@Entity('order_edit')
export class OrderEditEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) status!: OrderEditStatus;
  /** The order as it shall be: written when the change is made, applied word for word. */
  @Column({ type: 'jsonb' }) plan!: EditPlan;
  @Column({ type: 'bigint' }) difference!: number;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  /** The member of staff who took it back; the provider is asked after this is written. */
  @Column({ type: 'uuid', name: 'dropped_by', nullable: true }) droppedBy!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  /** When closing it was last tried, once its time was over: those that wait longest come first. */
  @Column({ type: 'timestamptz', name: 'close_tried_at', nullable: true, select: false })
  closeTriedAt?: Date | null;
}
