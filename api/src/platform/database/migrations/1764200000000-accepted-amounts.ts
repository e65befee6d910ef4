import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Table payment: which amount staff accepted as the price, because a part of what was captured may have gone back before. */
export class AcceptedAmounts1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE payment ADD COLUMN accepted_amount bigint;
      UPDATE payment SET accepted_amount = captured_amount WHERE accepted_at IS NOT NULL;
      ALTER TABLE payment ADD CONSTRAINT payment_accepted_amount
        CHECK ((accepted_at IS NULL) = (accepted_amount IS NULL) AND accepted_amount BETWEEN 1 AND captured_amount);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE payment DROP CONSTRAINT payment_accepted_amount, DROP COLUMN accepted_amount;
    `);
  }
}
