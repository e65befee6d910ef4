import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Pages of the shop. Table page: what is written, and which version buyers see. Table page_version: what was published;
 * rows are added and never changed. Table page_preview: links to drafts. Pages have slugs, may be the target of
 * redirects, and show files of the media library.
 */
export class ContentPages1764361000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(NEIGHBOURS);
    // A draft is long, and what it became is in its version.
    await runner.query(recorded({ table: 'page', entity: 'Page', by: 'id', hidden: ['draft'] }));
    await runner.query(
      recorded({ table: 'page_version', entity: 'Page', by: 'page_id', hidden: ['content'] }),
    );
    await runner.query(
      recorded({ table: 'page_preview', entity: 'Page', by: 'page_id', hidden: ['token_hash'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DELETE FROM media_use WHERE owner_type = 'PAGE';
      DELETE FROM redirect WHERE target_kind = 'PAGE';
      DELETE FROM slug WHERE kind = 'PAGE';
      ALTER TABLE media_use DROP CONSTRAINT media_use_place, ADD CONSTRAINT media_use_place CHECK ((owner_type, field) IN
        (('PRODUCT', 'IMAGES'), ('PRODUCT', 'SHARE_IMAGE'), ('CATEGORY', 'IMAGE'), ('CATEGORY', 'SHARE_IMAGE'), ('SHOP', 'SHARE_IMAGE')));
      ALTER TABLE redirect DROP CONSTRAINT redirect_target_kind_check,
        ADD CONSTRAINT redirect_target_kind_check CHECK (target_kind IN ('PRODUCT', 'CATEGORY'));
      ALTER TABLE slug DROP CONSTRAINT slug_kind_check, ADD CONSTRAINT slug_kind_check CHECK (kind IN ('PRODUCT', 'CATEGORY'));
      DROP TABLE page_preview;
      ALTER TABLE page DROP CONSTRAINT page_published, DROP CONSTRAINT page_scheduled;
      DROP TABLE page_version;
      DROP TABLE page;
      DROP FUNCTION refuse_change_of_version();
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE page (
    id uuid PRIMARY KEY,
    key text CHECK (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(key) <= 60),
    kind text NOT NULL CHECK (kind IN ('HOME', 'PAGE', 'LEGAL')),
    slugs jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(slugs) = 'object'),
    draft jsonb CHECK (jsonb_typeof(draft) = 'object'),
    published_id uuid,
    scheduled_id uuid,
    publish_at timestamptz(3),
    start_text boolean NOT NULL DEFAULT false,
    archived_at timestamptz(3),
    version int NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT page_key UNIQUE (key),
    CONSTRAINT page_plan CHECK ((scheduled_id IS NULL) = (publish_at IS NULL)),
    CONSTRAINT page_required CHECK (kind = 'PAGE' OR archived_at IS NULL)
  );
  CREATE UNIQUE INDEX page_home ON page (kind) WHERE kind = 'HOME';
  CREATE INDEX page_due ON page (publish_at) WHERE publish_at IS NOT NULL;

  CREATE TABLE page_version (
    id uuid PRIMARY KEY,
    page_id uuid NOT NULL REFERENCES page (id),
    number int NOT NULL CHECK (number >= 1),
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    note text CHECK (length(note) <= 300),
    created_by uuid,
    shown_from timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT page_version_number UNIQUE (page_id, number),
    CONSTRAINT page_version_of_page UNIQUE (page_id, id)
  );
  -- A page shows versions of its own.
  ALTER TABLE page
    ADD CONSTRAINT page_published FOREIGN KEY (id, published_id) REFERENCES page_version (page_id, id),
    ADD CONSTRAINT page_scheduled FOREIGN KEY (id, scheduled_id) REFERENCES page_version (page_id, id);

  CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'What was published stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'page_version_kept';
    END
  $$;
  CREATE TRIGGER page_version_kept BEFORE UPDATE OR DELETE ON page_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();

  CREATE TABLE page_preview (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    page_id uuid NOT NULL REFERENCES page (id),
    expires_at timestamptz(3) NOT NULL
  );
  CREATE INDEX page_preview_page ON page_preview (page_id);
  CREATE INDEX page_preview_ended ON page_preview (expires_at);
`;

const NEIGHBOURS = /* sql */ `
  ALTER TABLE slug DROP CONSTRAINT slug_kind_check, ADD CONSTRAINT slug_kind_check CHECK (kind IN ('PRODUCT', 'CATEGORY', 'PAGE'));
  ALTER TABLE redirect DROP CONSTRAINT redirect_target_kind_check,
    ADD CONSTRAINT redirect_target_kind_check CHECK (target_kind IN ('PRODUCT', 'CATEGORY', 'PAGE'));
  ALTER TABLE media_use DROP CONSTRAINT media_use_place, ADD CONSTRAINT media_use_place CHECK ((owner_type, field) IN
    (('PRODUCT', 'IMAGES'), ('PRODUCT', 'SHARE_IMAGE'), ('CATEGORY', 'IMAGE'), ('CATEGORY', 'SHARE_IMAGE'),
     ('PAGE', 'IMAGES'), ('PAGE', 'SHARE_IMAGE'), ('SHOP', 'SHARE_IMAGE')));
`;
