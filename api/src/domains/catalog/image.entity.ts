import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalizedText } from '../../kernel/languages.js';
import type { ImageFailure, ImageStatus } from './image-status.js';

@Entity('product_image')
export class ProductImageEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'product_id' })
  productId!: string;

  /** The key of the largest public size; the keys of the smaller ones follow from it. */
  @Column({ type: 'text', name: 'storage_key' })
  storageKey!: string;

  @Column({ type: 'jsonb', default: {} })
  alt!: LocalizedText;

  /** Of the largest public size; expected until the sizes are made. */
  @Column({ type: 'int' })
  width!: number;

  @Column({ type: 'int' })
  height!: number;

  @Column({ type: 'text', default: 'READY' })
  status!: ImageStatus;

  /** Why the sizes could not be made; null unless FAILED. */
  @Column({ type: 'text', nullable: true })
  failure!: ImageFailure | null;

  /** The file as it was received, in the private storage; null when there is none: then the largest size is the best there is. */
  @Column({ type: 'text', name: 'original_key', nullable: true })
  originalKey!: string | null;

  /** In which widths it exists below its own; null for the first list of widths. */
  @Column({ type: 'int4', array: true, nullable: true })
  widths!: number[] | null;

  /** How often the making was begun since it was last asked for. */
  @Column({ type: 'int', default: 0 })
  attempts!: number;

  /** When the job was last asked for. */
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' })
  queuedAt!: Date;

  @Column({ type: 'int' })
  position!: number;
}

/** A file that was announced, then received, then used once. */
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

  /** Of files received before a job made the sizes: where those lie. Null since. */
  @Column({ type: 'text', name: 'storage_key', nullable: true })
  storageKey!: string | null;

  /** The file as it was received, in the private storage; null until it arrived. */
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
