import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ImageFailure, ImageStatus } from '../catalog/index.js';
import type { ReturnReason, ReturnResolution, ReturnStatus } from './return-states.js';

/** A buyer's wish to send goods back, and what became of it. */
@Entity('order_return')
export class ReturnEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) status!: ReturnStatus;
  @Column({ type: 'text' }) resolution!: ReturnResolution;
  @Column({ type: 'text' }) reason!: ReturnReason;
  /** The buyer's words. */
  @Column({ type: 'text', nullable: true }) comment!: string | null;
  /** The shop's words to the buyer. */
  @Column({ type: 'text', name: 'staff_note', nullable: true }) staffNote!: string | null;
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
  /** How many the buyer wants to send. */
  @Column({ type: 'int' }) quantity!: number;
  /** How many arrived. */
  @Column({ type: 'int' }) received!: number;
  /** How many of those went back on the shelf. */
  @Column({ type: 'int' }) restocked!: number;
  /** What is wanted instead; null for the same again, and for a refund. */
  @Column({ type: 'uuid', name: 'exchange_variant_id', nullable: true }) exchangeVariantId!: string | null;
  /** What the received units were worth when they were exchanged; 0 otherwise. */
  @Column({ type: 'bigint' }) traded!: number;
}

/** A picture of what is wrong: of one order, and seen only by its buyer and by staff. */
@Entity('return_photo')
export class ReturnPhotoEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  /** Null until a return names the picture. */
  @Column({ type: 'uuid', name: 'return_id', nullable: true }) returnId!: string | null;
  @Column({ type: 'bytea', name: 'token_hash' }) tokenHash!: Buffer;
  /** Where the picture that people see is, or will be; null until the bytes arrived. */
  @Column({ type: 'text', name: 'storage_key', nullable: true }) storageKey!: string | null;
  /** The file as it was received; null when it did not arrive yet, and once the picture was made from it. */
  @Column({ type: 'text', name: 'original_key', nullable: true }) originalKey!: string | null;
  @Column({ type: 'text', default: 'READY' }) status!: ImageStatus;
  /** Why the picture could not be made; null unless FAILED. */
  @Column({ type: 'text', nullable: true }) failure!: ImageFailure | null;
  /** How often the making was begun since it was last asked for. */
  @Column({ type: 'int', default: 0 }) attempts!: number;
  /** When the job was last asked for. */
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' }) queuedAt!: Date;
  @Column({ type: 'int', nullable: true }) width!: number | null;
  @Column({ type: 'int', nullable: true }) height!: number | null;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
