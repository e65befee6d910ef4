import type { MigrationInterface, QueryRunner } from 'typeorm';

/** cart.follows: the cart of the same guest that became an order before; its lines come here if the order comes to nothing. */
export class CartsThatFollow1763940000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE cart ADD COLUMN follows uuid REFERENCES cart (id) ON DELETE SET NULL;
      CREATE INDEX cart_follows ON cart (follows) WHERE follows IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart DROP COLUMN follows');
  }
}
