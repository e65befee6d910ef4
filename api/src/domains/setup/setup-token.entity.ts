import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link with which a shop that nobody owns is set up. */
@Entity('setup_token')
export class SetupTokenEntity {
  @PrimaryColumn({ type: 'bytea', name: 'token_hash' })
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' })
  expiresAt!: Date;
}
