import { newId } from '../../../kernel/ids.js';
import { networkPrefix } from './network-prefix.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256 } from '../../../kernel/tokens.js';
import { statement, type Database, type Querying, type Tx, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { AccessTokens } from './access-token.js';
import { InvalidTokenError } from '../identity.errors.js';
import { tokenReused } from '../identity.events.js';
import type { RefreshTokens } from './refresh-token.js';
import type { LiveSessions } from './live-sessions.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../user.entity.js';

/** The origin of a request, for rate limits and for the list of devices. */
export interface Caller {
  readonly ip: string;
  readonly userAgent: string | null;
}

/** The tokens that keep a client signed in. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshExpiresAt: Date;
}

/** What somebody has shown who signs in. */
export interface Proof {
  /** Of the password that they typed. */
  readonly passwordHash: string;
  readonly caller: Caller;
  /** Whether a code of the second factor was taken in the same transaction. */
  readonly factorTaken?: boolean;
}

/** How long the previous token is still accepted after its replacement. */
const GRACE = `interval '10 seconds'`;

/**
 * A session ends so long after its beginning however often it is renewed, so that an undetected copy of a token does
 * not open an account for ever. Sooner for staff, whose accounts can do more harm.
 */
const LONGEST = `CASE app_user.role WHEN 'CUSTOMER' THEN interval '90 days' ELSE interval '14 days' END`;

/*
 * Locks: FOR SHARE on the account makes this wait for a change of its password, which locks the account first and then
 * ends the sessions. Whichever comes first, no session outlives the password it was opened with: before the change, the
 * change finds the session and ends it; after the change, the hash is another one and no session is opened. The same
 * holds for an account that is being locked, and for one that has been given a second factor: it is asked for here, so no way
 * of signing in passes it by.
 */
const openSession = statement('identity.open-session', {
  params: {
    sessionId: t.uuid,
    userId: t.uuid,
    refreshHash: t.bytea,
    lifetimeSeconds: t.double,
    userAgent: t.text.orNull,
    network: t.text,
    passwordHash: t.text,
    factorTaken: t.boolean,
  },
  row: { expiresAt: t.timestamp },
  sql: `INSERT INTO user_session (id, user_id, refresh_hash, expires_at, user_agent, network)
   SELECT :sessionId, app_user.id, :refreshHash, now() + least(make_interval(secs => :lifetimeSeconds), ${LONGEST}), :userAgent, :network
   FROM app_user WHERE app_user.id = :userId AND password_hash = :passwordHash AND locked_at IS NULL
     AND (:factorTaken OR NOT asks_for_factor)
   FOR SHARE RETURNING expires_at AS "expiresAt"`,
});
const SESSION_USER_ROW = { ...USER_ROW, sessionExpiresAt: t.timestamp };
const rotate = statement('identity.rotate-session', {
  params: { sessionId: t.uuid, givenHash: t.bytea, nextHash: t.bytea, lifetimeSeconds: t.double },
  row: SESSION_USER_ROW,
  sql: `UPDATE user_session SET previous_hash = refresh_hash, refresh_hash = :nextHash, rotated_at = now(),
     expires_at = least(now() + make_interval(secs => :lifetimeSeconds), user_session.created_at + ${LONGEST})
   FROM app_user
   WHERE user_session.id = :sessionId AND refresh_hash = :givenHash AND revoked_at IS NULL AND expires_at > now()
     AND app_user.id = user_session.user_id AND app_user.locked_at IS NULL AND user_session.created_at + ${LONGEST} > now()
   RETURNING ${USER_COLUMNS}, expires_at AS "sessionExpiresAt"`,
});
const justRotated = statement('identity.just-rotated-session', {
  params: { sessionId: t.uuid, givenHash: t.bytea, nextHash: t.bytea },
  row: SESSION_USER_ROW,
  sql: `SELECT ${USER_COLUMNS}, expires_at AS "sessionExpiresAt"
   FROM user_session JOIN app_user ON app_user.id = user_session.user_id
   WHERE user_session.id = :sessionId AND previous_hash = :givenHash AND refresh_hash = :nextHash
     AND rotated_at > now() - ${GRACE} AND revoked_at IS NULL AND expires_at > now() AND app_user.locked_at IS NULL`,
});
const revokeOne = statement('identity.revoke-session', {
  params: { sessionId: t.uuid },
  row: { userId: t.uuid, wasLive: t.boolean },
  sql: `UPDATE user_session SET revoked_at = now() WHERE id = :sessionId AND revoked_at IS NULL
   RETURNING user_id AS "userId", expires_at > now() AS "wasLive"`,
});
const revokeOfAccount = statement('identity.revoke-own-session', {
  params: { sessionId: t.uuid, userId: t.uuid },
  sql: `UPDATE user_session SET revoked_at = now()
   WHERE id = :sessionId AND user_id = :userId AND revoked_at IS NULL AND expires_at > now()`,
});
const revokeOthers = statement('identity.revoke-other-sessions', {
  params: { userId: t.uuid, keptSessionId: t.uuid.orNull },
  sql: `UPDATE user_session SET revoked_at = now()
   WHERE user_id = :userId AND id IS DISTINCT FROM :keptSessionId AND revoked_at IS NULL`,
});

/**
 * Signed-in devices and their refresh tokens.
 *
 * Rotation: a refresh token is valid once; its use replaces it by its successor in one conditional UPDATE, so of
 * several requests with the same token exactly one rotates. A token that is used again is handled as follows:
 *
 * 1. It is the previous token, replaced less than 10 seconds ago: two tabs refreshed at once, or the response was lost
 * and the client retries. It gets the *same* successor, which is derived from it (RefreshTokens), so it does not matter
 * which of the two responses the browser keeps. Nothing is written and the 10 seconds are not extended.
 * 2. Otherwise it was spent before and has been copied. Thief and owner cannot be distinguished, so the session ends
 * for both. This holds for every earlier token of the session, not only for the last.
 *
 * A thief who uses the copy within those 10 seconds gets the owner's own next token, and the second of the two to
 * refresh later exposes the copy.
 */
export class SessionService {
  constructor(
    private readonly deps: {
      database: Database;
      refreshTokens: RefreshTokens;
      accessTokens: AccessTokens;
      liveSessions: LiveSessions;
      outbox: Outbox;
      securityLog: SecurityLog;
      refreshDays: number;
    },
  ) {}

  /**
   * Opens a session for a user who has just authenticated with the password of this hash; null if the account has
   * another password by now, is locked, or asks for a second factor of which no code was taken (`factorTaken`).
   */
  async open(
    db: Querying,
    user: UserRow,
    { passwordHash, caller, factorTaken = false }: Proof,
  ): Promise<SessionTokens | null> {
    const sessionId = newId();
    const token = this.deps.refreshTokens.first(sessionId);
    const row = await db.row(openSession, {
      sessionId,
      userId: user.id,
      refreshHash: sha256(token),
      lifetimeSeconds: this.lifetimeSeconds,
      userAgent: caller.userAgent?.slice(0, 300) ?? null,
      network: networkPrefix(caller.ip),
      passwordHash,
      factorTaken,
    });
    if (!row) return null;
    return this.tokens(user, sessionId, { refreshToken: token, refreshExpiresAt: row.expiresAt });
  }

  /**
   * The next tokens of a refresh token, with the user as now stored: a changed role takes effect here.
   *
   * @throws InvalidTokenError forged, expired, revoked or spent; a spent one has ended its session
   */
  async refresh(
    token: string,
    network: string | null = null,
  ): Promise<{ user: UserRow; tokens: SessionTokens }> {
    const sessionId = this.deps.refreshTokens.sessionOf(token);
    if (!sessionId) throw new InvalidTokenError();
    const next = this.deps.refreshTokens.successor(token, sessionId);
    const { database } = this.deps;
    const session = { sessionId, givenHash: sha256(token), nextHash: sha256(next) };
    const found =
      (await database.row(rotate, { ...session, lifetimeSeconds: this.lifetimeSeconds })) ??
      (await database.row(justRotated, session));
    if (!found) {
      await this.endReused(sessionId, network);
      throw new InvalidTokenError();
    }
    const { sessionExpiresAt, ...user } = found;
    const tokens = await this.tokens(user, sessionId, {
      refreshToken: next,
      refreshExpiresAt: sessionExpiresAt,
    });
    return { user, tokens };
  }

  /** Ends a session, and its access tokens with it; an ended one is left unchanged. */
  async revoke(sessionId: string): Promise<void> {
    await this.deps.database.count(revokeOne, { sessionId });
    this.deps.liveSessions.forget(sessionId);
  }

  /** Ends a session of this account; false when it has no such session that is live. */
  async revokeOwn(userId: string, sessionId: string): Promise<boolean> {
    const isEnded = (await this.deps.database.count(revokeOfAccount, { userId, sessionId })) > 0;
    this.deps.liveSessions.forget(sessionId);
    return isEnded;
  }

  /** Ends every session of the account but this one. */
  async revokeOthersOf({ userId, sessionId }: Pick<Viewer, 'userId' | 'sessionId'>): Promise<void> {
    await this.deps.database.count(revokeOthers, { userId, keptSessionId: sessionId });
    this.deps.liveSessions.forget(userId);
  }

  /** Ends the session of a reused token; appends the event that notifies owner and account in the same transaction. */
  private async endReused(sessionId: string, network: string | null): Promise<void> {
    const { database, outbox, liveSessions, securityLog } = this.deps;
    const accountId = await database.transaction(async (tx) => {
      const ended = await tx.row(revokeOne, { sessionId });
      // A session that only expired is revoked as well, but without an event: no token was copied.
      if (!ended?.wasLive) return null;
      await outbox.append(tx, tokenReused(ended.userId, { at: new Date().toISOString() }));
      return ended.userId;
    });
    liveSessions.forget(sessionId);
    if (!accountId) return;
    outbox.notifyRelay();
    securityLog.record('refresh-token-reused', { accountId, by: network });
  }

  /** Ends the session of a refresh token, spent or not; a forged token ends none. */
  async revokeByToken(token: string): Promise<void> {
    const sessionId = this.deps.refreshTokens.sessionOf(token);
    if (sessionId) await this.revoke(sessionId);
  }

  /** Ends every session of the user except the given one; null keeps none. Call `forgetAllOf` after the commit. */
  async revokeAllBut(tx: Tx, userId: string, keptSessionId: string | null): Promise<void> {
    await tx.count(revokeOthers, { userId, keptSessionId });
  }

  /** Drops the user's cached sessions in this process; other processes are notified by the database. */
  forgetAllOf(userId: string): void {
    this.deps.liveSessions.forget(userId);
  }

  private async tokens(
    user: UserRow,
    sessionId: string,
    refresh: Pick<SessionTokens, 'refreshToken' | 'refreshExpiresAt'>,
  ): Promise<SessionTokens> {
    const { token, expiresAt } = await this.deps.accessTokens.issue({
      userId: user.id,
      sessionId,
      role: user.role,
    });
    return { accessToken: token, accessExpiresAt: expiresAt, ...refresh };
  }

  private get lifetimeSeconds(): number {
    return this.deps.refreshDays * 86_400;
  }
}
