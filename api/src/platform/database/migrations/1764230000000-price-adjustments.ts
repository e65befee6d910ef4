import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is taken off the goods of an order and added beside them, each with its reason: `adjustments`. Charges are added
 * to the total, so their sum stands in columns of its own, which the database holds against the total and against the
 * adjustments; refunds say what they give back of each. The discounts that orders have already get their reason.
 */
export class PriceAdjustments1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE FUNCTION charges_fit(adjustments jsonb, net bigint, gross bigint) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(sum((a ->> 'net')::bigint), 0) = net AND coalesce(sum((a ->> 'amount')::bigint), 0) = gross
        FROM jsonb_array_elements(adjustments) AS a WHERE a ->> 'kind' = 'CHARGE'
      $$;

      ALTER TABLE shop_order
        ADD COLUMN adjustments jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN charges_net bigint NOT NULL DEFAULT 0,
        ADD COLUMN charges_gross bigint NOT NULL DEFAULT 0;
      ALTER TABLE shop_order
        DROP CONSTRAINT shop_order_check,
        DROP CONSTRAINT shop_order_check1,
        ADD CONSTRAINT shop_order_check CHECK (subtotal_gross + shipping_gross + charges_gross = total_gross),
        ADD CONSTRAINT shop_order_check1 CHECK (subtotal_net + shipping_net + charges_net = total_net),
        ADD CONSTRAINT shop_order_charges CHECK (charges_gross >= 0
          AND (charges_gross = 0 AND charges_net = 0 AND adjustments = '[]' OR charges_fit(adjustments, charges_net, charges_gross)));

      UPDATE shop_order o SET adjustments = jsonb_build_array(jsonb_build_object(
        'kind', 'DISCOUNT',
        'code', CASE o.source WHEN 'EXCHANGE' THEN 'EXCHANGE_CREDIT' WHEN 'STAFF' THEN 'STAFF_DISCOUNT' ELSE 'ACCEPTED_PRICE' END,
        'name', CASE o.source
          WHEN 'EXCHANGE' THEN '{"en": "Credit for returned goods", "ro": "Credit pentru produsele returnate", "fr": "Avoir pour les articles retournés"}'::jsonb
          WHEN 'STAFF' THEN '{"en": "Discount", "ro": "Reducere", "fr": "Remise"}'
          ELSE '{"en": "Difference waived", "ro": "Diferență la care s-a renunțat", "fr": "Différence abandonnée"}' END,
        'amount', o.discount,
        'shares', (SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'amount', l.discount) ORDER BY l.position)
          FROM order_line l WHERE l.order_id = o.id AND l.discount > 0)))
      WHERE o.discount > 0;

      ALTER TABLE order_refund
        ADD COLUMN charges jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN charges_amount bigint NOT NULL DEFAULT 0;
      ALTER TABLE order_refund ADD CONSTRAINT order_refund_charges
        CHECK (charges_amount >= 0 AND shipping_amount + charges_amount <= amount);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE order_refund DROP CONSTRAINT order_refund_charges, DROP COLUMN charges, DROP COLUMN charges_amount;
      ALTER TABLE shop_order
        DROP CONSTRAINT shop_order_charges,
        DROP CONSTRAINT shop_order_check,
        DROP CONSTRAINT shop_order_check1,
        ADD CONSTRAINT shop_order_check CHECK (subtotal_gross + shipping_gross = total_gross),
        ADD CONSTRAINT shop_order_check1 CHECK (subtotal_net + shipping_net = total_net);
      ALTER TABLE shop_order DROP COLUMN adjustments, DROP COLUMN charges_net, DROP COLUMN charges_gross;
      DROP FUNCTION charges_fit(jsonb, bigint, bigint);
    `);
  }
}
