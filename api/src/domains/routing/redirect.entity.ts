import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

export type RedirectCode = 301 | 302 | 410;

/** A present or former slug of an entity. The database keeps it: see the migration “addresses”. */
@Entity('slug')
export class SlugEntity {
  /** Of what: PRODUCT, CATEGORY. */
  @PrimaryColumn({ type: 'text' }) kind!: string;
  /** The code of a language, or `*` for all that have no own one. */
  @PrimaryColumn({ type: 'text' }) language!: string;
  @PrimaryColumn({ type: 'text' }) slug!: string;
  @Column({ type: 'uuid', name: 'entity_id' }) entityId!: string;
  /** False for a former one, which leads to the entity. */
  @Column({ type: 'boolean', name: 'is_current' }) isCurrent!: boolean;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
}

/** Where an address without a page leads. */
@Entity('redirect')
export class RedirectEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** In its one spelling: `normalPath`. */
  @Column({ type: 'text', name: 'from_path' }) fromPath!: string;
  /** Whether it is for everything below `from_path` too. */
  @Column({ type: 'boolean', name: 'is_prefix', default: false }) isPrefix!: boolean;
  /** PRODUCT or CATEGORY; null where it leads to a path or nowhere. */
  @Column({ type: 'text', name: 'target_kind', nullable: true }) targetKind!: string | null;
  @Column({ type: 'uuid', name: 'target_id', nullable: true }) targetId!: string | null;
  /** One that ends in `/*` gets what follows the prefix. Null where it leads to an entity or nowhere. */
  @Column({ type: 'text', name: 'to_path', nullable: true }) toPath!: string | null;
  @Column({ type: 'int', default: 301 }) code!: RedirectCode;
  /** How often it was followed, as far as the API was asked. */
  @Column({ type: 'bigint', default: 0 }) hits!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'last_hit_at', nullable: true }) lastHitAt!: Date | null;
  @Column({ type: 'boolean', default: true }) active!: boolean;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** A path at which visitors found nothing. Only paths: nothing about who asked. */
@Entity('missing_path')
export class MissingPathEntity {
  @PrimaryColumn({ type: 'text' }) path!: string;
  @Column({ type: 'bigint' }) hits!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'first_at', default: () => 'now()' }) firstAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'last_at', default: () => 'now()' }) lastAt!: Date;
}
