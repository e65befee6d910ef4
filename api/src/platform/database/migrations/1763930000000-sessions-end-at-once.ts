import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Says at the commit that a session ended or that somebody's role changed, whoever wrote it: every process holds for a
 * moment in memory who is signed in, and forgets what is named here. The payload is the session's or the account's id.
 */
export class SessionsEndAtOnce1763930000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('vitrine_sessions', OLD.id::text);
        RETURN NULL;
      END $$;

      CREATE TRIGGER session_revoked AFTER UPDATE OF revoked_at ON user_session
        FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
        EXECUTE FUNCTION tell_session_ended();
      CREATE TRIGGER session_deleted AFTER DELETE ON user_session
        FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND OLD.expires_at > now())
        EXECUTE FUNCTION tell_session_ended();
      CREATE TRIGGER role_changed AFTER UPDATE OF role ON app_user
        FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role)
        EXECUTE FUNCTION tell_session_ended();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER session_revoked ON user_session;
      DROP TRIGGER session_deleted ON user_session;
      DROP TRIGGER role_changed ON app_user;
      DROP FUNCTION tell_session_ended();
    `);
  }
}
