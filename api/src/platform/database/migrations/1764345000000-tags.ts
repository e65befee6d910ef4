import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tags that staff keep: with a version, and the slugs by which they, or tags that were merged into them, were known. */
export class Tags1764345000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE tag
        ADD COLUMN former_slugs text[] NOT NULL DEFAULT '{}',
        ADD COLUMN version int NOT NULL DEFAULT 1,
        ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(),
        ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE tag DROP COLUMN former_slugs, DROP COLUMN version, DROP COLUMN created_at, DROP COLUMN updated_at;
    `);
  }
}
