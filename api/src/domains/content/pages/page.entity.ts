import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { PageContent } from './page-content.js';

export enum PageKind {
  HOME = 'HOME',
  PAGE = 'PAGE',
  LEGAL = 'LEGAL',
}

/** A page of the shop: what is being written, and which version buyers see. */
@Entity('page')
export class PageEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** Of a page that the shop has by itself, such as `terms`; null for others. */
  @Column({ type: 'text', nullable: true }) key!: string | null;
  @Column({ type: 'text' }) kind!: PageKind;
  /** By language; empty for the home page. A language without one has that of the default language. */
  @Column({ type: 'jsonb', default: {} }) slugs!: LocalizedText;
  /** Null while nothing was written since the last version. */
  @Column({ type: 'jsonb', nullable: true }) draft!: PageContent | null;
  /** The version that buyers see, unless the moment of the scheduled one has come. Null before the first. */
  @Column({ type: 'uuid', name: 'published_id', nullable: true }) publishedId!: string | null;
  @Column({ type: 'uuid', name: 'scheduled_id', nullable: true }) scheduledId!: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'publish_at', nullable: true }) publishAt!: Date | null;
  /** Its text came with the program, and nobody has said that it was read. */
  @Column({ type: 'boolean', name: 'start_text', default: false }) startText!: boolean;
  @Column({ type: 'timestamptz', precision: 3, name: 'archived_at', nullable: true })
  archivedAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** What was published of a page at one time. Never changed and never deleted: the database refuses both. */
@Entity('page_version')
export class PageVersionEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'page_id' }) pageId!: string;
  /** From 1, without gaps. */
  @Column({ type: 'int' }) number!: number;
  @Column({ type: 'jsonb' }) content!: PageContent;
  /** What staff wrote about it, for colleagues. */
  @Column({ type: 'text', nullable: true }) note!: string | null;
  /** Null for a text that came with the program. */
  @Column({ type: 'uuid', name: 'created_by', nullable: true }) createdBy!: string | null;
  /** From when on buyers were to see it. */
  @Column({ type: 'timestamptz', precision: 3, name: 'shown_from' }) shownFrom!: Date;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
}

/** Opens the draft of a page without signing in, until it is published. */
@Entity('page_preview')
export class PagePreviewEntity {
  @PrimaryColumn({ type: 'bytea', name: 'token_hash' }) tokenHash!: Buffer;
  @Column({ type: 'uuid', name: 'page_id' }) pageId!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' }) expiresAt!: Date;
}
