import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../../kernel/languages.js';
import { columnsOf, rowOf } from '../../platform/database/database.js';
import type { Role } from '../../platform/graphql/roles.js';

/** An account, of a customer or of staff. */
@Entity('app_user')
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) email!: string;
  @Column({ type: 'text', name: 'password_hash', select: false }) passwordHash!: string;
  @Column({ type: 'text', name: 'first_name' }) firstName!: string;
  @Column({ type: 'text', name: 'last_name' }) lastName!: string;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'text' }) role!: Role;
  @Column({ type: 'char', length: 2 }) language!: Language;
  @Column({ type: 'boolean', name: 'marketing_opt_in' }) marketingOptIn!: boolean;
  @Column({ type: 'timestamptz', name: 'marketing_opt_in_at', nullable: true })
  marketingOptInAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'email_verified_at', nullable: true }) emailVerifiedAt!: Date | null;
  /** When a member of staff was locked out; follows from `staff_member`. */
  @Column({ type: 'timestamptz', name: 'locked_at', nullable: true, select: false }) lockedAt!: Date | null;
  /** Whether a code is asked for beside the password; follows from `user_totp`. */
  @Column({ type: 'boolean', name: 'asks_for_factor', select: false }) asksForFactor!: boolean;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'text', name: 'search_text', select: false, insert: false, update: false }) searchText!:
    | string
    | null;
}

/** A user as the program passes it around: never with the password's hash. */
export type UserRow = Omit<
  UserEntity,
  'passwordHash' | 'searchText' | 'marketingOptInAt' | 'lockedAt' | 'asksForFactor'
>;

const USER_FIELDS = [
  'id',
  'email',
  'firstName',
  'lastName',
  'phone',
  'role',
  'language',
  'marketingOptIn',
  'emailVerifiedAt',
  'createdAt',
  'updatedAt',
] as const;

/** The columns of a `UserRow`, for SELECT and RETURNING. */
export const USER_COLUMNS = columnsOf(UserEntity, 'app_user', USER_FIELDS);

/** The row that `USER_COLUMNS` selects. */
export const USER_ROW = rowOf(UserEntity, USER_FIELDS);
