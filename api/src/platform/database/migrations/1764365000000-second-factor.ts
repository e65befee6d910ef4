import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * The second factor of people who work in the shop: a secret shared with an authenticator app (RFC 6238), encrypted, and
 * codes for the day on which the app is lost, of which only hashes are stored. That a code is asked for stands in the row of
 * the account too: a sign-in that has waited for that row reads it as it is then, while it would see another table as it was
 * when the statement began. Signing in with a code changes `last_step`
 * and `used_at`, which is no change that somebody made: the sign-in is in the list of devices.
 */
export class SecondFactor1764365000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE user_totp (
        user_id uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
        ciphertext bytea NOT NULL,
        nonce bytea NOT NULL,
        key_id text NOT NULL,
        confirmed_at timestamptz(3),
        last_step bigint NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE TABLE recovery_code (
        user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        used_at timestamptz(3),
        PRIMARY KEY (user_id, code_hash)
      );
      ALTER TABLE app_user ADD COLUMN asks_for_factor boolean NOT NULL DEFAULT false;
      CREATE FUNCTION account_asks_for_factor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE app_user u SET asks_for_factor = EXISTS (
            SELECT FROM user_totp f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
          WHERE u.id = coalesce(NEW.user_id, OLD.user_id);
          RETURN NULL;
        END $$;
      CREATE TRIGGER user_totp_account AFTER UPDATE OF confirmed_at OR DELETE ON user_totp
        FOR EACH ROW EXECUTE FUNCTION account_asks_for_factor();
      ALTER TABLE one_time_token
        DROP CONSTRAINT one_time_token_purpose_check,
        ADD CONSTRAINT one_time_token_purpose_check
          CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY', 'EMAIL_CHANGE', 'SECOND_FACTOR')),
        DROP CONSTRAINT one_time_token_mailbox_check,
        ADD CONSTRAINT one_time_token_mailbox_check
          CHECK ((mailbox IS NULL) = (purpose IN ('PASSWORD_RESET', 'SECOND_FACTOR')));
    `);
    await runner.query(
      recorded({
        ...{ table: 'user_totp', entity: 'User', by: 'user_id' },
        hidden: ['ciphertext', 'nonce', 'key_id'],
        ignored: ['last_step'],
      }),
    );
    await runner.query(
      recorded({
        ...{ table: 'recovery_code', entity: 'User', by: 'user_id', on: 'INSERT OR DELETE' },
        hidden: ['code_hash'],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DELETE FROM one_time_token WHERE purpose = 'SECOND_FACTOR';
      ALTER TABLE one_time_token
        DROP CONSTRAINT one_time_token_purpose_check,
        ADD CONSTRAINT one_time_token_purpose_check CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY', 'EMAIL_CHANGE')),
        DROP CONSTRAINT one_time_token_mailbox_check,
        ADD CONSTRAINT one_time_token_mailbox_check CHECK ((mailbox IS NULL) = (purpose = 'PASSWORD_RESET'));
      DROP TABLE recovery_code;
      DROP TABLE user_totp;
      DROP FUNCTION account_asks_for_factor();
      ALTER TABLE app_user DROP COLUMN asks_for_factor;
    `);
  }
}
