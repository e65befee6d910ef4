import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * return_photo.written_keys: every key under which the file of a photo was begun to be written, so that none is left behind
 * after a crash. discarded_at: since when nobody can use the photo any more; its files go first, its row last.
 */
export class FilesOfReturnPhotos1764358000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE return_photo ADD COLUMN written_keys text[] NOT NULL DEFAULT '{}', ADD COLUMN discarded_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE return_photo DROP COLUMN written_keys, DROP COLUMN discarded_at');
  }
}
