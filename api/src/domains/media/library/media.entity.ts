import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { ImageFailure, ImageStatus } from '../files/image-status.js';
import type { MediaKind, MediaVisibility } from './media.enums.js';

/** A file of the library. The same bytes are the same row, as long as both are public or both private. */
@Entity('media')
export class MediaEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) kind!: MediaKind;
  @Column({ type: 'text', default: 'PUBLIC' }) visibility!: MediaVisibility;
  /** The key of the document or of the largest size; those of the smaller ones follow from it. Never used again. */
  @Column({ type: 'text', name: 'storage_key' }) storageKey!: string;
  /** The key of the file as it was received, in the private storage; null if there is none: then the largest size is the source. */
  @Column({ type: 'text', name: 'original_key', nullable: true }) originalKey!: string | null;
  /** For people. */
  @Column({ type: 'text' }) filename!: string;
  @Column({ type: 'text', name: 'content_type' }) contentType!: string;
  /** In bytes, as received; null until a job has read a file from before there was a library. */
  @Column({ type: 'int', nullable: true }) size!: number | null;
  /** Of the received bytes; null until a job has read a file from before there was a library, and for its twins. */
  @Column({ type: 'bytea', nullable: true }) sha256!: Buffer | null;
  /** When a job or the upload read its bytes. */
  @Column({ type: 'timestamptz', precision: 3, name: 'hashed_at', nullable: true }) hashedAt!: Date | null;
  @Column({ type: 'text' }) status!: ImageStatus;
  /** Null unless FAILED. */
  @Column({ type: 'text', nullable: true }) failure!: ImageFailure | null;
  /** Of the largest size in pixels, the expected one until the sizes are made; null for a document. */
  @Column({ type: 'int', nullable: true }) width!: number | null;
  @Column({ type: 'int', nullable: true }) height!: number | null;
  /** The widths made below its own; null for the first list of widths, and for a document. */
  @Column({ type: 'int4', array: true, nullable: true }) widths!: number[] | null;
  /** How many attempts to make the sizes were begun since they were last requested. */
  @Column({ type: 'int', default: 0 }) attempts!: number;
  @Column({ type: 'timestamptz', name: 'queued_at', default: () => 'now()' }) queuedAt!: Date;
  /** What it shows, by language. */
  @Column({ type: 'jsonb', default: {} }) alt!: LocalizedText;
  /** Whether it says nothing that a blind visitor would miss: then it has no alternative text. */
  @Column({ type: 'boolean', default: false }) decorative!: boolean;
  /** What stays in sight when the image is cut: x and y in percent; null for the middle. */
  @Column({ type: 'int4', array: true, nullable: true }) focal!: number[] | null;
  @Column({ type: 'text', array: true, default: [] }) tags!: string[];
  /** Since when it is in the bin; null when it is not. */
  @Column({ type: 'timestamptz', precision: 3, name: 'deleted_at', nullable: true }) deletedAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** That something shows a file; see MediaUses. */
@Entity('media_use')
export class MediaUseEntity {
  @PrimaryColumn({ type: 'uuid', name: 'media_id' }) mediaId!: string;
  /** PRODUCT, CATEGORY or SHOP. */
  @PrimaryColumn({ type: 'text', name: 'owner_type' }) ownerType!: string;
  @PrimaryColumn({ type: 'uuid', name: 'owner_id' }) ownerId!: string;
  /** IMAGES, IMAGE or SHARE_IMAGE. */
  @PrimaryColumn({ type: 'text' }) field!: string;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
}

/** The files of what was replaced or deleted for good, until they are removed; see FormerFiles. */
@Entity('media_former_file')
export class MediaFormerFileEntity {
  @PrimaryColumn({ type: 'text', name: 'storage_key' }) storageKey!: string;
  @Column({ type: 'text', name: 'original_key', nullable: true }) originalKey!: string | null;
  @Column({ type: 'text' }) kind!: MediaKind;
  @Column({ type: 'text' }) visibility!: MediaVisibility;
  /** The file that has another in its place; null when it is gone. */
  @Column({ type: 'uuid', name: 'media_id', nullable: true }) mediaId!: string | null;
  /** Null until the sizes of the new file are made. */
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
}
