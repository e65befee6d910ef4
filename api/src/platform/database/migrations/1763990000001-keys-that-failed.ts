import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * payment.key_failed_at, refund.key_failed_at: when the provider was first seen to remember a failure for the key in use.
 * It takes the place of payment.create_failures: failures that are not remembered end nothing, however many there are.
 * order_edit.plan: tax has a name in each language, as in the orders that such a plan is applied to.
 */
const UP = /* sql */ `
  ALTER TABLE payment DROP COLUMN create_failures, ADD COLUMN key_failed_at timestamptz;
  ALTER TABLE refund ADD COLUMN key_failed_at timestamptz;

  CREATE FUNCTION pg_temp.tax_name(name text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT CASE bare WHEN 'TVA' THEN jsonb_build_object('ro', 'TVA', 'en', 'VAT', 'fr', 'TVA') ELSE jsonb_build_object('ro', bare) END
    FROM (SELECT regexp_replace(name, '\\s*[0-9]+([.,][0-9]+)?\\s*%\\s*$', '') AS bare) AS named
  $$;
  UPDATE order_edit SET plan = jsonb_set(plan, '{taxLines}', (
    SELECT jsonb_agg(CASE jsonb_typeof(line -> 'name')
      WHEN 'string' THEN line || jsonb_build_object('name', pg_temp.tax_name(line ->> 'name')) ELSE line END ORDER BY position)
    FROM jsonb_array_elements(plan -> 'taxLines') WITH ORDINALITY AS t(line, position)
  )) WHERE jsonb_array_length(plan -> 'taxLines') > 0;
  DROP FUNCTION pg_temp.tax_name(text);
`;

// The names of tax become text again where those of the orders do, in 1763900000000.
const DOWN = /* sql */ `
  ALTER TABLE refund DROP COLUMN key_failed_at;
  ALTER TABLE payment DROP COLUMN key_failed_at, ADD COLUMN create_failures int NOT NULL DEFAULT 0;
`;

export class KeysThatFailed1763990000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
