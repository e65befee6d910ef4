import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table custom_field_values: the values of the fields that plugins and vitrine.config.ts declare for products, variants,
 * categories, orders and customers. A table of its own for the reasons of the table metadata: the rows that lists, carts
 * and checkouts read stay as short as they are, and writing a value waits for no lock of an order or a product.
 */
export class CustomFields1764270000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE custom_field_values (
        entity_id uuid PRIMARY KEY,
        entity_type text NOT NULL,
        field_values jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(field_values) = 'object'),
        version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by uuid REFERENCES app_user (id) ON DELETE SET NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE custom_field_values;`);
  }
}
