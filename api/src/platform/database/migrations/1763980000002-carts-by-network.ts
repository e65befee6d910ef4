import type { MigrationInterface, QueryRunner } from 'typeorm';

/** cart.network: HMAC of where the request came from that last added to a cart which holds stock; null elsewhere. */
export class CartsByNetwork1763980000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart ADD COLUMN network bytea');
    await runner.query(
      `CREATE INDEX cart_network ON cart (network) WHERE network IS NOT NULL AND status = 'ACTIVE'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cart DROP COLUMN network');
  }
}
