import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Table shop_setting: staff keep groups of settings, each with a version, the time of its last change and who made it. */
export class ShopSettingVersion1764185000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shop_setting
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN updated_by uuid REFERENCES app_user (id) ON DELETE SET NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shop_setting DROP COLUMN version, DROP COLUMN updated_at, DROP COLUMN updated_by;
    `);
  }
}
