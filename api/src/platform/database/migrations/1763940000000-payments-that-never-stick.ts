import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readEmailAddress } from '../../../kernel/email-address.js';

/*
 * payment.create_failures: how often the provider failed at making the intent under the present create_key.
 * payment.asked_at: when a buyer's page last had the provider asked, in whatever process.
 * refund.last_checked_at, checks: as payments have them, so that refunds that wait for a bank do not stand before others.
 * email BOUNCED: accepted by the mail service and then refused by the recipient's server. bounce: that server's words.
 */
const UP = /* sql */ `
  ALTER TABLE payment
    ADD COLUMN create_failures int NOT NULL DEFAULT 0,
    ADD COLUMN asked_at timestamptz;
  ALTER TABLE refund
    ADD COLUMN last_checked_at timestamptz,
    ADD COLUMN checks int NOT NULL DEFAULT 0;

  ALTER TABLE email DROP CONSTRAINT email_state_check;
  ALTER TABLE email
    ADD CONSTRAINT email_state_check CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED', 'BOUNCED')),
    ALTER COLUMN created_at TYPE timestamptz(3);
  CREATE INDEX email_created ON email (created_at, id);
  CREATE INDEX email_message ON email (message_id) WHERE message_id IS NOT NULL;
`;

const DOWN = /* sql */ `
  DROP INDEX email_message;
  DROP INDEX email_created;
  UPDATE email SET state = 'FAILED' WHERE state = 'BOUNCED';
  ALTER TABLE email DROP CONSTRAINT email_state_check;
  ALTER TABLE email
    ADD CONSTRAINT email_state_check CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED')),
    ALTER COLUMN created_at TYPE timestamptz;
  ALTER TABLE refund DROP COLUMN checks, DROP COLUMN last_checked_at;
  ALTER TABLE payment DROP COLUMN asked_at, DROP COLUMN create_failures;
`;

/** Where addresses stand that somebody signs in with, or that mail goes to. */
const ADDRESSES = [
  ['app_user', 'email'],
  ['cart', 'email'],
  ['shop_order', 'email'],
] as const;

export class PaymentsThatNeverStick1763940000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
    for (const [table, column] of ADDRESSES) await inAscii(runner, table, column);
  }

  /** Addresses stay in their ASCII form: it is the same mailbox. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

/** Domains in other letters, as they are looked up from now on. An account whose other form is taken stays as it is. */
async function inAscii(runner: QueryRunner, table: string, column: string): Promise<void> {
  const rows = (await runner.query(
    `SELECT DISTINCT ${column} AS address FROM ${table} WHERE ${column} ~ '[^ -~]'`,
  )) as { address: string }[];
  for (const { address } of rows) {
    const written = readEmailAddress(address);
    if (written === null || written === address) continue;
    const isFree =
      table === 'app_user' ? `AND NOT EXISTS (SELECT 1 FROM app_user WHERE lower(email) = lower($2))` : '';
    await runner.query(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1 ${isFree}`, [
      address,
      written,
    ]);
  }
}
