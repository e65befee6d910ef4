import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The second factor of an account: the secret that an authenticator app shares with the shop. */
@Entity('user_totp')
export class UserTotpEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId!: string;
  /** Encrypted with a key of the ring, as the values of integrations are. */
  @Column({ type: 'bytea' }) ciphertext!: Buffer;
  @Column({ type: 'bytea' }) nonce!: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId!: string;
  /** Since when it is asked for; null while the app has not shown a code of it. */
  @Column({ type: 'timestamptz', name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  /** The last 30 seconds, counted from 1970, of which a code was taken: no code is taken twice. */
  @Column({ type: 'bigint', name: 'last_step' }) lastStep!: number;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

/** A code that is taken once in place of one of the app. Only its hash is stored. */
@Entity('recovery_code')
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId!: string;
  @PrimaryColumn({ type: 'bytea', name: 'code_hash' }) codeHash!: Buffer;
  @Column({ type: 'timestamptz', name: 'used_at', nullable: true }) usedAt!: Date | null;
}
