import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables saved_view and default_view: addresses of lists of the admin that staff keep under a name. A view without an owner
 * is shared with all staff and survives the account of whoever made it.
 */
export class SavedViews1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE saved_view (
        id uuid PRIMARY KEY,
        list text NOT NULL,
        owner_id uuid REFERENCES app_user (id) ON DELETE CASCADE,
        name text NOT NULL CHECK (name <> ''),
        address text NOT NULL,
        position integer NOT NULL,
        created_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON saved_view (list, owner_id);
      CREATE INDEX ON saved_view (owner_id);
      CREATE INDEX ON saved_view (created_by);
      CREATE TABLE default_view (
        user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        list text NOT NULL,
        view_id uuid NOT NULL REFERENCES saved_view (id) ON DELETE CASCADE,
        PRIMARY KEY (user_id, list)
      );
      CREATE INDEX ON default_view (view_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE default_view; DROP TABLE saved_view;`);
  }
}
