import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Column cart.has_additional_data: whether metadata or declared fields were ever written about a cart. The transaction that
 * makes an order of it copies them then, and sends no statement for all other carts.
 */
export class AdditionalDataOfCarts1764305000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      /* sql */ `ALTER TABLE cart ADD COLUMN has_additional_data boolean NOT NULL DEFAULT false;`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `ALTER TABLE cart DROP COLUMN has_additional_data;`);
  }
}
