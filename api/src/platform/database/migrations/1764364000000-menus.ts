import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/** Table menu: what stands in the header and the footer of the shop; one row each. */
export class Menus1764364000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE menu (
        id uuid PRIMARY KEY,
        code text NOT NULL CHECK (code IN ('HEADER', 'FOOTER')),
        entries jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(entries) = 'array' AND jsonb_array_length(entries) <= 60),
        version int NOT NULL DEFAULT 1 CHECK (version >= 1),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT menu_code UNIQUE (code)
      );
    `);
    await runner.query(recorded({ table: 'menu', entity: 'Menu', by: 'id' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE menu');
  }
}
