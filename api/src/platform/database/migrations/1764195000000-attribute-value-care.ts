import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How goods with a value of an attribute are cared for, which stood in the storefront's texts until now. */
export class AttributeValueCare1764195000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      /* sql */ `ALTER TABLE attribute_value ADD COLUMN care jsonb NOT NULL DEFAULT '{}'::jsonb`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `ALTER TABLE attribute_value DROP COLUMN care`);
  }
}
