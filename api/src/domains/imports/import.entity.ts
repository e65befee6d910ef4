import { Column, CreateDateColumn, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Cell } from '../../platform/imports/cells.js';
import type { ImportRowError } from '../../platform/imports/define-import.js';
import type { Mapping } from './mapping.js';
import type { Separator, TableFormat, TextEncoding } from './reading/table.js';

export type StoredOutcome = 'NEW' | 'CHANGED' | 'UNCHANGED' | 'WRONG' | 'APPLIED' | 'REFUSED';

/** A file that staff import, and what became of it. */
@Entity('import_run')
export class ImportRunEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) filename!: string;
  /** Null when the account is gone. */
  @Column({ type: 'uuid', name: 'created_by', nullable: true }) createdBy!: string | null;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  /** The request that opened it, as in the logs. */
  @Column({ type: 'text', name: 'request_id' }) requestId!: string;
  @VersionColumn({ type: 'int' }) version!: number;
  /** Of the upload address; null once the file has arrived. */
  @Column({ type: 'bytea', name: 'token_hash', nullable: true }) tokenHash!: Buffer | null;
  /** Until when the file can be sent. */
  @Column({ type: 'timestamptz', name: 'upload_until' }) uploadUntil!: Date;
  @Column({ type: 'timestamptz', name: 'received_at', nullable: true }) receivedAt!: Date | null;
  /** In the private storage; null before it arrives and once it is deleted. */
  @Column({ type: 'text', name: 'file_key', nullable: true }) fileKey!: string | null;
  /** SHA-256 of the file, for the record of what was imported; null until it arrives. */
  @Column({ type: 'bytea', name: 'file_hash', nullable: true }) fileHash!: Buffer | null;
  @Column({ type: 'text', nullable: true }) format!: TableFormat | null;
  @Column({ type: 'text', nullable: true }) encoding!: TextEncoding | null;
  @Column({ type: 'text', nullable: true }) separator!: Separator | null;
  @Column({ type: 'text', name: 'decimal_sign' }) decimalSign!: '.' | ',';
  @Column({ type: 'text', array: true }) sheets!: string[];
  @Column({ type: 'text', nullable: true }) sheet!: string | null;
  /** The line of the header; null without one. */
  @Column({ type: 'int', name: 'header_line', nullable: true }) headerLine!: number | null;
  /** The names of the file's columns; empty texts for those without. */
  @Column({ type: 'text', array: true }) header!: string[];
  @Column({ type: 'jsonb' }) mapping!: Mapping;
  @Column({ type: 'int', name: 'row_count' }) rowCount!: number;
  /** The long job that checks, or has checked, these rows with this mapping; null before. */
  @Column({ type: 'uuid', name: 'check_job_id', nullable: true }) checkJobId!: string | null;
  /** The long job that applies them; it is never another one. Null before. */
  @Column({ type: 'uuid', name: 'apply_job_id', nullable: true }) applyJobId!: string | null;
  /** Until when the file and its rows are kept. */
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  /** When they were deleted; null before. */
  @Column({ type: 'timestamptz', name: 'emptied_at', nullable: true }) emptiedAt!: Date | null;
  /** What the check found, and what applying did. */
  @Column({ type: 'int', name: 'new_rows' }) newRows!: number;
  @Column({ type: 'int', name: 'changed_rows' }) changedRows!: number;
  @Column({ type: 'int', name: 'unchanged_rows' }) unchangedRows!: number;
  @Column({ type: 'int', name: 'wrong_rows' }) wrongRows!: number;
  /** Rows about something that an earlier one is about too. */
  @Column({ type: 'int', name: 'repeated_rows' }) repeatedRows!: number;
  @Column({ type: 'bigint', name: 'amount' }) amount!: number;
  @Column({ type: 'int', name: 'applied_rows' }) appliedRows!: number;
  @Column({ type: 'int', name: 'refused_rows' }) refusedRows!: number;
}

/** A row of a file as it was read, and what became of it. */
@Entity('import_row')
export class ImportRowEntity {
  @PrimaryColumn({ type: 'uuid', name: 'import_id' }) importId!: string;
  @PrimaryColumn({ type: 'int' }) line!: number;
  @Column({ type: 'jsonb' }) cells!: Cell[];
  /** By the check, and then by applying; null before. */
  @Column({ type: 'text', nullable: true }) outcome!: StoredOutcome | null;
  /** What it is about, in the words of its import; null before the check, and for a row with errors. */
  @Column({ type: 'text', nullable: true }) subject!: string | null;
  /** Null for a row without errors. */
  @Column({ type: 'jsonb', nullable: true }) errors!: ImportRowError[] | null;
}

/** What the columns of files of one form meant the last time. */
@Entity('import_mapping')
export class ImportMappingEntity {
  @PrimaryColumn({ type: 'text' }) kind!: string;
  /** A hash of the names of the columns. */
  @PrimaryColumn({ type: 'text' }) shape!: string;
  @Column({ type: 'jsonb' }) mapping!: Mapping;
  @Column({ type: 'text', name: 'decimal_sign' }) decimalSign!: '.' | ',';
  @Column({ type: 'timestamptz', name: 'used_at' }) usedAt!: Date;
}
