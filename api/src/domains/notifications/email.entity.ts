import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../../kernel/languages.js';

export type EmailStatus = 'QUEUED' | 'SENDING' | 'SENT' | 'UNKNOWN' | 'FAILED' | 'BOUNCED';

/** A mail that must be sent once, with its template's data. Personal data: never to be logged. */
@Entity('email')
export class EmailEntity {
  /** Also the key under which the provider stores the mail. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text', name: 'dedupe_key' })
  dedupeKey!: string;

  @Column({ type: 'text' })
  recipient!: string;

  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'char', length: 2 })
  language!: Language;

  @Column({ type: 'jsonb' })
  model!: object;

  @Column({ type: 'text' })
  status!: EmailStatus;

  /** Incremented with every attempt, so that the result of an earlier attempt is recognized. */
  @Column({ type: 'int' })
  attempts!: number;

  /** How often the provider was searched without result for a mail whose response was lost. */
  @Column({ type: 'int' })
  lookups!: number;

  @Column({ type: 'text', name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ type: 'timestamptz', name: 'next_attempt_at' })
  nextAttemptAt!: Date;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}
