import { statement, type Querying, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { permissionsOf, type Role } from '../../../platform/graphql/roles.js';

const liveSession = statement('identity.live-session-of-role', {
  params: { sessionId: t.uuid, role: t.text },
  row: { found: t.int },
  sql: `SELECT 1 AS found FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = :sessionId AND s.revoked_at IS NULL AND s.expires_at > now() AND u.role = :role`,
});

/** Whether the session is live and its role unchanged. For connections that outlive a request: live subscriptions. */
export async function isSessionLive(database: Querying, viewer: Viewer): Promise<boolean> {
  return (await database.row(liveSession, { sessionId: viewer.sessionId, role: viewer.role })) !== null;
}

const viewerOf = statement('identity.viewer-of-session', {
  params: { sessionId: t.uuid },
  row: { userId: t.uuid, role: t.textOf<Role>() },
  sql: `SELECT u.id AS "userId", u.role FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = :sessionId AND s.revoked_at IS NULL AND s.expires_at > now()`,
});

/** Whose live session this is, with the role of now; null when it has ended. For addresses that a session was shown. */
export async function viewerOfSession(database: Querying, sessionId: string): Promise<Viewer | null> {
  const found = await database.row(viewerOf, { sessionId });
  return found && { ...found, sessionId, permissions: permissionsOf(found.role) };
}
