import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rule by which the price of a delivery is computed, with its arguments; those of a flat rate stay the columns that they are. */
export class ShippingRates1764280000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shipping_method
        ADD COLUMN rate_code text NOT NULL DEFAULT 'flat',
        ADD COLUMN rate_arguments jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(rate_arguments) = 'object'),
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shipping_method DROP COLUMN version, DROP COLUMN rate_arguments, DROP COLUMN rate_code;
    `);
  }
}
