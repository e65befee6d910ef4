import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Who works in the shop, and what each role allows. Table staff_role: the four built-in roles, whose permissions the
 * modules declare, and roles of the shop's own with a list of permissions. Table staff_member: the role of each person,
 * and who locked them out.
 *
 * app_user.role and app_user.locked_at follow from staff_member by a trigger: sign-in and the check of each request read
 * the account's row alone. The other way round, a role that is written into app_user (by a process of the version before,
 * the command `owner`, by hand) makes or changes the staff_member. STAFF stands there for a role of the shop's own: a
 * process of the version before knows no such role and lets nobody in by it.
 */
export class StaffAndRoles1764330000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(BUILT_IN);
    await runner.query(KEPT_EQUAL);
    await runner.query(ANNOUNCED);
    await runner.query(
      recorded({ table: 'staff_member', entity: 'StaffMember', by: 'user_id', ignored: ['last_seen_at'] }),
    );
    await runner.query(recorded({ table: 'staff_role', entity: 'StaffRole', by: 'id' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER staff_of_new_account ON app_user;
      DROP TRIGGER staff_of_account ON app_user;
      DROP TRIGGER role_changed ON app_user;
      DROP TABLE staff_member;
      DROP TABLE staff_role;
      DROP FUNCTION staff_of_account();
      DROP FUNCTION account_of_staff();
      DROP FUNCTION tell_role_changed();
      UPDATE app_user SET role = 'CUSTOMER' WHERE role = 'STAFF' OR locked_at IS NOT NULL;
      ALTER TABLE app_user DROP CONSTRAINT app_user_owner_open, DROP COLUMN locked_at, DROP CONSTRAINT app_user_role_check,
        ADD CONSTRAINT app_user_role_check CHECK (role IN ('CUSTOMER', 'SUPPORT', 'MANAGER', 'ADMIN', 'OWNER'));
      CREATE TRIGGER role_changed AFTER UPDATE OF role ON app_user
        FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION tell_session_ended();
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE staff_role (
    id uuid PRIMARY KEY,
    code text UNIQUE CHECK (code IN ('SUPPORT', 'MANAGER', 'ADMIN', 'OWNER')),
    name text NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 60),
    permissions text[] NOT NULL DEFAULT '{}',
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT staff_role_built_in CHECK (code IS NULL OR permissions = '{}')
  );
  CREATE UNIQUE INDEX staff_role_name ON staff_role (lower(name));

  CREATE TABLE staff_member (
    user_id uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    role_id uuid NOT NULL REFERENCES staff_role (id),
    locked_at timestamptz(3),
    locked_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    last_seen_at timestamptz(3),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX staff_member_role ON staff_member (role_id);
  CREATE INDEX staff_member_locked_by ON staff_member (locked_by) WHERE locked_by IS NOT NULL;

  ALTER TABLE app_user ADD COLUMN locked_at timestamptz(3), DROP CONSTRAINT app_user_role_check,
    ADD CONSTRAINT app_user_role_check CHECK (role IN ('CUSTOMER', 'SUPPORT', 'MANAGER', 'ADMIN', 'OWNER', 'STAFF')),
    ADD CONSTRAINT app_user_owner_open CHECK (role <> 'OWNER' OR locked_at IS NULL);
`;

const BUILT_IN = /* sql */ `
  INSERT INTO staff_role (id, code, name) VALUES (new_id(), 'SUPPORT', 'Support'), (new_id(), 'MANAGER', 'Manager'),
    (new_id(), 'ADMIN', 'Administrator'), (new_id(), 'OWNER', 'Owner');
  INSERT INTO staff_member (user_id, role_id, created_at)
    SELECT u.id, r.id, u.created_at FROM app_user u JOIN staff_role r ON r.code = u.role;
`;

const KEPT_EQUAL = /* sql */ `
  -- A role that was written into the account itself.
  CREATE FUNCTION staff_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.role = 'CUSTOMER' THEN
        DELETE FROM staff_member WHERE user_id = NEW.id;
      ELSIF NEW.role <> 'STAFF' THEN
        INSERT INTO staff_member (user_id, role_id) SELECT NEW.id, id FROM staff_role WHERE code = NEW.role
          ON CONFLICT (user_id) DO UPDATE
          SET role_id = EXCLUDED.role_id, version = staff_member.version + 1, updated_at = now()
          WHERE staff_member.role_id <> EXCLUDED.role_id;
      ELSIF NOT EXISTS (SELECT FROM staff_member m JOIN staff_role r ON r.id = m.role_id
          WHERE m.user_id = NEW.id AND r.code IS NULL) THEN
        RAISE EXCEPTION 'account % has no role of the shop''s own', NEW.id
          USING ERRCODE = 'check_violation', TABLE = 'app_user', CONSTRAINT = 'app_user_role_of_staff';
      END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER staff_of_new_account AFTER INSERT ON app_user
    FOR EACH ROW WHEN (NEW.role <> 'CUSTOMER') EXECUTE FUNCTION staff_of_account();
  CREATE TRIGGER staff_of_account AFTER UPDATE OF role ON app_user
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION staff_of_account();

  -- The account follows from staff_member, and every process hears of it at the commit.
  CREATE FUNCTION account_of_staff() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        UPDATE app_user SET role = 'CUSTOMER', locked_at = NULL, updated_at = now()
          WHERE id = OLD.user_id AND (role <> 'CUSTOMER' OR locked_at IS NOT NULL);
        PERFORM pg_notify('vitrine_sessions', OLD.user_id::text);
        RETURN NULL;
      END IF;
      UPDATE app_user u SET role = coalesce(r.code, 'STAFF'), locked_at = NEW.locked_at, updated_at = now()
        FROM staff_role r WHERE u.id = NEW.user_id AND r.id = NEW.role_id
          AND (u.role <> coalesce(r.code, 'STAFF') OR u.locked_at IS DISTINCT FROM NEW.locked_at);
      PERFORM pg_notify('vitrine_sessions', NEW.user_id::text);
      RETURN NULL;
    END $$;
  CREATE TRIGGER account_of_staff AFTER INSERT OR DELETE OR UPDATE OF role_id, locked_at ON staff_member
    FOR EACH ROW EXECUTE FUNCTION account_of_staff();
`;

const ANNOUNCED = /* sql */ `
  DROP TRIGGER role_changed ON app_user;
  CREATE TRIGGER role_changed AFTER UPDATE OF role, locked_at ON app_user
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.locked_at IS DISTINCT FROM NEW.locked_at)
    EXECUTE FUNCTION tell_session_ended();

  -- Whoever has the role may do something else from now on.
  CREATE FUNCTION tell_role_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('vitrine_sessions', user_id::text) FROM staff_member WHERE role_id = NEW.id;
      RETURN NULL;
    END $$;
  CREATE TRIGGER role_permissions_changed AFTER UPDATE OF permissions ON staff_role
    FOR EACH ROW WHEN (OLD.permissions IS DISTINCT FROM NEW.permissions) EXECUTE FUNCTION tell_role_changed();
`;
