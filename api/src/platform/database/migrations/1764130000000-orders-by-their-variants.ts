import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The orders of a variant: staff search them by its barcode and by its names in every language. */
const UP = /* sql */ `
  CREATE INDEX order_line_variant ON order_line (variant_id);
`;

const DOWN = /* sql */ `
  DROP INDEX order_line_variant;
`;

export class OrdersByTheirVariants1764130000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
