import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Categories that are reached by their address only: in no menu, and left out by search engines. */
export class HiddenCategories1764325000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE category ADD COLUMN hidden boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE category DROP COLUMN hidden');
  }
}
