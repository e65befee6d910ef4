import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table payment_comparison: until when the payments of each provider have been compared with ours. A restored backup
 * has the moment of the backup, so that the next comparison begins there.
 */
export class UntilWhenPaymentsWereCompared1764220000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE payment_comparison (
        provider text PRIMARY KEY,
        compared_until timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payment_comparison');
  }
}
