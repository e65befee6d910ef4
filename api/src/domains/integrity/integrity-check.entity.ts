import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one audit found for one invariant. */
export interface InvariantViolations {
  readonly code: string;
  readonly description: string;
  readonly violations: number;
  /** Ids and numbers of the first violations; no personal data. */
  readonly samples: readonly string[];
}

/** One nightly audit. Never changed afterwards; the database refuses it. */
@Entity('integrity_check')
export class IntegrityCheckEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'timestamptz', name: 'checked_at' }) checkedAt!: Date;
  @Column({ type: 'int' }) violations!: number;
  /** The findings, with the descriptions that the invariants had at that time. */
  @Column({ type: 'jsonb' }) report!: readonly InvariantViolations[];
}
