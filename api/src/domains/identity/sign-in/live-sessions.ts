import { statement, type Database, t, type ValuesOf } from '../../../platform/database/database.js';
import type { Listener } from '../../../platform/database/listener.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { permissionsWith, type Role } from '../../../platform/graphql/roles.js';
import { haveSame, LISTED_PERMISSIONS } from '../staff/account-access.js';
import type { AccessClaims } from './access-token.js';

/*
 * Checks of live sessions
 *
 * An access token names account, session and role. Every signed-in request checks with the database whether they are
 * still valid, by one statement whose result is cached for some seconds. The same statement says what the account may do
 * now, so a token never carries permissions. The cache entry is dropped at once when a commit that ended the session
 * (logout, new password, a spent refresh token), changed the role of the account or the permissions of its role, or
 * locked the account is announced; triggers announce it, so a manual statement counts too. While the listening connection is down nothing is cached, and
 * older entries are dropped when it is back.
 *
 * A result that is being read when the announcement arrives is dropped as well: it may have been read before the
 * commit.
 */

/** The channel of the migration's triggers; the payload is a session's or an account's id. */
const CHANNEL = 'vitrine_sessions';
const HELD_MS = 5_000;
const MOST_HELD = 20_000;

interface Held {
  readonly userId: string;
  readonly session: Promise<Session | null>;
  readonly until: number;
}

type SessionClaims = AccessClaims;

const SESSION_ROW = {
  userId: t.uuid,
  role: t.textOf<Role>(),
  listed: t.texts.orNull,
  expiresAt: t.timestamp,
};
type SessionRow = ValuesOf<typeof SESSION_ROW>;
type Session = Pick<SessionRow, 'userId' | 'role' | 'expiresAt'> & Pick<Viewer, 'permissions'>;

const liveSession = statement('identity.live-session', {
  params: { sessionId: t.uuid },
  row: SESSION_ROW,
  sql: `SELECT u.id AS "userId", u.role, ${LISTED_PERMISSIONS} AS listed, s.expires_at AS "expiresAt"
   FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = :sessionId AND s.revoked_at IS NULL AND s.expires_at > now() AND u.locked_at IS NULL`,
});

export class LiveSessions {
  private readonly held = new Map<string, Held>();
  private readonly endListeners = new Set<(mayHaveEnded: (viewer: SessionClaims) => boolean) => void>();

  constructor(
    private readonly database: Pick<Database, 'row'>,
    private readonly listener: Pick<Listener, 'connected' | 'on' | 'onReconnect'>,
  ) {
    listener.on(CHANNEL, (id) => this.forget(id));
    listener.onReconnect(() => this.forgetAll());
  }

  /**
   * The caller whom these claims name, with what the account may do now; null unless the session is live, belongs to the
   * account, and the account has the role of the token.
   */
  async viewerOf({ sessionId, userId, role }: SessionClaims): Promise<Viewer | null> {
    const session = await this.session(sessionId, userId);
    const isValid =
      session !== null &&
      session.userId === userId &&
      session.role === role &&
      session.expiresAt.getTime() > Date.now();
    return isValid ? { sessionId, userId, role, permissions: session.permissions } : null;
  }

  /** Whether the caller is still signed in, and may do neither more nor less than when the connection was opened. */
  async isLive(viewer: Viewer): Promise<boolean> {
    const now = await this.viewerOf(viewer);
    return now !== null && haveSame(now.permissions, viewer.permissions);
  }

  /**
   * Registers a callback for connections that outlive a request: called when sessions may have ended, with a function
   * that says whose; the callback must then check `isLive` again.
   */
  onPossibleEnd(listener: (mayHaveEnded: (viewer: SessionClaims) => boolean) => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  /** Drops the cache of a session, or of all sessions of an account, without waiting for the announcement. */
  forget(id: string): void {
    if (!this.held.delete(id)) {
      for (const [sessionId, { userId }] of this.held) if (userId === id) this.held.delete(sessionId);
    }
    this.notifyListeners((viewer) => viewer.sessionId === id || viewer.userId === id);
  }

  private forgetAll(): void {
    this.held.clear();
    this.notifyListeners(() => true);
  }

  private notifyListeners(mayHaveEnded: (viewer: SessionClaims) => boolean): void {
    for (const listener of this.endListeners) listener(mayHaveEnded);
  }

  private session(sessionId: string, userId: string): Promise<Session | null> {
    if (!this.listener.connected) return this.read(sessionId);
    const held = this.held.get(sessionId);
    if (held?.userId === userId && held.until > performance.now()) return held.session;
    const session = this.read(sessionId);
    this.held.delete(sessionId);
    this.held.set(sessionId, { userId, session, until: performance.now() + HELD_MS });
    const oldest = this.held.keys().next().value;
    if (this.held.size > MOST_HELD && oldest !== undefined) this.held.delete(oldest);
    session.catch(() => this.held.get(sessionId)?.session === session && this.held.delete(sessionId));
    return session;
  }

  private async read(sessionId: string): Promise<Session | null> {
    const row = await this.database.row(liveSession, { sessionId });
    return row && { ...row, permissions: permissionsWith(row.role, row.listed) };
  }
}
