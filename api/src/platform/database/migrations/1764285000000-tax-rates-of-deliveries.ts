import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The delivery of an order has the tax rates of its goods: `shipping_rates`, each `{basisPoints, net, amount}` as the
 * rates of a charge, with the sums in `shipping_net` and `shipping_gross`. What a refund gives back of it is stored by
 * rate too. Deliveries of before have the one rate of the order whose split gives the stored net.
 */
export class TaxRatesOfDeliveries1764285000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE FUNCTION rates_fit(rates jsonb, net bigint, gross bigint) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(sum((r ->> 'amount')::bigint), 0) = gross
          AND coalesce(sum(coalesce((r ->> 'net')::bigint, (r ->> 'amount')::bigint - (r ->> 'tax')::bigint)), 0) = net
        FROM jsonb_array_elements(rates) AS r
      $$;

      ALTER TABLE shop_order ADD COLUMN shipping_rates jsonb NOT NULL DEFAULT '[]';
      UPDATE shop_order SET shipping_rates = jsonb_build_array(jsonb_build_object('basisPoints', coalesce((
          SELECT (line ->> 'basisPoints')::int FROM jsonb_array_elements(tax_lines) WITH ORDINALITY AS of(line, n)
          WHERE round(shipping_gross * 10000::numeric / (10000 + (line ->> 'basisPoints')::int)) = shipping_net ORDER BY n LIMIT 1), 0),
        'net', shipping_net, 'amount', shipping_gross))
      WHERE shipping_gross > 0;
      ALTER TABLE shop_order ADD CONSTRAINT shop_order_shipping_rates CHECK (rates_fit(shipping_rates, shipping_net, shipping_gross));

      ALTER TABLE order_refund ADD COLUMN shipping_rates jsonb NOT NULL DEFAULT '[]';
      UPDATE order_refund d SET shipping_rates = jsonb_build_array(jsonb_build_object('basisPoints', o.shipping_rates #> '{0,basisPoints}',
        'amount', d.shipping_amount, 'tax', d.shipping_tax))
      FROM shop_order o WHERE o.id = d.order_id AND d.shipping_amount > 0;
      ALTER TABLE order_refund ADD CONSTRAINT order_refund_shipping_rates CHECK (rates_fit(shipping_rates, shipping_amount - shipping_tax, shipping_amount));

      UPDATE order_edit e SET plan = jsonb_set(plan, '{shipping,rates}', o.shipping_rates) FROM shop_order o WHERE o.id = e.order_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      UPDATE order_edit SET plan = plan #- '{shipping,rates}';
      ALTER TABLE order_refund DROP COLUMN shipping_rates;
      ALTER TABLE shop_order DROP COLUMN shipping_rates;
      DROP FUNCTION rates_fit(jsonb, bigint, bigint);
    `);
  }
}
