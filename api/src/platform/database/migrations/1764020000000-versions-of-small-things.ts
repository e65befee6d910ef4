import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What two people may change at once counts its changes: variants, places of stock and saved addresses too. */
export class VersionsOfSmallThings1764020000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE variant ADD COLUMN version int NOT NULL DEFAULT 1;
      ALTER TABLE stock_location ADD COLUMN version int NOT NULL DEFAULT 1;
      ALTER TABLE saved_address ADD COLUMN version int NOT NULL DEFAULT 1;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE saved_address DROP COLUMN version;
      ALTER TABLE stock_location DROP COLUMN version;
      ALTER TABLE variant DROP COLUMN version;
    `);
  }
}
