import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What product lists filter variants by, so that price, stock and attributes can be asked of one and the same variant.
 * Kept by the list card's refresh, under the lock of the product's row.
 */
const UP = /* sql */ `
  CREATE TABLE variant_listing (
    variant_id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    price bigint NOT NULL,
    buyable boolean NOT NULL,
    -- The product's attribute values, without those that another variant's choices stand for.
    value_ids uuid[] NOT NULL
  );
  CREATE INDEX variant_listing_product ON variant_listing (product_id) INCLUDE (price, buyable);

  INSERT INTO variant_listing (variant_id, product_id, price, buyable, value_ids)
  SELECT v.id, v.product_id, v.price,
    coalesce((SELECT sum(s.on_hand - s.reserved) FROM stock_level s JOIN stock_location l ON l.id = s.location_id AND l.active
      WHERE s.variant_id = v.id), 0) > 0
    OR v.stock_policy = 'CONTINUE' AND (v.backorder_limit IS NULL OR v.backorder_limit > (
      SELECT coalesce(sum(b.quantity), 0) FROM backorder b WHERE b.variant_id = v.id AND b.state IN ('HELD', 'OWED'))),
    ARRAY(
      SELECT a.id FROM attribute_value a JOIN attribute t ON t.id = a.attribute_id
      WHERE a.id = ANY(p.attribute_value_ids) AND (
        NOT EXISTS (
          SELECT FROM product_option o JOIN product_option_value w ON w.option_id = o.id JOIN variant other ON other.product_id = o.product_id
          WHERE o.product_id = p.id AND o.code = t.code AND w.code = a.code AND other.deleted_at IS NULL AND w.id = ANY(other.option_value_ids))
        OR EXISTS (
          SELECT FROM product_option o JOIN product_option_value w ON w.option_id = o.id
          WHERE o.product_id = p.id AND o.code = t.code AND w.code = a.code AND w.id = ANY(v.option_value_ids)))
      ORDER BY a.id)
  FROM variant v JOIN product p ON p.id = v.product_id WHERE v.deleted_at IS NULL;
`;

export class ListsByVariant1763960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE variant_listing');
  }
}
