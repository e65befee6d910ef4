import type { RefundedCharge, RefundedRate } from './refund-charges.js';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One decision to refund money; the refunds that carry it out reference it. */
@Entity('order_refund')
export class OrderRefundEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'bigint' }) amount!: number;
  /** The part of the amount that refunds the delivery, gross, minor units. */
  @Column({ type: 'bigint', name: 'shipping_amount' }) shippingAmount!: number;
  /** The tax in `shippingAmount`, minor units. */
  @Column({ type: 'bigint', name: 'shipping_tax', select: false }) shippingTax?: number;
  /** `shippingAmount` by tax rate. */
  @Column({ type: 'jsonb', name: 'shipping_rates', select: false }) shippingRates?: readonly RefundedRate[];
  /** The parts of the amount that refund charges. */
  @Column({ type: 'jsonb' }) charges!: readonly RefundedCharge[];
  /** All of them, minor units. */
  @Column({ type: 'bigint', name: 'charges_amount', select: false }) chargesAmount?: number;
  /** The tax in the amount, minor units. */
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
  /** Gross, minor units; zero for units that a plain amount covers. */
  @Column({ type: 'bigint' }) amount!: number;
  /** The tax in it, minor units, as the credit note shows it. */
  @Column({ type: 'bigint' }) tax!: number;
  @Column({ type: 'int' }) restocked!: number;
  /** How many of the units were never shipped. */
  @Column({ type: 'int' }) unshipped!: number;
}
