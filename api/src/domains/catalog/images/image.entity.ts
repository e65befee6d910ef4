import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { ImageFailure, ImageStatus } from './image-status.js';

@Entity('product_image')
export class ProductImageEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'product_id' })
  productId!: string;

  /** The key of the largest public size, from which the keys of the smaller ones are derived. */
  @Column({ type: 'text', name: 'storage_key' })
  storageKey!: string;

  @Column({ type: 'jsonb', default: {} })
  alt!: LocalizedText;

  /** Width of the largest public size; the expected one until the sizes are made. */
  @Column({ type: 'int' })
  width!: number;

  @Column({ type: 'int' })
  height!: number;

  @Column({ type: 'text', default: 'READY' })
  status!: ImageStatus;

  /** Why the sizes could not be made; null unless FAILED. */
  @Column({ type: 'text', nullable: true })
  failure!: ImageFailure | null;

  /**
   * The key of the file as it was received, in the private storage; null if there is none: then the largest size is the
   * source.
   */
  @Column({ type: 'text', name: 'original_key', nullable: true })
  originalKey!: string | null;

  /** The widths made below its own; null for the first list of widths. */
  @Column({ type: 'int4', array: true, nullable: true })
  widths!: number[] | null;

  /** How many attempts were begun since the sizes were last requested. */
  @Column({ type: 'int', default: 0 })
  attempts!: number;

  /** When the job was last requested. */
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' })
  queuedAt!: Date;

  @Column({ type: 'int' })
  position!: number;
}

/** An image as it is stored beside what it shows: on cards and in orders, where all are READY, without the rest. */
export type ImageRow = Readonly<
  Pick<ProductImageEntity, 'id' | 'storageKey' | 'alt' | 'width' | 'height' | 'position'> &
    Partial<Pick<ProductImageEntity, 'productId' | 'widths' | 'status' | 'failure'>>
>;

/** A file that is announced, then received, then used once. */
@Entity('upload')
export class UploadEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId!: string;

  @Column({ type: 'text' })
  filename!: string;

  @Column({ type: 'text', name: 'content_type' })
  contentType!: string;

  @Column({ type: 'int' })
  size!: number;

  @Column({ type: 'bytea', name: 'token_hash' })
  tokenHash!: Buffer;

  /** For files received before a job made the sizes: their key in the public storage. Null since. */
  @Column({ type: 'text', name: 'storage_key', nullable: true })
  storageKey!: string | null;

  /** The key of the file as it was received, in the private storage; null until it arrived. */
  @Column({ type: 'text', name: 'original_key', nullable: true })
  originalKey!: string | null;

  @Column({ type: 'int', nullable: true })
  width!: number | null;

  @Column({ type: 'int', nullable: true })
  height!: number | null;

  @Column({ type: 'timestamptz', name: 'received_at', nullable: true })
  receivedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'used_at', nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;
}
