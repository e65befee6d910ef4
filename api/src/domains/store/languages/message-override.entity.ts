import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { Language } from '../../../kernel/languages.js';

/** A word of the interface in a language, as staff wrote it. */
@Entity('message_override')
export class MessageOverrideEntity {
  @PrimaryColumn({ type: 'text' }) language!: Language;
  /** The file of messages and the key in it: `storefront:nav.cart`. */
  @PrimaryColumn({ type: 'text' }) key!: string;
  @Column({ type: 'text' }) value!: string;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}
