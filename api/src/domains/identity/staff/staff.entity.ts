import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { Role } from '../../../platform/graphql/roles.js';

/** A role of people who work in the shop. */
@Entity('staff_role')
export class StaffRoleEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** Of a built-in role, whose permissions the modules declare; null for one of the shop's own. */
  @Column({ type: 'text', nullable: true }) code!: BuiltInRole | null;
  @Column({ type: 'text' }) name!: string;
  /** Of a role of the shop's own; empty for a built-in one. May name permissions of a plugin that was removed. */
  @Column({ type: 'text', array: true, default: '{}' }) permissions!: string[];
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

export type BuiltInRole = Exclude<`${Role}`, 'CUSTOMER' | 'STAFF'>;

/** An account of somebody who works in the shop. */
@Entity('staff_member')
export class StaffMemberEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId!: string;
  @Column({ type: 'uuid', name: 'role_id' }) roleId!: string;
  /** Null for somebody who may sign in. */
  @Column({ type: 'timestamptz', precision: 3, name: 'locked_at', nullable: true }) lockedAt!: Date | null;
  /** Null for an account that is gone. */
  @Column({ type: 'uuid', name: 'locked_by', nullable: true }) lockedBy!: string | null;
  /** Of sessions whose rows are deleted; the last renewal of the others says when somebody was seen since. */
  @Column({ type: 'timestamptz', precision: 3, name: 'last_seen_at', nullable: true })
  lastSeenAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** An invitation to work in the shop. */
@Entity('staff_invitation')
export class StaffInvitationEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) email!: string;
  @Column({ type: 'uuid', name: 'role_id' }) roleId!: string;
  @Column({ type: 'char', length: 2 }) language!: string;
  /** Signed, it is the mailed link. */
  @Column({ type: 'uuid', name: 'token_id' }) tokenId!: string;
  @Column({ type: 'bytea', name: 'token_hash' }) tokenHash!: Buffer;
  /** Who sent it last; null for an account that is gone. */
  @Column({ type: 'uuid', name: 'invited_by', nullable: true }) invitedBy!: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' }) expiresAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  /** When its holder asked for a new link; null for a link that was not asked for again. */
  @Column({ type: 'timestamptz', precision: 3, name: 'asked_again_at', nullable: true })
  askedAgainAt!: Date | null;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
