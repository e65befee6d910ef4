import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { ImageFailure, ImageStatus } from '../../media/index.js';

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

  /** Written by versions before the media library. */
  @Column({ type: 'int', default: 0 })
  attempts!: number;

  /** Written by versions before the media library. */
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' })
  queuedAt!: Date;

  @Column({ type: 'int' })
  position!: number;

  /** The file of the library that it shows; key, sizes, status and text are copies of what the library has. */
  @Column({ type: 'uuid', name: 'media_id', nullable: true })
  mediaId!: string | null;

  /** What stays in sight where it is cut: x and y in percent; null for the middle. */
  @Column({ type: 'int4', array: true, nullable: true })
  focal!: number[] | null;
}

/** An image as it is stored beside what it shows: on cards and in orders, where all are READY, without the rest. */
export type ImageRow = Readonly<
  Pick<ProductImageEntity, 'id' | 'storageKey' | 'alt' | 'width' | 'height' | 'position'> &
    Partial<Pick<ProductImageEntity, 'productId' | 'widths' | 'status' | 'failure' | 'focal'>>
>;
