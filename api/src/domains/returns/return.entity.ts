import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ImageFailure, ImageStatus } from '../media/index.js';
import type { ReturnReason } from './return-reason.js';
import type { ReturnResolution, ReturnStatus } from './return-states.js';

/** A buyer's request to return goods, and its outcome. */
@Entity('order_return')
export class ReturnEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) status!: ReturnStatus;
  @Column({ type: 'text' }) resolution!: ReturnResolution;
  @Column({ type: 'text' }) reason!: ReturnReason;
  /** The buyer's comment. */
  @Column({ type: 'text', nullable: true }) comment!: string | null;
  /** The shop's note to the buyer. */
  @Column({ type: 'text', name: 'staff_note', nullable: true }) noteToBuyer!: string | null;
  @Column({ type: 'uuid', name: 'order_refund_id', nullable: true }) orderRefundId!: string | null;
  @Column({ type: 'uuid', name: 'exchange_order_id', nullable: true }) exchangeOrderId!: string | null;
  @Column({ type: 'int' }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

@Entity('order_return_line')
export class ReturnLineEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'return_id' }) returnId!: string;
  @Column({ type: 'uuid', name: 'order_line_id' }) orderLineId!: string;
  /** How many units the buyer wants to return. */
  @Column({ type: 'int' }) quantity!: number;
  /** How many units arrived. */
  @Column({ type: 'int' }) received!: number;
  /** How many of the received units were restocked. */
  @Column({ type: 'int' }) restocked!: number;
  /** The variant requested instead; null for the same variant, and for a refund. */
  @Column({ type: 'uuid', name: 'exchange_variant_id', nullable: true }) exchangeVariantId!: string | null;
  /** How many of the received units were exchanged: not those that were refunded before; 0 otherwise. */
  @Column({ type: 'int' }) exchanged!: number;
  /** What these units were worth when they were exchanged, gross, minor units; 0 otherwise. */
  @Column({ type: 'bigint' }) traded!: number;
}

/** A photo of what is wrong: it belongs to one order, and only its buyer and staff may see it. */
@Entity('return_photo')
export class ReturnPhotoEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  /** Null until a return names the photo. */
  @Column({ type: 'uuid', name: 'return_id', nullable: true }) returnId!: string | null;
  @Column({ type: 'bytea', name: 'token_hash' }) tokenHash!: Buffer;
  /** The storage key of the image that is shown, also before it exists; null until the bytes were received. */
  @Column({ type: 'text', name: 'storage_key', nullable: true }) storageKey!: string | null;
  /** The storage key of the file as received; null before that, and once the image was made from it. */
  @Column({ type: 'text', name: 'original_key', nullable: true }) originalKey!: string | null;
  /** Every key under which the file was begun to be written, so that none is left behind after a crash. */
  @Column({ type: 'text', array: true, name: 'written_keys', default: [] }) writtenKeys!: string[];
  /** Since when nobody can use it any more, and its files are to go; null for one that may still be used. */
  @Column({ type: 'timestamptz', name: 'discarded_at', nullable: true }) discardedAt!: Date | null;
  @Column({ type: 'text', default: 'READY' }) status!: ImageStatus;
  /** Why the image could not be made; null unless FAILED. */
  @Column({ type: 'text', nullable: true }) failure!: ImageFailure | null;
  /** How often processing was started since it was last requested. */
  @Column({ type: 'int', default: 0 }) attempts!: number;
  /** When processing was last requested. */
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' }) queuedAt!: Date;
  @Column({ type: 'int', nullable: true }) width!: number | null;
  @Column({ type: 'int', nullable: true }) height!: number | null;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
