import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = /* sql */ `
  -- A block that was lifted, or followed by another of the same mark, stays as it was placed until the nightly deletion.
  ALTER TABLE checkout_block ADD COLUMN ended_at timestamptz,
    ADD COLUMN ended_how text CHECK (ended_how IN ('LIFTED', 'REPLACED', 'EXPIRED')),
    ADD COLUMN ended_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    ADD CONSTRAINT checkout_block_end CHECK ((ended_at IS NULL) = (ended_how IS NULL) AND ended_at <= expires_at);
  DROP INDEX checkout_block_network, checkout_block_contact;
  CREATE UNIQUE INDEX checkout_block_network ON checkout_block (network) WHERE network IS NOT NULL AND ended_at IS NULL;
  CREATE UNIQUE INDEX checkout_block_contact ON checkout_block (kind, contact) WHERE contact IS NOT NULL AND ended_at IS NULL;
`;

const DOWN = /* sql */ `
  DELETE FROM checkout_block WHERE ended_at IS NOT NULL;
  DROP INDEX checkout_block_network, checkout_block_contact;
  ALTER TABLE checkout_block DROP COLUMN ended_at, DROP COLUMN ended_how, DROP COLUMN ended_by;
  CREATE UNIQUE INDEX checkout_block_network ON checkout_block (network) WHERE network IS NOT NULL;
  CREATE UNIQUE INDEX checkout_block_contact ON checkout_block (kind, contact) WHERE contact IS NOT NULL;
`;

export class BlocksThatEnded1764125000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
