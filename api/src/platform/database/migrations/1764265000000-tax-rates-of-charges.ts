import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A charge of an order may have several tax rates, those of its goods: `rates` instead of one `basisPoints`. The database
 * holds the charge against the sum of them.
 */
export class TaxRatesOfCharges1764265000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      UPDATE shop_order SET adjustments = (
        SELECT jsonb_agg(CASE WHEN a ->> 'kind' = 'CHARGE' THEN a - 'basisPoints' || jsonb_build_object('rates',
          jsonb_build_array(jsonb_build_object('basisPoints', a -> 'basisPoints', 'net', a -> 'net', 'amount', a -> 'amount'))) ELSE a END ORDER BY n)
        FROM jsonb_array_elements(adjustments) WITH ORDINALITY AS of(a, n))
      WHERE adjustments @> '[{"kind": "CHARGE"}]';

      CREATE OR REPLACE FUNCTION charges_fit(adjustments jsonb, net bigint, gross bigint) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(sum((a ->> 'net')::bigint), 0) = net AND coalesce(sum((a ->> 'amount')::bigint), 0) = gross
          AND coalesce(bool_and((SELECT coalesce(sum((r ->> 'net')::bigint), 0) = (a ->> 'net')::bigint
            AND coalesce(sum((r ->> 'amount')::bigint), 0) = (a ->> 'amount')::bigint FROM jsonb_array_elements(a -> 'rates') AS r)), true)
        FROM jsonb_array_elements(adjustments) AS a WHERE a ->> 'kind' = 'CHARGE'
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE OR REPLACE FUNCTION charges_fit(adjustments jsonb, net bigint, gross bigint) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(sum((a ->> 'net')::bigint), 0) = net AND coalesce(sum((a ->> 'amount')::bigint), 0) = gross
        FROM jsonb_array_elements(adjustments) AS a WHERE a ->> 'kind' = 'CHARGE'
      $$;

      UPDATE shop_order SET adjustments = (
        SELECT jsonb_agg(CASE WHEN a ->> 'kind' = 'CHARGE' THEN a - 'rates' || jsonb_build_object('basisPoints', a #> '{rates,0,basisPoints}')
          ELSE a END ORDER BY n)
        FROM jsonb_array_elements(adjustments) WITH ORDINALITY AS of(a, n))
      WHERE adjustments @> '[{"kind": "CHARGE"}]';
    `);
  }
}
