import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed-in device. */
@Entity('user_session')
export class UserSessionEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'user_id' }) userId!: string;
  @Column({ type: 'bytea', name: 'refresh_hash' }) refreshHash!: Buffer;
  @Column({ type: 'bytea', name: 'previous_hash', nullable: true }) previousHash!: Buffer | null;
  @Column({ type: 'timestamptz', name: 'rotated_at' }) rotatedAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column({ type: 'text', name: 'user_agent', nullable: true }) userAgent!: string | null;
  /** From which it signed in, without the part that names a device; null before there was such a column. */
  @Column({ type: 'text', nullable: true }) network!: string | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

/** A link that was mailed: valid once, for a limited time. Only its hash is stored. */
@Entity('one_time_token')
export class OneTimeTokenEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'bytea' }) hash!: Buffer;
  @Column({ type: 'uuid', name: 'user_id' }) userId!: string;
  @Column({ type: 'text' }) purpose!: 'PASSWORD_RESET' | 'EMAIL_VERIFY' | 'EMAIL_CHANGE' | 'SECOND_FACTOR';
  /** The mailbox that it was sent to and proves; null for a link that chooses a password. */
  @Column({ type: 'text', nullable: true }) mailbox!: string | null;
  /** The address before, once the link gave the account another one; null otherwise. */
  @Column({ type: 'text', nullable: true }) replaced!: string | null;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  @Column({ type: 'timestamptz', name: 'used_at', nullable: true }) usedAt!: Date | null;
}

/** The remaining attempts of a rate limit. */
@Entity('rate_limit')
export class RateLimitEntity {
  @PrimaryColumn({ type: 'text' }) key!: string;
  @Column({ type: 'double precision' }) tokens!: number;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}
