import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { IntegrationTestCode } from '../../../platform/integration.js';

/** A service outside the shop: the version of its values, and how it was last tried out. */
@Entity('integration')
export class IntegrationEntity {
  @PrimaryColumn({ type: 'text' }) code!: string;
  @VersionColumn({ type: 'int', default: 1 }) version!: number;
  /** Null while the values were not tried out as they are now. */
  @Column({ type: 'timestamptz', name: 'last_test_at', nullable: true }) lastTestAt!: Date | null;
  @Column({ type: 'text', name: 'last_test_code', nullable: true }) lastTestCode!: IntegrationTestCode | null;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'uuid', name: 'updated_by', nullable: true }) updatedBy!: string | null;
}

/** A value of an integration, encrypted. `<name>.previous` is the one before, which holds until `expiresAt`. */
@Entity('integration_secret')
export class IntegrationSecretEntity {
  @PrimaryColumn({ type: 'text' }) integration!: string;
  @PrimaryColumn({ type: 'text' }) name!: string;
  @Column({ type: 'bytea' }) ciphertext!: Buffer;
  @Column({ type: 'bytea' }) nonce!: Buffer;
  @Column({ type: 'text', name: 'key_id' }) keyId!: string;
  /** The last four characters of a secret of twelve or more; the whole value where it is no secret. */
  @Column({ type: 'text', nullable: true }) hint!: string | null;
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
}
