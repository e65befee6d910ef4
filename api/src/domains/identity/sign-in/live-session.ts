import { statement, type Querying, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { permissionsWith, type Role } from '../../../platform/graphql/roles.js';
import { haveSame, LISTED_PERMISSIONS } from '../staff/account-access.js';

const viewerOf = statement('identity.viewer-of-session', {
  params: { sessionId: t.uuid },
  row: { userId: t.uuid, role: t.textOf<Role>(), listed: t.texts.orNull },
  sql: `SELECT u.id AS "userId", u.role, ${LISTED_PERMISSIONS} AS listed
   FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = :sessionId AND s.revoked_at IS NULL AND s.expires_at > now() AND u.locked_at IS NULL`,
});

/**
 * Whether the session is live, and the account may do what it could. For connections that outlive a request: live
 * subscriptions.
 */
export async function isSessionLive(database: Querying, viewer: Viewer): Promise<boolean> {
  const now = await viewerOfSession(database, viewer.sessionId);
  return now !== null && now.role === viewer.role && haveSame(now.permissions, viewer.permissions);
}

/** Whose live session this is, with what the account may do now; null when it has ended. For addresses that a session was shown. */
export async function viewerOfSession(database: Querying, sessionId: string): Promise<Viewer | null> {
  const found = await database.row(viewerOf, { sessionId });
  if (!found) return null;
  const { listed, ...account } = found;
  return { ...account, sessionId, permissions: permissionsWith(account.role, listed) };
}
