import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links that give an account another address. mailbox is the new one then; replaced, once it was used, the one before, which
 * is told.
 */
export class ChangesOfMailboxes1764362000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE one_time_token ADD COLUMN replaced text,
        DROP CONSTRAINT one_time_token_purpose_check,
        ADD CONSTRAINT one_time_token_purpose_check CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY', 'EMAIL_CHANGE')),
        ADD CONSTRAINT one_time_token_replaced_check CHECK (replaced IS NULL OR purpose = 'EMAIL_CHANGE');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DELETE FROM one_time_token WHERE purpose = 'EMAIL_CHANGE';
      ALTER TABLE one_time_token DROP COLUMN replaced,
        DROP CONSTRAINT one_time_token_purpose_check,
        ADD CONSTRAINT one_time_token_purpose_check CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY'));
    `);
  }
}
