import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One decision to give money back; the refunds that carry it out point to it. */
@Entity('order_refund')
export class OrderRefundEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'bigint' }) amount!: number;
  /** How much of the amount is for the delivery. */
  @Column({ type: 'bigint', name: 'shipping_amount' }) shippingAmount!: number;
  /** How much of that is tax. */
  @Column({ type: 'bigint', name: 'shipping_tax' }) shippingTax!: number;
  /** How much of the amount is tax. */
  @Column({ type: 'bigint' }) tax!: number;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  /** The member of staff who decided; null for the buyer and for the shop itself. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

@Entity('order_refund_line')
export class OrderRefundLineEntity {
  @PrimaryColumn({ type: 'uuid', name: 'order_refund_id' }) orderRefundId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'order_line_id' }) orderLineId!: string;
  @Column({ type: 'int' }) quantity!: number;
  /** Zero for units that were settled by a plain amount. */
  @Column({ type: 'bigint' }) amount!: number;
  /** The tax in it, as the credit note says it. */
  @Column({ type: 'bigint' }) tax!: number;
  @Column({ type: 'int' }) restocked!: number;
  /** How many of the units never left. */
  @Column({ type: 'int' }) unshipped!: number;
}
