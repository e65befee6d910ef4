import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { OrderQuery } from '../../orders/index.js';

/** A file that a job writes for one member of staff. */
@Entity('export_file')
export class ExportFileEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) kind!: 'ORDERS_CSV';
  /** The query of the export; dates as text. */
  @Column({ type: 'jsonb' }) request!: OrderQuery;
  @Column({ type: 'text' }) status!: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  /** How many rows have been written. */
  @Column({ type: 'int' }) rows!: number;
  @Column({ type: 'text', name: 'storage_key', nullable: true }) storageKey!: string | null;
  @Column({ type: 'uuid', name: 'actor_id' }) actorId!: string;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true }) finishedAt!: Date | null;
  /** Until when the file can be downloaded; it is deleted afterwards. */
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
}
