import type { MigrationInterface, QueryRunner } from 'typeorm';

const FUNCTIONS = /* sql */ `
  -- The texts of a localized value in the order of their languages' codes, whichever languages there are.
  CREATE FUNCTION localized_values(localized jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(value ORDER BY key), '{}') FROM jsonb_each_text(localized)
  $$;

  -- The same as one text, for indexes of words.
  CREATE FUNCTION localized_words(localized jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(value, ' ' ORDER BY key), '') FROM jsonb_each_text(localized)
  $$;

  -- The text in one language, else in the first language that has one; empty if none has.
  CREATE FUNCTION localized_text(localized jsonb, language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(localized ->> language, ''),
      (SELECT value FROM jsonb_each_text(localized) WHERE value <> '' ORDER BY key LIMIT 1), '')
  $$;
`;

/**
 * product.name_sort is in the shop's default language, which is a setting, so a trigger writes it: a generated column
 * cannot read another table. The server stores the setting at start and rewrites the column when it has changed. Lists
 * were sorted in Romanian until now, so that is the language a database starts with.
 */
const SORTING = /* sql */ `
  INSERT INTO shop_setting (key, value) VALUES ('default_language', '"ro"') ON CONFLICT (key) DO NOTHING;
  CREATE FUNCTION set_product_name_sort() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.name_sort := public.plain_text(public.localized_text(NEW.name,
        (SELECT value #>> '{}' FROM public.shop_setting WHERE key = 'default_language')));
      RETURN NEW;
    END $$;
  ALTER TABLE product ALTER COLUMN name_sort DROP EXPRESSION;
  UPDATE product SET name_sort = plain_text(localized_text(name, 'ro'))
  WHERE name_sort <> plain_text(localized_text(name, 'ro'));
  CREATE TRIGGER product_name_sort BEFORE INSERT OR UPDATE OF name ON product
    FOR EACH ROW EXECUTE FUNCTION set_product_name_sort();
`;

/** The generated texts of a product and a variant that are searched, with the given expressions. */
const searched = (names: string, product: string, variant: string): string => /* sql */ `
  ALTER TABLE product DROP COLUMN name_text, DROP COLUMN search_text;
  ALTER TABLE product
    ADD COLUMN name_text text NOT NULL GENERATED ALWAYS AS (plain_text(${names})) STORED,
    ADD COLUMN search_text text GENERATED ALWAYS AS (search_fields(${product})) STORED;
  CREATE INDEX product_name_trigram ON product USING gin (name_text gin_trgm_ops);
  CREATE INDEX product_search_text ON product USING gin (search_text gin_trgm_ops);
  ALTER TABLE variant DROP COLUMN search_text;
  ALTER TABLE variant ADD COLUMN search_text text GENERATED ALWAYS AS (search_fields(${variant})) STORED;
  CREATE INDEX variant_search ON variant USING gin (search_text gin_trgm_ops);
`;

const NAMED = `name ->> 'ro', name ->> 'en', name ->> 'fr'`;

const DOWN = /* sql */ `
  DROP TRIGGER product_name_sort ON product;
  DROP FUNCTION set_product_name_sort();
  DELETE FROM shop_setting WHERE key = 'default_language';
  ALTER TABLE product DROP COLUMN name_sort;
  ALTER TABLE product ADD COLUMN name_sort text NOT NULL
    GENERATED ALWAYS AS (plain_text(coalesce(name ->> 'ro', name ->> 'en', ''))) STORED;
  CREATE INDEX product_name ON product (name_sort, id) WHERE status = 'ACTIVE';
  CREATE INDEX product_name_all ON product (name_sort, id);
  DROP FUNCTION localized_text(jsonb, text);
  DROP FUNCTION localized_words(jsonb);
  DROP FUNCTION localized_values(jsonb);
`;

/** Names are searched in every language that they have, and no SQL names a language. */
export class TextsInEveryLanguage1764150000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FUNCTIONS);
    await runner.query(SORTING);
    await runner.query(
      searched(
        'localized_words(name)',
        'VARIADIC localized_values(name)',
        'VARIADIC ARRAY[sku, barcode] || localized_values(name)',
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const each = ['ro', 'en', 'fr'].map((language) => `coalesce(name ->> '${language}', '')`);
    await runner.query(searched(each.join(` || ' ' || `), NAMED, `sku, barcode, ${NAMED}`));
    await runner.query(DOWN);
  }
}
