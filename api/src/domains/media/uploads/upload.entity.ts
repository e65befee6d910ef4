import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file that is announced, then received, then used once. */
@Entity('upload')
export class UploadEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId!: string;

  @Column({ type: 'text' })
  filename!: string;

  /** As announced; of the file itself only its bytes count. */
  @Column({ type: 'text', name: 'content_type' })
  contentType!: string;

  /** As announced, in bytes. */
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

  /** Every key under which the file was begun to be written, so that none is left behind after a crash. */
  @Column({ type: 'text', array: true, name: 'written_keys', default: [] })
  writtenKeys!: string[];

  /** Of the received bytes; null until they arrived, and for those that a version before this one received. */
  @Column({ type: 'bytea', nullable: true })
  sha256!: Buffer | null;

  /** How many bytes arrived. */
  @Column({ type: 'int', name: 'received_size', nullable: true })
  receivedSize!: number | null;

  /** In pixels; null until it arrived, and for a document. */
  @Column({ type: 'int', nullable: true })
  width!: number | null;

  @Column({ type: 'int', nullable: true })
  height!: number | null;

  @Column({ type: 'timestamptz', name: 'received_at', nullable: true })
  receivedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'used_at', nullable: true })
  usedAt!: Date | null;

  /** When the nightly job gave it up, because nobody used it; its files are removed, and then its row. */
  @Column({ type: 'timestamptz', name: 'discarded_at', nullable: true })
  discardedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;
}
