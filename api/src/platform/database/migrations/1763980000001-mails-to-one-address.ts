import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails to one address are counted when another is queued. */
export class MailsToOneAddress1763980000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX email_recipient ON email (counted_email(recipient), created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX email_recipient');
  }
}
