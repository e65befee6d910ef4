import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Imports of files: a row for each file, its rows as they were read, and how files of the same form were mapped before.
 * A movement of stock knows the import and the row that caused it; no row of an import moves stock twice.
 */
export class Imports1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE import_run (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        filename text NOT NULL,
        created_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        request_id text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        token_hash bytea UNIQUE,
        upload_until timestamptz NOT NULL,
        received_at timestamptz,
        file_key text,
        file_hash bytea,
        format text CHECK (format IN ('CSV', 'XLSX', 'JSON')),
        encoding text,
        separator text,
        decimal_sign text NOT NULL DEFAULT '.' CHECK (decimal_sign IN ('.', ',')),
        sheets text[] NOT NULL DEFAULT '{}',
        sheet text,
        header_line integer,
        header text[] NOT NULL DEFAULT '{}',
        mapping jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(mapping) = 'object'),
        row_count integer NOT NULL DEFAULT 0 CHECK (row_count >= 0),
        check_job_id uuid,
        apply_job_id uuid,
        expires_at timestamptz NOT NULL,
        emptied_at timestamptz,
        new_rows integer NOT NULL DEFAULT 0 CHECK (new_rows >= 0),
        changed_rows integer NOT NULL DEFAULT 0 CHECK (changed_rows >= 0),
        unchanged_rows integer NOT NULL DEFAULT 0 CHECK (unchanged_rows >= 0),
        wrong_rows integer NOT NULL DEFAULT 0 CHECK (wrong_rows >= 0),
        repeated_rows integer NOT NULL DEFAULT 0 CHECK (repeated_rows >= 0),
        amount bigint NOT NULL DEFAULT 0 CHECK (amount >= 0),
        applied_rows integer NOT NULL DEFAULT 0 CHECK (applied_rows >= 0),
        refused_rows integer NOT NULL DEFAULT 0 CHECK (refused_rows >= 0),
        CONSTRAINT import_run_received CHECK ((received_at IS NULL) = (format IS NULL)),
        CONSTRAINT import_run_applied CHECK (apply_job_id IS NULL OR check_job_id IS NOT NULL),
        CONSTRAINT import_run_rows CHECK (applied_rows + refused_rows <= new_rows + changed_rows)
      );
      CREATE INDEX import_run_age ON import_run (created_at, id);
      CREATE INDEX import_run_author ON import_run (created_by, created_at, id);
      CREATE INDEX import_run_full ON import_run (expires_at) WHERE emptied_at IS NULL;
      CREATE TABLE import_row (
        import_id uuid NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
        line integer NOT NULL,
        cells jsonb NOT NULL CHECK (jsonb_typeof(cells) = 'array'),
        outcome text CHECK (outcome IN ('NEW', 'CHANGED', 'UNCHANGED', 'WRONG', 'APPLIED', 'REFUSED')),
        subject text,
        errors jsonb CHECK (errors IS NULL OR jsonb_typeof(errors) = 'array'),
        PRIMARY KEY (import_id, line),
        CONSTRAINT import_row_errors CHECK ((outcome IN ('WRONG', 'REFUSED')) IS TRUE = (errors IS NOT NULL))
      );
      CREATE INDEX import_row_subject ON import_row (import_id, subject, line) WHERE subject IS NOT NULL;
      CREATE INDEX import_row_wrong ON import_row (import_id, line) WHERE errors IS NOT NULL;
      CREATE TABLE import_mapping (
        kind text NOT NULL,
        shape text NOT NULL,
        mapping jsonb NOT NULL,
        decimal_sign text NOT NULL,
        used_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (kind, shape)
      );
      ALTER TABLE stock_movement ADD COLUMN import_id uuid, ADD COLUMN import_line integer,
        ADD CONSTRAINT stock_movement_import CHECK (num_nonnulls(import_id, import_line) IN (0, 2));
      CREATE UNIQUE INDEX stock_movement_of_import ON stock_movement (import_id, import_line) WHERE import_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP INDEX stock_movement_of_import;
      ALTER TABLE stock_movement DROP COLUMN import_id, DROP COLUMN import_line;
      DROP TABLE import_mapping, import_row, import_run;
    `);
  }
}
