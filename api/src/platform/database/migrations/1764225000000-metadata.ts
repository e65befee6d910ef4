import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table metadata: values by key that staff and programs keep about products, variants, categories, orders and customers. A
 * table of its own, so that the rows that lists, carts and checkouts read stay as short as they are; without foreign keys,
 * because the entities stand in many tables.
 */
export class Metadata1764225000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE metadata (
        entity_id uuid PRIMARY KEY,
        entity_type text NOT NULL,
        staff_values jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(staff_values) = 'object'),
        public_values jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(public_values) = 'object'),
        version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by uuid REFERENCES app_user (id) ON DELETE SET NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE metadata;`);
  }
}
