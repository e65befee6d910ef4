import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table order_return_line: how many of the received units were exchanged. Units that were refunded before the exchange
 * are not among them. Of exchanges before this migration the number follows from what the units were worth then: the
 * unit price of their line, which in an exchange includes the credit.
 */
export class ExchangedUnits1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE order_return_line ADD COLUMN exchanged int NOT NULL DEFAULT 0;
      UPDATE order_return_line t SET exchanged = CASE WHEN w.unit = 0 THEN t.received ELSE least(t.received, t.traded / w.unit) END
      FROM order_return b, order_line l JOIN shop_order o ON o.id = l.order_id
        CROSS JOIN LATERAL (SELECT (l.total_gross + CASE o.source WHEN 'EXCHANGE' THEN l.discount ELSE 0 END) / l.quantity AS unit) w
      WHERE b.id = t.return_id AND b.status = 'EXCHANGED' AND l.id = t.order_line_id;
      ALTER TABLE order_return_line ADD CONSTRAINT order_return_line_exchanged CHECK (exchanged BETWEEN 0 AND received);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_return_line DROP COLUMN exchanged');
  }
}
