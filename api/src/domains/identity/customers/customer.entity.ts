import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { Language } from '../../../kernel/languages.js';
import { columnsOf, rowOf } from '../../../platform/database/database.js';
import type { CustomerStatus } from './customer-status.js';

/** Somebody who has an account or has ordered. The row of an account has the account's id and follows it by a trigger. */
@Entity('customer')
export class CustomerEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** The account; null for a guest. */
  @Column({ type: 'uuid', name: 'user_id', nullable: true }) userId!: string | null;
  @Column({ type: 'text' }) email!: string;
  /** The mailbox, however it is written; follows from the e-mail. */
  @Column({
    ...{ type: 'text', name: 'email_key', generatedType: 'STORED', asExpression: 'see migration' },
    ...{ select: false, insert: false, update: false },
  })
  emailKey?: string;
  @Column({ type: 'text', name: 'first_name' }) firstName!: string;
  @Column({ type: 'text', name: 'last_name' }) lastName!: string;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'char', length: 2 }) language!: Language;
  @Column({ type: 'boolean', name: 'marketing_opt_in', default: false }) marketingOptIn!: boolean;
  /** Whether the account is one of staff, who are in no list of customers. */
  @Column({ type: 'boolean', name: 'is_staff', default: false }) isStaff!: boolean;
  @Column({ type: 'text', array: true, default: '{}' }) tags!: string[];
  @Column({ type: 'text', default: 'ACTIVE' }) status!: CustomerStatus;
  /** What made the row. Guests that an order made go with their last order. */
  @Column({ type: 'text' }) source!: 'ACCOUNT' | 'ORDER' | 'STAFF';
  /** The customer that this guest was merged into; null for one that stands for itself. */
  @Column({ type: 'uuid', name: 'merged_into', nullable: true }) mergedInto!: string | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

export type CustomerRow = CustomerEntity;

export const CUSTOMER_COLUMNS = columnsOf(CustomerEntity);
export const CUSTOMER_ROW = rowOf(CustomerEntity);

/** What staff wrote down about a customer. */
@Entity('customer_note')
export class CustomerNoteEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'customer_id' }) customerId!: string;
  @Column({ type: 'text' }) body!: string;
  /** Null for an account that is gone. */
  @Column({ type: 'uuid', name: 'author_id', nullable: true }) authorId!: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
