import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A checkout attempt: one `checkoutComplete` of one version of a cart, kept for as long as its order may hold stock
 * without being paid.
 */
@Entity('checkout_attempt')
export class CheckoutAttemptEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'cart_id' }) cartId!: string;
  @Column({ type: 'int', name: 'cart_version' }) cartVersion!: number;
  /** HMAC of the network (`networksOf`), never the address. */
  @Column({ type: 'bytea' }) network!: Buffer;
  /** The same of the wide network; null for IPv4. */
  @Column({ type: 'bytea', name: 'wide_network', nullable: true }) wideNetwork!: Buffer | null;
  /** As `counted_email` writes it. */
  @Column({ type: 'text' }) email!: string;
  /** As `counted_phone` writes it; null when there is none. */
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'uuid', name: 'user_id', nullable: true }) userId!: string | null;
  @Column({ type: 'text', name: 'payment_method' }) paymentMethod!: string;
  @Column({ type: 'int' }) units!: number;
  /** Value of the goods at their prices, minor units. */
  @Column({ type: 'bigint' }) value!: number;
  /** Whether its order was written. */
  @Column({ type: 'boolean' }) placed!: boolean;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

export type BlockKind = 'NETWORK' | 'EMAIL' | 'PHONE';
export type BlockEnd = 'LIFTED' | 'REPLACED' | 'EXPIRED';

/** A buyer that staff blocked from ordering, and until when. A block that ended is kept unchanged for a while. */
@Entity('checkout_block')
export class CheckoutBlockEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) kind!: BlockKind;
  @Column({ type: 'bytea', nullable: true }) network!: Buffer | null;
  @Column({ type: 'text', nullable: true }) contact!: string | null;
  @Column({ type: 'uuid', name: 'order_id', nullable: true }) orderId!: string | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'uuid', name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  /** Null until staff ends it, or places another block of the same buyer; never after `expiresAt`. */
  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column({ type: 'text', name: 'ended_how', nullable: true }) endedHow!: BlockEnd | null;
  @Column({ type: 'uuid', name: 'ended_by', nullable: true }) endedBy!: string | null;
}
