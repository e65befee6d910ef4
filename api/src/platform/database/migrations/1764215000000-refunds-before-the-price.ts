import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table refund: whether its money had gone back when staff accepted the rest as the price of the order. Of acceptances
 * before this migration, those that were older and had not failed then.
 */
export class RefundsBeforeThePrice1764215000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE refund ADD COLUMN precedes_price boolean NOT NULL DEFAULT false;
      UPDATE refund r SET precedes_price = true
      FROM payment p JOIN payment a ON a.order_id = p.order_id AND a.accepted_at IS NOT NULL
      WHERE p.id = r.payment_id AND r.created_at < a.accepted_at
        AND NOT (r.status IN ('FAILED', 'CANCELLED') AND r.updated_at < a.accepted_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refund DROP COLUMN precedes_price');
  }
}
