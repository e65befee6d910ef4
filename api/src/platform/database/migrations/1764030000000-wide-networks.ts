import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = /* sql */ `
  -- HMAC of the /48 of an IPv6 address; null for IPv4. Whoever has a /48 has 65,536 times the /64 that "network" names.
  ALTER TABLE checkout_attempt ADD COLUMN wide_network bytea;
  ALTER TABLE cart ADD COLUMN wide_network bytea;
  CREATE INDEX checkout_attempt_wide_network ON checkout_attempt (wide_network, created_at) WHERE wide_network IS NOT NULL;
  CREATE INDEX cart_wide_network ON cart (wide_network) WHERE wide_network IS NOT NULL AND status = 'ACTIVE';
  ALTER TABLE checkout_block DROP CONSTRAINT checkout_block_kind_check, DROP CONSTRAINT checkout_block_check;
  ALTER TABLE checkout_block ADD CONSTRAINT checkout_block_kind_check CHECK (kind IN ('NETWORK', 'WIDE_NETWORK', 'EMAIL', 'PHONE')),
    ADD CONSTRAINT checkout_block_check
      CHECK ((kind IN ('NETWORK', 'WIDE_NETWORK')) = (network IS NOT NULL) AND (network IS NULL) = (contact IS NOT NULL));
`;

const DOWN = /* sql */ `
  DELETE FROM checkout_block WHERE kind = 'WIDE_NETWORK';
  ALTER TABLE checkout_block DROP CONSTRAINT checkout_block_kind_check, DROP CONSTRAINT checkout_block_check;
  ALTER TABLE checkout_block ADD CONSTRAINT checkout_block_kind_check CHECK (kind IN ('NETWORK', 'EMAIL', 'PHONE')),
    ADD CONSTRAINT checkout_block_check CHECK ((kind = 'NETWORK') = (network IS NOT NULL) AND (kind = 'NETWORK') = (contact IS NULL));
  ALTER TABLE cart DROP COLUMN wide_network;
  ALTER TABLE checkout_attempt DROP COLUMN wide_network;
`;

export class WideNetworks1764030000000 implements MigrationInterface {
  name = 'WideNetworks1764030000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
