import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Attributes that staff keep. What was called TEXT is a list of values and is called ENUM now; codes and ids stay.
 * Numbers, days and texts stand in `attribute_data` of a product or variant, under the id of their attribute; chosen
 * values stay in `attribute_value_ids`, which variants have too. What a list filters by follows from both:
 * `product.facet_value_ids`, and `value_ids` and `numbers` of variant_listing.
 */
export class Attributes1764355000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ATTRIBUTES);
    await runner.query(PRODUCTS);
    await runner.query(
      recorded({ table: 'attribute_category', entity: 'Attribute', by: 'attribute_id' }) +
        recorded({ table: 'product', entity: 'Product', by: 'id', ignored: [...DERIVED, 'facet_value_ids'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER product_recorded ON product;
      ALTER TABLE product DROP COLUMN facet_value_ids, DROP COLUMN attribute_data;
      ALTER TABLE variant DROP COLUMN attribute_value_ids, DROP COLUMN attribute_data;
      ALTER TABLE variant_listing DROP COLUMN numbers;
      DROP TABLE attribute_category;
      ALTER TABLE attribute_value DROP COLUMN former_codes;
      DELETE FROM attribute_value WHERE attribute_id IN (SELECT id FROM attribute WHERE kind NOT IN ('COLOR', 'ENUM'));
      DELETE FROM attribute WHERE kind NOT IN ('COLOR', 'ENUM');
      ALTER TABLE attribute DROP COLUMN level, DROP COLUMN unit, DROP COLUMN version, DROP COLUMN created_at,
        DROP COLUMN updated_at, DROP CONSTRAINT attribute_kind_check;
      UPDATE attribute SET kind = 'TEXT' WHERE kind = 'ENUM';
      ALTER TABLE attribute ADD CONSTRAINT attribute_kind_check CHECK (kind IN ('COLOR', 'TEXT'));
    `);
    await runner.query(recorded({ table: 'product', entity: 'Product', by: 'id', ignored: DERIVED }));
  }
}

const DERIVED = [
  ...['category_ids', 'min_price', 'max_price', 'compare_at_price', 'availability', 'cover', 'swatches'],
  ...['quick_add_variant_id', 'sku_text', 'name_sort', 'search', 'name_text'],
];

const ATTRIBUTES = /* sql */ `
  ALTER TABLE attribute DROP CONSTRAINT attribute_kind_check;
  UPDATE attribute SET kind = 'ENUM' WHERE kind = 'TEXT';
  ALTER TABLE attribute
    ADD CONSTRAINT attribute_kind_check CHECK (kind IN ('TEXT', 'NUMBER', 'BOOLEAN', 'ENUM', 'COLOR', 'DATE')),
    ADD COLUMN level text NOT NULL DEFAULT 'PRODUCT' CONSTRAINT attribute_level_check CHECK (level IN ('PRODUCT', 'VARIANT')),
    ADD COLUMN unit text CONSTRAINT attribute_unit_check CHECK (length(unit) BETWEEN 1 AND 20),
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now();
  ALTER TABLE attribute_value ADD COLUMN former_codes text[] NOT NULL DEFAULT '{}';
  CREATE TABLE attribute_category (
    attribute_id uuid NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    category_id uuid NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    PRIMARY KEY (attribute_id, category_id)
  );
  CREATE INDEX attribute_category_category ON attribute_category (category_id);
`;

const PRODUCTS = /* sql */ `
  DROP TRIGGER product_recorded ON product;
  ALTER TABLE product
    ADD COLUMN attribute_data jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN facet_value_ids uuid[] NOT NULL DEFAULT '{}';
  ALTER TABLE variant
    ADD COLUMN attribute_value_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN attribute_data jsonb NOT NULL DEFAULT '{}';
  ALTER TABLE variant_listing ADD COLUMN numbers jsonb NOT NULL DEFAULT '{}';
  UPDATE product SET facet_value_ids = attribute_value_ids WHERE attribute_value_ids <> '{}';
  CREATE INDEX product_facet_values ON product USING gin (facet_value_ids);
  CREATE INDEX variant_attribute_values ON variant USING gin (attribute_value_ids) WHERE attribute_value_ids <> '{}';
`;
