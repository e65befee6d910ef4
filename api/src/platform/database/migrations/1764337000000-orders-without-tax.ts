import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders of a seller who is not registered for tax: `tax_mode` NOT_REGISTERED, and no amount contains any. */
export class OrdersWithoutTax1764337000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shop_order ADD COLUMN tax_mode text NOT NULL DEFAULT 'TAXED' CHECK (tax_mode IN ('TAXED', 'NOT_REGISTERED')),
        ADD CONSTRAINT shop_order_without_tax CHECK (tax_mode = 'TAXED' OR (total_net = total_gross
          AND subtotal_net = subtotal_gross AND shipping_net = shipping_gross AND charges_net = charges_gross));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE shop_order DROP COLUMN tax_mode');
  }
}
