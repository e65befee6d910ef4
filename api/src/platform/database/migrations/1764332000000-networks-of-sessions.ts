import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

const SESSIONS = {
  ...{ table: 'user_session', entity: 'User', by: 'user_id', on: 'INSERT OR UPDATE OF revoked_at' },
  ignored: ['rotated_at', 'expires_at'],
};
const HIDDEN = ['refresh_hash', 'previous_hash', 'user_agent'];

/** From which network a device signed in: people see it in the list of their sessions. */
export class NetworksOfSessions1764332000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE user_session ADD COLUMN network text');
    await runner.query('DROP TRIGGER user_session_recorded ON user_session');
    await runner.query(recorded({ ...SESSIONS, hidden: [...HIDDEN, 'network'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER user_session_recorded ON user_session');
    await runner.query(recorded({ ...SESSIONS, hidden: HIDDEN }));
    await runner.query('ALTER TABLE user_session DROP COLUMN network');
  }
}
