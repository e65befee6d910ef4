import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists by when something last changed. A cursor must compare exactly, so an order's moment is as precise as JavaScript's. */
export class FollowWhatChanged1763990000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shop_order ALTER COLUMN updated_at TYPE timestamptz(3);
      CREATE INDEX shop_order_updated ON shop_order (updated_at, id);
      CREATE INDEX app_user_updated ON app_user (updated_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX app_user_updated, shop_order_updated;
      ALTER TABLE shop_order ALTER COLUMN updated_at TYPE timestamptz;
    `);
  }
}
