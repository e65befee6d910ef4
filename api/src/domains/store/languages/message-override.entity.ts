import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { Language } from '../../../kernel/languages.js';

/** A word of the interface in a language, as staff wrote it. */
@Entity('message_override')
export class MessageOverrideEntity {
  @PrimaryColumn({ type: 'text' }) language!: Language;
  /** The file of messages and the key in it: `storefront:nav.cart`. */
  @PrimaryColumn({ type: 'text' }) key!: string;
  @Column({ type: 'text' }) value!: string;
  /** Language and key: by it the audit log names the row. */
  @Column({ type: 'text', insert: false, update: false }) name!: string;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
