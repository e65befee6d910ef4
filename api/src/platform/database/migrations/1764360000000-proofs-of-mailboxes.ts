import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * one_time_token.mailbox: the address that the link was sent to, where using it shows that this mailbox is its holder's. Null
 * for a link that chooses a password. (Not named email: statements of the version before join app_user and name its column so.)
 */
export class ProofsOfMailboxes1764360000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE one_time_token ADD COLUMN mailbox text,
        ADD CONSTRAINT one_time_token_mailbox_check CHECK ((mailbox IS NULL) = (purpose = 'PASSWORD_RESET'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DELETE FROM one_time_token WHERE purpose <> 'PASSWORD_RESET';
      ALTER TABLE one_time_token DROP COLUMN mailbox;
    `);
  }
}
