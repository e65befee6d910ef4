import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table long_job_change: what long jobs changed, of whichever kind, so that they can be undone. What was noted of the
 * status of products is taken over. Their own table stays, as a worker of the version before this one may still write into it
 * while both run; what that worker changes in those minutes cannot be undone.
 */
export class UndoneJobs1764320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE long_job_change (
        job_id uuid NOT NULL REFERENCES long_job (id) ON DELETE CASCADE,
        row_id uuid NOT NULL,
        before jsonb NOT NULL,
        PRIMARY KEY (job_id, row_id)
      );
      INSERT INTO long_job_change (job_id, row_id, before)
        SELECT job_id, product_id, jsonb_build_object('status', status_before, 'version', version_after)
        FROM product_status_change;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE long_job_change;`);
  }
}
