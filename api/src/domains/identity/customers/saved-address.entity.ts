import { Column, CreateDateColumn, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { columnsOf } from '../../../platform/database/database.js';
import type { StoredAddress } from './read-address.js';

/** An address of a customer's address book. */
@Entity('saved_address')
export class SavedAddressEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'user_id' }) userId!: string;
  @Column({ type: 'text', nullable: true }) label!: string | null;
  @Column({ type: 'jsonb' }) address!: StoredAddress;
  @Column({ type: 'boolean', name: 'is_default_shipping' }) isDefaultShipping!: boolean;
  @Column({ type: 'boolean', name: 'is_default_billing' }) isDefaultBilling!: boolean;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  /** Counts the changes of the address. */
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

/** The columns of a `SavedAddressEntity`, for SELECT and RETURNING. */
export const SAVED_ADDRESS_COLUMNS = columnsOf(SavedAddressEntity);
