import { statement, type Database } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import type { Viewer } from '../../platform/graphql/context.js';
import type { Role } from '../../platform/graphql/roles.js';

/*
 * Who is still signed in
 *
 * An access token says who, by which session and as what. Whether that still holds is asked of the database for every
 * signed-in request, by one statement whose answer is held for some seconds. It is dropped at once when the commit that
 * ended the session (logout, new password, a spent refresh token) or changed the role is announced; the announcement
 * comes from triggers, so a statement typed by hand counts too. While the listening connection is down nothing would be
 * heard, so nothing is held; and what was held before is dropped when it is back.
 *
 * An answer that is on its way when the announcement comes is dropped as well: it may have been read before the commit.
 */

/** The channel of the migration's triggers; the payload is a session's or an account's id. */
const CHANNEL = 'vitrine_sessions';
const HELD_MS = 5_000;
const MOST_HELD = 20_000;

interface Session {
  readonly userId: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

interface Held {
  readonly userId: string;
  readonly session: Promise<Session | null>;
  readonly until: number;
}

type Asked = Pick<Viewer, 'sessionId' | 'userId' | 'role'>;

const liveSession = statement(
  'identity.live-session',
  `SELECT u.id AS "userId", u.role, s.expires_at AS "expiresAt" FROM user_session s JOIN app_user u ON u.id = s.user_id
   WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now()`,
);

export class LiveSessions {
  private readonly held = new Map<string, Held>();
  private readonly doubters = new Set<(mayHaveEnded: (viewer: Asked) => boolean) => void>();

  constructor(
    private readonly database: Pick<Database, 'row'>,
    private readonly listener: Pick<Listener, 'connected' | 'on' | 'onReconnect'>,
  ) {
    listener.on(CHANNEL, (id) => this.forget(id));
    listener.onReconnect(() => this.forgetAll());
  }

  /** Whether the session stands, belongs to the account and the account has the role that the token says. */
  async isLive({ sessionId, userId, role }: Asked): Promise<boolean> {
    const session = await this.session(sessionId, userId);
    return (
      session !== null &&
      session.userId === userId &&
      session.role === role &&
      session.expiresAt.getTime() > Date.now()
    );
  }

  /** For what outlives a request: told whenever sessions may have ended, and of whom; ask `isLive` again then. */
  onDoubt(doubter: (mayHaveEnded: (viewer: Asked) => boolean) => void): () => void {
    this.doubters.add(doubter);
    return () => this.doubters.delete(doubter);
  }

  /** Drops what is held of a session, or of all sessions of an account, without waiting for the announcement. */
  forget(id: string): void {
    if (!this.held.delete(id)) {
      for (const [sessionId, { userId }] of this.held) if (userId === id) this.held.delete(sessionId);
    }
    this.doubt((viewer) => viewer.sessionId === id || viewer.userId === id);
  }

  private forgetAll(): void {
    this.held.clear();
    this.doubt(() => true);
  }

  private doubt(mayHaveEnded: (viewer: Asked) => boolean): void {
    for (const doubter of this.doubters) doubter(mayHaveEnded);
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

  private read(sessionId: string): Promise<Session | null> {
    return this.database.row<Session & Record<string, unknown>>(liveSession, [sessionId]);
  }
}
