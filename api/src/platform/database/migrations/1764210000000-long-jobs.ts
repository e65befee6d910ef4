import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables long_job and long_job_error: work on many rows that staff start and follow. The files of orders, which were the
 * table export_file, are long jobs; files that were ready lived for a day and are asked for again.
 */
export class LongJobs1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE long_job (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'CANCELLING', 'CANCELLED', 'SUCCEEDED', 'FAILED')),
        title text,
        input jsonb NOT NULL,
        cursor jsonb,
        done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
        total integer CHECK (total >= 0),
        error_count integer NOT NULL DEFAULT 0 CHECK (error_count >= 0),
        parts integer NOT NULL DEFAULT 0 CHECK (parts >= 0),
        failure text,
        result_name text,
        started_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        cancelled_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        request_id text NOT NULL,
        run_token uuid,
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        started_at timestamptz,
        heartbeat_at timestamptz,
        finished_at timestamptz,
        expires_at timestamptz,
        CONSTRAINT long_job_finished CHECK ((status IN ('CANCELLED', 'SUCCEEDED', 'FAILED')) = (finished_at IS NOT NULL)),
        CONSTRAINT long_job_run CHECK (run_token IS NULL OR heartbeat_at IS NOT NULL AND finished_at IS NULL)
      );
      CREATE INDEX long_job_age ON long_job (created_at, id);
      CREATE INDEX long_job_starter ON long_job (started_by, created_at, id);
      CREATE INDEX long_job_open ON long_job (created_at) WHERE finished_at IS NULL;
      CREATE INDEX long_job_files ON long_job (expires_at) WHERE parts > 0;
      CREATE TABLE long_job_error (
        id uuid PRIMARY KEY,
        job_id uuid NOT NULL REFERENCES long_job (id) ON DELETE CASCADE,
        line integer NOT NULL,
        field text,
        code text NOT NULL,
        message text NOT NULL,
        value text
      );
      CREATE INDEX long_job_error_row ON long_job_error (job_id, line, id);
      DROP TABLE export_file;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE export_file (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind = 'ORDERS_CSV'),
        request jsonb NOT NULL,
        status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
        rows integer NOT NULL DEFAULT 0 CHECK (rows >= 0),
        storage_key text,
        actor_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        finished_at timestamptz,
        expires_at timestamptz
      );
      CREATE INDEX export_file_actor ON export_file (actor_id, created_at);
      CREATE INDEX export_file_age ON export_file (created_at);
      DROP TABLE long_job_error, long_job;
    `);
  }
}
