import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Taxes that staff keep. Table tax_class: goods that are taxed alike; the codes of before stay. A rate holds from one day
 * to another in the shop's time zone (`validity`); those of before hold always. No two rates of a country and class hold
 * on one day, and once a rate has begun only its end changes: both are held by the database, whoever writes.
 */
export class Taxes1764336000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLASSES);
    await runner.query(RATES);
    await runner.query(KEPT_RATES);
    await runner.query(recorded({ table: 'tax_class', entity: 'TaxClass', by: 'id' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER tax_rate_kept ON tax_rate;
      DROP FUNCTION keep_tax_rate();
      DROP TRIGGER product_tax_class_open ON product;
      DROP FUNCTION refuse_archived_tax_class();
      ALTER TABLE product DROP CONSTRAINT product_tax_class;
      ALTER TABLE tax_rate DROP CONSTRAINT tax_rate_one_a_day, DROP CONSTRAINT tax_rate_class, DROP CONSTRAINT tax_rate_days;
      DELETE FROM tax_rate WHERE NOT upper_inf(validity);
      ALTER TABLE tax_rate DROP COLUMN validity, DROP COLUMN legal_ref, DROP COLUMN version, DROP COLUMN created_at, DROP COLUMN updated_at,
        ADD CONSTRAINT tax_rate_country_code_tax_class_key UNIQUE (country_code, tax_class);
      DROP TABLE tax_class;
      DROP EXTENSION btree_gist;
    `);
  }
}

const CLASSES = /* sql */ `
  CREATE TABLE tax_class (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    name jsonb NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    archived_at timestamptz(3),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT tax_class_code UNIQUE (code),
    CONSTRAINT tax_class_default_stays CHECK (NOT is_default OR archived_at IS NULL)
  );
  CREATE UNIQUE INDEX tax_class_default ON tax_class ((true)) WHERE is_default;
  INSERT INTO tax_class (id, code, name, is_default) VALUES
    (new_id(), 'standard', '{"ro": "Cota standard", "en": "Standard rate", "fr": "Taux normal"}', true),
    (new_id(), 'reduced', '{"ro": "Cota redusă", "en": "Reduced rate", "fr": "Taux réduit"}', false),
    (new_id(), 'exempt', '{"ro": "Scutit", "en": "Exempt", "fr": "Exonéré"}', false);
  -- Classes that an operator made in the tables are called by their code.
  INSERT INTO tax_class (id, code, name)
    SELECT new_id(), code, jsonb_build_object('ro', code) FROM (SELECT tax_class FROM tax_rate UNION SELECT tax_class FROM product) AS used (code)
    ON CONFLICT (code) DO NOTHING;
  ALTER TABLE product ADD CONSTRAINT product_tax_class FOREIGN KEY (tax_class) REFERENCES tax_class (code);
  -- Whoever puts a product into a class has it until the transaction ends: archiving it waits, and then finds the product.
  CREATE FUNCTION refuse_archived_tax_class() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE archived timestamptz;
    BEGIN
      SELECT archived_at INTO archived FROM tax_class WHERE code = NEW.tax_class FOR SHARE;
      IF archived IS NOT NULL THEN
        RAISE EXCEPTION 'The tax class % was archived', NEW.tax_class
          USING ERRCODE = 'check_violation', TABLE = 'product', CONSTRAINT = 'product_tax_class_open';
      END IF;
      RETURN NEW;
    END
  $$;
  CREATE TRIGGER product_tax_class_open BEFORE INSERT OR UPDATE OF tax_class ON product
    FOR EACH ROW EXECUTE FUNCTION refuse_archived_tax_class();
`;

const RATES = /* sql */ `
  -- Compares text in an exclusion constraint.
  CREATE EXTENSION IF NOT EXISTS btree_gist;
  ALTER TABLE tax_rate DROP CONSTRAINT tax_rate_country_code_tax_class_key,
    ADD COLUMN validity daterange NOT NULL DEFAULT daterange(NULL, NULL),
    ADD COLUMN legal_ref text CHECK (length(legal_ref) <= 200),
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
    ADD CONSTRAINT tax_rate_class FOREIGN KEY (tax_class) REFERENCES tax_class (code),
    ADD CONSTRAINT tax_rate_days CHECK (NOT isempty(validity)),
    ADD CONSTRAINT tax_rate_one_a_day EXCLUDE USING gist (country_code WITH =, tax_class WITH =, validity WITH &&);
`;

const KEPT_RATES = /* sql */ `
  -- Days begin in the shop's time zone. The clocks of database and processes may differ a little at midnight.
  CREATE FUNCTION keep_tax_rate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      today date := ((now() - interval '5 minutes') AT TIME ZONE
        coalesce((SELECT value ->> 'timeZone' FROM shop_setting WHERE key = 'regional'), 'UTC'))::date;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF coalesce(lower(OLD.validity) < today, true) THEN
          RAISE EXCEPTION 'The tax rate % has begun: it is not deleted', OLD.id
            USING ERRCODE = 'check_violation', TABLE = 'tax_rate', CONSTRAINT = 'tax_rate_begun';
        END IF;
        RETURN OLD;
      END IF;
      IF coalesce(lower(OLD.validity) <= today, true) AND (
        (NEW.country_code, NEW.tax_class, NEW.rate_basis_points) IS DISTINCT FROM (OLD.country_code, OLD.tax_class, OLD.rate_basis_points)
        OR lower(NEW.validity) IS DISTINCT FROM lower(OLD.validity)
        OR upper(NEW.validity) IS DISTINCT FROM upper(OLD.validity)
          AND least(upper(OLD.validity), upper(NEW.validity)) < today
      ) THEN
        RAISE EXCEPTION 'The tax rate % has begun: only its end changes', OLD.id
          USING ERRCODE = 'check_violation', TABLE = 'tax_rate', CONSTRAINT = 'tax_rate_begun';
      END IF;
      RETURN NEW;
    END
  $$;
  CREATE TRIGGER tax_rate_kept BEFORE UPDATE OR DELETE ON tax_rate FOR EACH ROW EXECUTE FUNCTION keep_tax_rate();
`;
