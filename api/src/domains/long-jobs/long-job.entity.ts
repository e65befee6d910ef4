import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ErrorCode } from '../../kernel/error-codes.js';
import type { Recording } from '../../platform/audit/recording.js';
import type { JobStatus } from './job-status.js';

/** Work on many rows that a member of staff started. */
@Entity('long_job')
export class LongJobEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) status!: JobStatus;
  /** What it is about, for people: the name of a file; null when its kind says enough. */
  @Column({ type: 'text', nullable: true }) title!: string | null;
  /** What it works on; emptied when it ends. */
  @Column({ type: 'jsonb' }) input!: object;
  /** Where the next step goes on; null before the first. */
  @Column({ type: 'jsonb', nullable: true }) cursor!: string | number | object | null;
  /** Rows that are done, those with errors included. */
  @Column({ type: 'int' }) done!: number;
  @Column({ type: 'int', nullable: true }) total!: number | null;
  @Column({ type: 'int', name: 'error_count' }) errorCount!: number;
  /** How many pieces of its result file are stored. */
  @Column({ type: 'int' }) parts!: number;
  /** Why it failed, if that is something a person can act on. */
  @Column({ type: 'text', nullable: true }) failure!: ErrorCode | null;
  /** The result file's name for people; null without one. */
  @Column({ type: 'text', name: 'result_name', nullable: true }) resultName!: string | null;
  @Column({ type: 'uuid', name: 'started_by', nullable: true }) startedBy!: string | null;
  /** Who asked for its end; null unless somebody did, and when the account is gone. */
  @Column({ type: 'uuid', name: 'cancelled_by', nullable: true }) cancelledBy!: string | null;
  /** The request that started it, as in the logs. */
  @Column({ type: 'text', name: 'request_id' }) requestId!: string;
  /** The entry of the audit log that its steps add to; null for a job that nobody's mutation started. */
  @Column({ type: 'jsonb', nullable: true }) recording!: Recording | null;
  /** Which attempt works on it: the steps of every other are refused. */
  @Column({ type: 'uuid', name: 'run_token', nullable: true }) runToken!: string | null;
  /** Failed attempts since the last step that was done. */
  @Column({ type: 'int' }) attempts!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'started_at', nullable: true }) startedAt!: Date | null;
  /** When its worker last showed that it lives. */
  @Column({ type: 'timestamptz', name: 'heartbeat_at', nullable: true }) heartbeatAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true }) finishedAt!: Date | null;
  /** Until when its files can be downloaded; they are deleted afterwards. Null until it ends. */
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
}

/** What a job that can be undone has changed: of each row, what has to be known to take it back. */
@Entity('long_job_change')
export class LongJobChangeEntity {
  @PrimaryColumn({ type: 'uuid', name: 'job_id' }) jobId!: string;
  /** The id of the row in the table that the job works on. */
  @PrimaryColumn({ type: 'uuid', name: 'row_id' }) rowId!: string;
  @Column({ type: 'jsonb' }) before!: object;
}

/** What was wrong with one row. */
@Entity('long_job_error')
export class LongJobErrorEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'job_id' }) jobId!: string;
  @Column({ type: 'int', name: 'line' }) row!: number;
  @Column({ type: 'text', nullable: true }) field!: string | null;
  @Column({ type: 'text' }) code!: ErrorCode;
  @Column({ type: 'text' }) message!: string;
  @Column({ type: 'text', nullable: true }) value!: string | null;
}
