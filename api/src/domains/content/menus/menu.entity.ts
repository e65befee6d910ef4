import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { StoredLink } from '../blocks/stored-block.js';

/** Where a menu stands in the shop. */
export enum MenuCode {
  HEADER = 'HEADER',
  FOOTER = 'FOOTER',
}

export enum MenuEntryKind {
  LINK = 'LINK',
  HEADING = 'HEADING',
  CATEGORIES = 'CATEGORIES',
}

/** One line of a menu. Lines follow each other, each below the last one of a lesser depth. */
export interface MenuEntry {
  /** Made by the client that added it; unique in the menu. */
  readonly key: string;
  /** From 0 to 2. */
  readonly depth: number;
  readonly kind: MenuEntryKind;
  /** Empty: the name of the target. */
  readonly labels: LocalizedText;
  /** Of a LINK; null for others. */
  readonly link: StoredLink | null;
}

@Entity('menu')
export class MenuEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) code!: MenuCode;
  @Column({ type: 'jsonb', default: [] }) entries!: readonly MenuEntry[];
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
