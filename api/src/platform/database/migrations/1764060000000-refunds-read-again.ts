import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each minute the refunds that have just changed are looked for: not by reading all that there ever were. */
export class RefundsReadAgain1764060000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX refund_changed ON refund (updated_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX refund_changed');
  }
}
