import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Where a shop delivers, how, and for how much: zones of countries, counties and postal codes; for each method a rate in
 * each zone. Regions become zones with their countries, and the price of each method becomes its rate in the zone of its
 * region. The former columns stay for a process of the version before, and for nobody else.
 *
 * An order keeps the kind and the days of its delivery, and what the cheapest of the deliveries cost that it was offered:
 * who withdraws gets that much back (Directive 2011/83/EU, article 13). Null on orders of before.
 */
export class DeliveryZones1764335000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(MOVE_OVER);
    await runner.query(recorded({ table: 'shipping_zone', entity: 'ShippingZone', by: 'id' }));
    await runner.query(recorded({ table: 'zone_area', entity: 'ShippingZone', by: 'zone_id' }));
    await runner.query(recorded({ table: 'shipping_rate', entity: 'ShippingMethod', by: 'method_id' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE shop_order DROP COLUMN shipping_kind, DROP COLUMN shipping_days_min, DROP COLUMN shipping_days_max,
        DROP COLUMN cheapest_shipping_gross;
      DROP TABLE shipping_rate;
      DROP TABLE zone_area;
      DROP TABLE shipping_zone;
      UPDATE shipping_method SET region_code = (SELECT min(code) FROM region), active = false WHERE region_code IS NULL;
      ALTER TABLE shipping_method ALTER COLUMN region_code SET NOT NULL, ALTER COLUMN price DROP DEFAULT,
        DROP COLUMN kind, DROP COLUMN fallback_grams, DROP COLUMN archived_at;
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE shipping_zone (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 100),
    position int NOT NULL DEFAULT 0,
    version int NOT NULL DEFAULT 1 CHECK (version >= 1)
  );
  CREATE UNIQUE INDEX shipping_zone_name ON shipping_zone (lower(name));

  CREATE TABLE zone_area (
    zone_id uuid NOT NULL REFERENCES shipping_zone (id) ON DELETE CASCADE,
    country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    subdivision text CHECK (starts_with(subdivision, country || '-')),
    postcode_prefix text CHECK (postcode_prefix ~ '^[A-Z0-9]{1,10}$'),
    CONSTRAINT zone_area_once UNIQUE NULLS NOT DISTINCT (country, subdivision, postcode_prefix),
    CONSTRAINT zone_area_one_part CHECK (num_nonnulls(subdivision, postcode_prefix) <= 1),
    CONSTRAINT zone_area_rest CHECK (country <> 'ZZ' OR num_nonnulls(subdivision, postcode_prefix) = 0)
  );
  CREATE INDEX zone_area_of_zone ON zone_area (zone_id);

  ALTER TABLE shipping_method
    ALTER COLUMN region_code DROP NOT NULL,
    ALTER COLUMN price SET DEFAULT 0,
    ADD COLUMN kind text NOT NULL DEFAULT 'COURIER' CHECK (kind IN ('COURIER', 'LOCKER', 'PICKUP', 'DIGITAL', 'OTHER')),
    ADD COLUMN fallback_grams int NOT NULL DEFAULT 500 CHECK (fallback_grams >= 0),
    ADD COLUMN archived_at timestamptz(3);

  CREATE TABLE shipping_rate (
    method_id uuid NOT NULL REFERENCES shipping_method (id) ON DELETE CASCADE,
    zone_id uuid NOT NULL REFERENCES shipping_zone (id) ON DELETE CASCADE,
    strategy text NOT NULL,
    args jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(args) = 'object'),
    conditions jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(conditions) = 'object'),
    currency char(3) NOT NULL,
    PRIMARY KEY (method_id, zone_id)
  );
  CREATE INDEX shipping_rate_of_zone ON shipping_rate (zone_id);

  ALTER TABLE shop_order
    ADD COLUMN shipping_kind text CHECK (shipping_kind IN ('COURIER', 'LOCKER', 'PICKUP', 'DIGITAL', 'OTHER')),
    ADD COLUMN shipping_days_min int,
    ADD COLUMN shipping_days_max int,
    ADD COLUMN cheapest_shipping_gross bigint CHECK (cheapest_shipping_gross >= 0);
`;

const MOVE_OVER = /* sql */ `
  CREATE TEMPORARY TABLE zone_of_region ON COMMIT DROP AS
    SELECT code AS region, new_id() AS zone,
      coalesce(name ->> (SELECT value ->> 'defaultLanguage' FROM shop_setting WHERE key = 'languages'), name ->> 'en', code) AS name,
      row_number() OVER (ORDER BY (SELECT min(position) FROM country WHERE region_code = region.code), code) - 1 AS position
    FROM region;
  INSERT INTO shipping_zone (id, name, position)
    SELECT zone, CASE WHEN row_number() OVER (PARTITION BY lower(name) ORDER BY position) = 1 THEN left(name, 100)
      ELSE left(name, 80) || ' (' || left(region, 15) || ')' END, position FROM zone_of_region;
  INSERT INTO zone_area (zone_id, country) SELECT z.zone, c.code FROM country c JOIN zone_of_region z ON z.region = c.region_code;
  INSERT INTO shipping_rate (method_id, zone_id, strategy, args, currency)
    SELECT m.id, z.zone, m.rate_code,
      CASE WHEN m.rate_code = 'flat' THEN jsonb_strip_nulls(jsonb_build_object('price', m.price, 'freeFrom', m.free_from))
        ELSE m.rate_arguments END, m.currency
    FROM shipping_method m JOIN zone_of_region z ON z.region = m.region_code;
`;
