import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * The addresses of the storefront. Table slug: present and former slugs of products and categories. Triggers on both
 * tables keep it, so that no writer forgets it, also a process of the version before; slug_redirect and
 * category_redirect are moved over and read by nobody any more. Table redirect: where staff lead addresses without a
 * page. Table missing_path: addresses at which visitors found nothing.
 */
export class Addresses1764315000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(KEEP_SLUGS);
    await runner.query(MOVE_OVER);
    await runner.query(
      recorded({ table: 'redirect', entity: 'Redirect', by: 'id', ignored: ['hits', 'last_hit_at'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TABLE missing_path;
      DROP TABLE redirect;
      DROP TRIGGER product_slug_kept ON product;
      DROP TRIGGER product_slug_changed ON product;
      DROP TRIGGER category_slug_kept ON category;
      DROP TRIGGER category_slug_changed ON category;
      DROP FUNCTION keep_slug();
      DROP TABLE slug;
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE slug (
    kind text NOT NULL CHECK (kind IN ('PRODUCT', 'CATEGORY')),
    language text NOT NULL CHECK (language = '*' OR language ~ '^[a-z]{2}$'),
    slug text NOT NULL,
    entity_id uuid NOT NULL,
    is_current boolean NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, language, slug)
  );
  CREATE UNIQUE INDEX slug_current ON slug (entity_id, language) WHERE is_current;
  CREATE INDEX slug_of_entity ON slug (entity_id);

  CREATE TABLE redirect (
    id uuid PRIMARY KEY,
    from_path text NOT NULL CHECK (from_path LIKE '/_%' AND length(from_path) <= 300),
    is_prefix boolean NOT NULL DEFAULT false,
    target_kind text CHECK (target_kind IN ('PRODUCT', 'CATEGORY')),
    target_id uuid,
    to_path text CHECK (to_path LIKE '/%' AND length(to_path) <= 300),
    code int NOT NULL DEFAULT 301 CHECK (code IN (301, 302, 410)),
    hits bigint NOT NULL DEFAULT 0,
    last_hit_at timestamptz(3),
    active boolean NOT NULL DEFAULT true,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT redirect_from UNIQUE (from_path),
    CONSTRAINT redirect_target CHECK ((target_kind IS NULL) = (target_id IS NULL)),
    CONSTRAINT redirect_one_target CHECK (num_nonnulls(target_id, to_path) = CASE code WHEN 410 THEN 0 ELSE 1 END)
  );
  CREATE INDEX redirect_newest ON redirect (created_at, id);

  CREATE TABLE missing_path (
    path text PRIMARY KEY CHECK (length(path) <= 300),
    hits bigint NOT NULL CHECK (hits > 0),
    first_at timestamptz(3) NOT NULL DEFAULT now(),
    last_at timestamptz(3) NOT NULL DEFAULT now()
  );
`;

const KEEP_SLUGS = /* sql */ `
  -- The argument is the kind. A slug that an entity takes may be a former one of another, which loses it.
  CREATE FUNCTION keep_slug() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        DELETE FROM slug WHERE entity_id = OLD.id;
        RETURN NULL;
      END IF;
      UPDATE slug SET is_current = false
        WHERE entity_id = NEW.id AND language = '*' AND is_current AND slug <> NEW.slug;
      INSERT INTO slug (kind, language, slug, entity_id, is_current) VALUES (TG_ARGV[0], '*', NEW.slug, NEW.id, true)
        ON CONFLICT (kind, language, slug) DO UPDATE SET entity_id = EXCLUDED.entity_id, is_current = true;
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER product_slug_kept AFTER INSERT OR DELETE ON product
    FOR EACH ROW EXECUTE FUNCTION keep_slug('PRODUCT');
  CREATE TRIGGER product_slug_changed AFTER UPDATE OF slug ON product
    FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION keep_slug('PRODUCT');
  CREATE TRIGGER category_slug_kept AFTER INSERT OR DELETE ON category
    FOR EACH ROW EXECUTE FUNCTION keep_slug('CATEGORY');
  CREATE TRIGGER category_slug_changed AFTER UPDATE OF slug ON category
    FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION keep_slug('CATEGORY');
`;

const MOVE_OVER = /* sql */ `
  INSERT INTO slug (kind, language, slug, entity_id, is_current)
    SELECT 'PRODUCT', '*', slug, id, true FROM product UNION ALL SELECT 'CATEGORY', '*', slug, id, true FROM category;
  INSERT INTO slug (kind, language, slug, entity_id, is_current, created_at)
    SELECT 'PRODUCT', '*', old_slug, product_id, false, created_at FROM slug_redirect
    UNION ALL SELECT 'CATEGORY', '*', old_slug, category_id, false, created_at FROM category_redirect
    ON CONFLICT DO NOTHING;
`;
