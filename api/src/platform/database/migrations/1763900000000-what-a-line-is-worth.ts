import type { MigrationInterface, QueryRunner } from 'typeorm';

// Refunds know the tax of each of their parts, so that their documents copy it; tax has a name in each language, without
// its rate; orders are listed by when they were placed.
const UP = /* sql */ `
  CREATE INDEX shop_order_placed_at ON shop_order ((coalesce(placed_at, created_at)), id);
  DROP INDEX shop_order_user;
  CREATE INDEX shop_order_user ON shop_order (user_id, (coalesce(placed_at, created_at)), id) WHERE user_id IS NOT NULL;

  ALTER TABLE order_refund ADD COLUMN shipping_tax bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_refund_shipping_tax CHECK (shipping_tax BETWEEN 0 AND shipping_amount);
  ALTER TABLE order_refund_line ADD COLUMN tax bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_refund_line_tax CHECK (tax BETWEEN 0 AND amount);
  -- The difference of two rounded sums, as the plan of a refund makes it.
  UPDATE order_refund_line b SET tax = least(s.amount, s.tax) FROM (
    SELECT b.order_refund_id, b.order_line_id, b.amount,
      round((l.total_gross - l.total_net) * least(sum(b.amount) OVER told, l.total_gross) / l.total_gross)
        - round((l.total_gross - l.total_net) * least(sum(b.amount) OVER told - b.amount, l.total_gross) / l.total_gross) AS tax
    FROM order_refund_line b JOIN order_refund d ON d.id = b.order_refund_id JOIN order_line l ON l.id = b.order_line_id
    WHERE l.total_gross > 0 AND EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = d.id AND r.state NOT IN ('FAILED', 'CANCELED'))
    WINDOW told AS (PARTITION BY b.order_line_id ORDER BY d.created_at, d.id)) s
  WHERE s.order_refund_id = b.order_refund_id AND s.order_line_id = b.order_line_id;
  UPDATE order_refund d SET shipping_tax = least(s.shipping_amount, s.tax) FROM (
    SELECT d.id, d.shipping_amount,
      round((o.shipping_gross - o.shipping_net) * least(sum(d.shipping_amount) OVER told, o.shipping_gross) / o.shipping_gross)
        - round((o.shipping_gross - o.shipping_net) * least(sum(d.shipping_amount) OVER told - d.shipping_amount, o.shipping_gross) / o.shipping_gross) AS tax
    FROM order_refund d JOIN shop_order o ON o.id = d.order_id
    WHERE o.shipping_gross > 0 AND EXISTS (SELECT 1 FROM refund r WHERE r.order_refund_id = d.id AND r.state NOT IN ('FAILED', 'CANCELED'))
    WINDOW told AS (PARTITION BY d.order_id ORDER BY d.created_at, d.id)) s
  WHERE s.id = d.id;

  CREATE FUNCTION pg_temp.tax_name(name text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT CASE bare WHEN 'TVA' THEN jsonb_build_object('ro', 'TVA', 'en', 'VAT', 'fr', 'TVA') ELSE jsonb_build_object('ro', bare) END
    FROM (SELECT regexp_replace(name, '\\s*[0-9]+([.,][0-9]+)?\\s*%\\s*$', '') AS bare) AS named
  $$;
  ALTER TABLE tax_rate ALTER COLUMN name TYPE jsonb USING pg_temp.tax_name(name);
  UPDATE shop_order SET tax_lines = (
    SELECT jsonb_agg(line || jsonb_build_object('name', pg_temp.tax_name(line ->> 'name')) ORDER BY position)
    FROM jsonb_array_elements(tax_lines) WITH ORDINALITY AS t(line, position)
  ) WHERE jsonb_array_length(tax_lines) > 0;
  DROP FUNCTION pg_temp.tax_name(text);
  -- What the clients now say from free_from, each in its own way of writing money.
  UPDATE shipping_method SET description = '{}' WHERE description ->> 'en' = 'Free from 300 lei';
`;

const DOWN = /* sql */ `
  DROP INDEX shop_order_user;
  CREATE INDEX shop_order_user ON shop_order (user_id, created_at, id) WHERE user_id IS NOT NULL;
  DROP INDEX shop_order_placed_at;
  UPDATE shop_order SET tax_lines = (
    SELECT jsonb_agg(line || jsonb_build_object('name', line -> 'name' ->> 'ro') ORDER BY position)
    FROM jsonb_array_elements(tax_lines) WITH ORDINALITY AS t(line, position)
  ) WHERE jsonb_array_length(tax_lines) > 0;
  -- They got their names in 1763990000001.
  UPDATE order_edit SET plan = jsonb_set(plan, '{taxLines}', (
    SELECT jsonb_agg(line || jsonb_build_object('name', line -> 'name' ->> 'ro') ORDER BY position)
    FROM jsonb_array_elements(plan -> 'taxLines') WITH ORDINALITY AS t(line, position)
  )) WHERE jsonb_array_length(plan -> 'taxLines') > 0;
  ALTER TABLE tax_rate ALTER COLUMN name TYPE text USING name ->> 'ro';
  ALTER TABLE order_refund_line DROP COLUMN tax;
  ALTER TABLE order_refund DROP COLUMN shipping_tax;
`;

export class WhatALineIsWorth1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
