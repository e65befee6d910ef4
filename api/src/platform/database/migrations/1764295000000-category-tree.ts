import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tree of categories is kept by the database: `path` leads from the top to the category itself, a cycle and a tree
 * of more than six levels are refused whoever writes, and of two moves at once the second sees the first, because both
 * take one lock. Table category_redirect: former slugs, as slug_redirect has them of products.
 */
export class CategoryTree1764295000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE category
        ADD COLUMN path uuid[] NOT NULL DEFAULT '{}',
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now();

      -- Rows written by hand may form a cycle: what no way from the top leads to is put to the top. What lies deeper
      -- than six levels is put to the sixth.
      ${FILL_PATHS}
      UPDATE category SET parent_id = NULL WHERE path = '{}';
      ${FILL_PATHS}
      UPDATE category SET parent_id = path[5], path = path[1:5] || id WHERE cardinality(path) > 6;

      ALTER TABLE category ADD CONSTRAINT category_depth CHECK (cardinality(path) BETWEEN 1 AND 6);
      CREATE INDEX category_path ON category USING gin (path);

      CREATE FUNCTION set_category_path() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE above uuid[] := '{}';
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('category tree', 7244));
        IF NEW.parent_id IS NOT NULL THEN
          SELECT path INTO above FROM category WHERE id = NEW.parent_id;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no category %', NEW.parent_id
              USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'category_parent_id_fkey';
          END IF;
          IF NEW.id = ANY(above) THEN
            RAISE EXCEPTION 'A category cannot lie below itself'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'category_cycle';
          END IF;
        END IF;
        NEW.path := above || NEW.id;
        RETURN NEW;
      END $$;
      CREATE TRIGGER category_path BEFORE INSERT OR UPDATE OF parent_id ON category
        FOR EACH ROW EXECUTE FUNCTION set_category_path();

      CREATE FUNCTION move_categories_below() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE category SET path = NEW.path || path[cardinality(OLD.path) + 1 : cardinality(path)]
        WHERE path @> ARRAY[NEW.id] AND id <> NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER category_below AFTER UPDATE OF parent_id ON category
        FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION move_categories_below();

      CREATE TABLE category_redirect (
        old_slug text PRIMARY KEY,
        category_id uuid NOT NULL REFERENCES category (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX category_redirect_of ON category_redirect (category_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TABLE category_redirect;
      DROP TRIGGER category_below ON category;
      DROP TRIGGER category_path ON category;
      DROP FUNCTION move_categories_below();
      DROP FUNCTION set_category_path();
      ALTER TABLE category DROP COLUMN path, DROP COLUMN version, DROP COLUMN updated_at;
    `);
  }
}

const FILL_PATHS = `
      WITH RECURSIVE way AS (
        SELECT id, ARRAY[id] AS path FROM category WHERE parent_id IS NULL
        UNION ALL SELECT c.id, w.path || c.id FROM category c JOIN way w ON c.parent_id = w.id
      )
      UPDATE category c SET path = w.path FROM way w WHERE w.id = c.id AND c.path <> w.path;`;
