import { statement, type Querying } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';

const liveSession = statement(
  'identity.live-session-of-role',
  `SELECT 1 FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.role = $2`,
);

/** Whether the session is live and its role unchanged. For connections that outlive a request: live subscriptions. */
export async function isSessionLive(database: Querying, viewer: Viewer): Promise<boolean> {
  return (await database.row(liveSession, [viewer.sessionId, viewer.role])) !== null;
}
