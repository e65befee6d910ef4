import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * The media library. Table media: each file that staff sent, once. Table media_use: where it is shown. Table
 * media_former_file: what is to be removed from the storage. The images that the shop has become files of the library
 * under their present names; product_image and category keep a copy of what they show, so that reading them costs
 * nothing more. A trigger takes images into the library that a process of the version before adds meanwhile.
 */
export class MediaLibrary1764340000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(COLUMNS);
    await runner.query(MOVE_OVER);
    await runner.query(KEEP_USES);
    await runner.query(
      recorded({
        ...{ table: 'media', entity: 'Media', by: 'id', hidden: ['filename'] },
        ignored: ['storage_key', 'original_key', 'hashed_at', 'widths', 'attempts', 'queued_at'],
      }),
    );
    await runner.query(recorded({ table: 'media_use', entity: 'Media', by: 'media_id' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER product_media_uses_gone ON product;
      DROP TRIGGER category_media_uses_gone ON category;
      DROP TRIGGER product_image_in_library ON product_image;
      DROP TRIGGER product_image_used ON product_image;
      DROP TRIGGER product_image_unused ON product_image;
      DROP FUNCTION take_image_into_library();
      DROP FUNCTION keep_media_use();
      DROP FUNCTION forget_media_uses();
      ALTER TABLE category DROP COLUMN image;
      ALTER TABLE product_image DROP COLUMN media_id, DROP COLUMN focal;
      ALTER TABLE upload DROP COLUMN written_keys, DROP COLUMN sha256, DROP COLUMN received_size, DROP COLUMN discarded_at;
      UPDATE product SET seo = seo - 'image' WHERE seo ? 'image';
      UPDATE category SET seo = seo - 'image' WHERE seo ? 'image';
      DROP TABLE media_former_file;
      DROP TABLE media_use;
      DROP TABLE media;
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE media (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('IMAGE', 'DOCUMENT')),
    visibility text NOT NULL DEFAULT 'PUBLIC' CHECK (visibility IN ('PUBLIC', 'PRIVATE')),
    storage_key text NOT NULL,
    original_key text,
    filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
    content_type text NOT NULL,
    size int CHECK (size > 0),
    sha256 bytea CHECK (length(sha256) = 32),
    hashed_at timestamptz(3),
    status text NOT NULL CHECK (status IN ('PROCESSING', 'READY', 'FAILED')),
    failure text CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
    width int CHECK (width > 0),
    height int CHECK (height > 0),
    widths int[],
    attempts int NOT NULL DEFAULT 0,
    queued_at timestamptz NOT NULL DEFAULT now(),
    alt jsonb NOT NULL DEFAULT '{}',
    decorative boolean NOT NULL DEFAULT false,
    focal int[] CHECK (array_length(focal, 1) = 2 AND 0 <= ALL(focal) AND 100 >= ALL(focal)),
    tags text[] NOT NULL DEFAULT '{}',
    deleted_at timestamptz(3),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT media_file UNIQUE (storage_key),
    CONSTRAINT media_same_bytes UNIQUE (sha256, visibility),
    CONSTRAINT media_measured CHECK ((kind = 'IMAGE') = (width IS NOT NULL) AND (kind = 'IMAGE') = (height IS NOT NULL)),
    CONSTRAINT media_has_source CHECK (status = 'READY' OR original_key IS NOT NULL),
    CONSTRAINT media_why_failed CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
    CONSTRAINT media_decoration CHECK (NOT decorative OR alt = '{}')
  );
  CREATE INDEX media_newest ON media (created_at, id);
  CREATE INDEX media_tagged ON media USING gin (tags);
  CREATE INDEX media_in_work ON media (queued_at) WHERE status = 'PROCESSING';
  CREATE INDEX media_in_bin ON media (deleted_at) WHERE deleted_at IS NOT NULL;
  CREATE INDEX media_unread ON media (id) WHERE hashed_at IS NULL;

  CREATE TABLE media_use (
    media_id uuid NOT NULL REFERENCES media (id),
    owner_type text NOT NULL,
    owner_id uuid NOT NULL,
    field text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (media_id, owner_type, owner_id, field),
    CONSTRAINT media_use_place CHECK ((owner_type, field) IN
      (('PRODUCT', 'IMAGES'), ('PRODUCT', 'SHARE_IMAGE'), ('CATEGORY', 'IMAGE'), ('CATEGORY', 'SHARE_IMAGE'), ('SHOP', 'SHARE_IMAGE')))
  );
  CREATE INDEX media_use_owner ON media_use (owner_id, owner_type, field);

  CREATE TABLE media_former_file (
    storage_key text PRIMARY KEY,
    original_key text,
    kind text NOT NULL CHECK (kind IN ('IMAGE', 'DOCUMENT')),
    visibility text NOT NULL CHECK (visibility IN ('PUBLIC', 'PRIVATE')),
    media_id uuid REFERENCES media (id) ON DELETE SET NULL,
    due_at timestamptz(3)
  );
  CREATE INDEX media_former_file_of ON media_former_file (media_id) WHERE media_id IS NOT NULL;
`;

const COLUMNS = /* sql */ `
  ALTER TABLE product_image ADD COLUMN media_id uuid REFERENCES media (id), ADD COLUMN focal int[];
  CREATE INDEX product_image_media ON product_image (media_id);
  ALTER TABLE category ADD COLUMN image jsonb;
  ALTER TABLE upload ADD COLUMN written_keys text[] NOT NULL DEFAULT '{}', ADD COLUMN sha256 bytea,
    ADD COLUMN received_size int, ADD COLUMN discarded_at timestamptz;
`;

const TYPE_OF_KEY = (key: string): string =>
  `'image/' || CASE lower(substring(${key} from '[^.]+$')) WHEN 'jpg' THEN 'jpeg' ELSE lower(substring(${key} from '[^.]+$')) END`;

// A file that several products show is one file; its id is that of its first image, so that waiting jobs find it.
const MOVE_OVER = /* sql */ `
  INSERT INTO media (id, kind, storage_key, original_key, filename, content_type, status, failure, width, height, widths, attempts, queued_at, alt, created_at, updated_at)
    SELECT DISTINCT ON (i.storage_key) i.id, 'IMAGE', i.storage_key, i.original_key,
      left(p.slug, 80) || '-' || i.position + 1 || coalesce(substring(i.storage_key from '\\.[^.]+$'), ''), ${TYPE_OF_KEY('i.storage_key')},
      i.status, i.failure, i.width, i.height, i.widths, i.attempts, i.queued_at, i.alt, p.created_at, p.created_at
    FROM product_image i JOIN product p ON p.id = i.product_id ORDER BY i.storage_key, i.id;
  INSERT INTO media (id, kind, storage_key, filename, content_type, status, width, height)
    SELECT DISTINCT ON (image_key) id, 'IMAGE', image_key, left(slug, 80) || coalesce(substring(image_key from '\\.[^.]+$'), ''),
      ${TYPE_OF_KEY('image_key')}, 'READY', image_width, image_height
    FROM category WHERE image_key IS NOT NULL AND image_width > 0 AND image_height > 0 ORDER BY image_key, id
    ON CONFLICT (storage_key) DO NOTHING;

  UPDATE product_image i SET media_id = m.id FROM media m WHERE m.storage_key = i.storage_key;
  UPDATE category c SET image = jsonb_build_object('mediaId', m.id, 'storageKey', m.storage_key, 'width', m.width,
      'height', m.height, 'widths', m.widths, 'alt', m.alt, 'decorative', false, 'focal', NULL)
    FROM media m WHERE m.storage_key = c.image_key;
  INSERT INTO media_use (media_id, owner_type, owner_id, field)
    SELECT DISTINCT media_id, 'PRODUCT', product_id, 'IMAGES' FROM product_image WHERE media_id IS NOT NULL
    UNION ALL SELECT (image ->> 'mediaId')::uuid, 'CATEGORY', id, 'IMAGE' FROM category WHERE image IS NOT NULL;
`;

const KEEP_USES = /* sql */ `
  -- For images that name no file of the library: those of the version before, and of the demo shop.
  CREATE FUNCTION take_image_into_library() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO media (id, kind, storage_key, original_key, filename, content_type, status, failure, width, height, widths, attempts, queued_at, alt)
        VALUES (NEW.id, 'IMAGE', NEW.storage_key, NEW.original_key, substring(NEW.storage_key from '[^/]+$'), ${TYPE_OF_KEY('NEW.storage_key')},
          NEW.status, NEW.failure, NEW.width, NEW.height, NEW.widths, NEW.attempts, NEW.queued_at, NEW.alt)
        ON CONFLICT (storage_key) DO UPDATE SET deleted_at = NULL;
      SELECT id INTO NEW.media_id FROM media WHERE storage_key = NEW.storage_key;
      RETURN NEW;
    END
  $$;
  CREATE TRIGGER product_image_in_library BEFORE INSERT ON product_image
    FOR EACH ROW WHEN (NEW.media_id IS NULL) EXECUTE FUNCTION take_image_into_library();

  -- A product may show a file more than once.
  CREATE FUNCTION keep_media_use() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO media_use (media_id, owner_type, owner_id, field) VALUES (NEW.media_id, 'PRODUCT', NEW.product_id, 'IMAGES')
          ON CONFLICT DO NOTHING;
        RETURN NULL;
      END IF;
      DELETE FROM media_use WHERE media_id = OLD.media_id AND owner_type = 'PRODUCT' AND owner_id = OLD.product_id AND field = 'IMAGES'
        AND NOT EXISTS (SELECT FROM product_image WHERE product_id = OLD.product_id AND media_id = OLD.media_id);
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER product_image_used AFTER INSERT ON product_image
    FOR EACH ROW WHEN (NEW.media_id IS NOT NULL) EXECUTE FUNCTION keep_media_use();
  CREATE TRIGGER product_image_unused AFTER DELETE ON product_image
    FOR EACH ROW WHEN (OLD.media_id IS NOT NULL) EXECUTE FUNCTION keep_media_use();

  CREATE FUNCTION forget_media_uses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM media_use WHERE owner_id = OLD.id;
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER product_media_uses_gone AFTER DELETE ON product FOR EACH ROW EXECUTE FUNCTION forget_media_uses();
  CREATE TRIGGER category_media_uses_gone AFTER DELETE ON category FOR EACH ROW EXECUTE FUNCTION forget_media_uses();
`;
