import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A transaction in which staff, or the shop itself, changed what the audit log follows. Only the database writes it. */
@Entity('audit_entry')
export class AuditEntryEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'timestamptz' }) at!: Date;
  @Column({ type: 'text', name: 'actor_kind' }) actorKind!: string;
  /** The account, which may be gone; null for the shop itself. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  /** The mutation, or the name of the work of the shop itself. */
  @Column({ type: 'text' }) operation!: string;
  @Column({ type: 'text', name: 'request_id' }) requestId!: string;
}

/** A row that such a transaction changed. */
@Entity('audit_change')
export class AuditChangeEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'entry_id' }) entryId!: string;
  /** The table. */
  @Column({ type: 'text' }) record!: string;
  @Column({ type: 'text' }) kind!: string;
  /** Of what the row is a part, by the name of its GraphQL type. */
  @Column({ type: 'text', name: 'entity_type' }) entityType!: string;
  @Column({ type: 'text', name: 'entity_id', nullable: true }) entityId!: string | null;
  /** The id of the row itself; null where it has none, and of changes before there was this column. */
  @Column({ type: 'text', name: 'record_id', nullable: true }) recordId!: string | null;
  /** By column its value before and after; an empty list where the column is secret or personal. */
  @Column({ type: 'jsonb' }) changes!: Record<string, readonly [] | readonly [unknown, unknown]>;
}
