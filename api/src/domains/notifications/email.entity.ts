import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../../kernel/languages.js';

export type EmailStatus =
  | 'SCHEDULED'
  | 'QUEUED'
  | 'SENDING'
  | 'SENT'
  | 'UNKNOWN'
  | 'FAILED'
  | 'BOUNCED'
  | 'CANCELLED';

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

  /** Of what it says, as in the preview of the template when it was sent, before that when it was written. */
  @Column({ type: 'text', name: 'template_version', nullable: true })
  templateVersion!: string | null;

  /** Cancels it and others of this key while they are not sent; null where none does. */
  @Column({ type: 'text', name: 'cancel_key', nullable: true })
  cancelKey!: string | null;

  /** When it is to be sent at the earliest; null for at once. */
  @Column({ type: 'timestamptz', name: 'not_before', nullable: true })
  notBefore!: Date | null;

  @Column({ type: 'timestamptz', name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;

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
