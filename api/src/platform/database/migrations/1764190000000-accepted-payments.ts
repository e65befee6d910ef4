import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Table payment: when staff accepted an amount other than the agreed one as the price of the order. */
export class AcceptedPayments1764190000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE payment ADD COLUMN accepted_at timestamptz,
        ADD CONSTRAINT payment_accepted CHECK (accepted_at IS NULL OR status = 'CAPTURED' AND captured_amount > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE payment DROP CONSTRAINT payment_accepted, DROP COLUMN accepted_at;
    `);
  }
}
