import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Table product_status_change: what a long job made of the status of each product, so that it can be undone. */
export class ProductStatusChanges1764255000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE product_status_change (
        job_id uuid NOT NULL REFERENCES long_job (id) ON DELETE CASCADE,
        product_id uuid NOT NULL REFERENCES product (id) ON DELETE CASCADE,
        status_before text NOT NULL,
        version_after integer NOT NULL,
        PRIMARY KEY (job_id, product_id)
      );
      CREATE INDEX ON product_status_change (product_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE product_status_change;`);
  }
}
