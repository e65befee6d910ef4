import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one audit found of one law. */
export interface InvariantViolations {
  readonly code: string;
  readonly description: string;
  readonly violations: number;
  /** Ids and numbers of the first offenders; no personal data. */
  readonly samples: readonly string[];
}

/** One nightly audit. Never changed afterwards; the database refuses it. */
@Entity('integrity_check')
export class IntegrityCheckEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'timestamptz', name: 'checked_at' }) checkedAt!: Date;
  @Column({ type: 'int' }) violations!: number;
  /** The findings, with the words the laws had then. */
  @Column({ type: 'jsonb' }) report!: readonly InvariantViolations[];
}
