import type { MigrationInterface, QueryRunner } from 'typeorm';

// Every delivery that exists goes to a door, where the courier calls first; one that is fetched from a shop sets it to false.
const UP = /* sql */ `
  ALTER TABLE shipping_method ADD COLUMN phone_required boolean NOT NULL DEFAULT true;
`;

const DOWN = /* sql */ `
  ALTER TABLE shipping_method DROP COLUMN phone_required;
`;

export class TelephoneForTheCourier1764095000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
