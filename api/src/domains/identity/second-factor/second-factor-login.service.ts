import { newId } from '../../../kernel/ids.js';
import { networkOf } from '../../../kernel/networks.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256, type SignedTokens } from '../../../kernel/tokens.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import { InvalidTokenError } from '../identity.errors.js';
import type { FactorChallenge, SignedIn } from '../sign-in/signed-in-account.js';
import { attemptsFrom, type RateLimiter } from '../sign-in/rate-limiter.js';
import { recordedFor } from '../sign-in/recorded-for.js';
import type { RefusedLogins } from '../sign-in/refused-logins.js';
import type { Caller, SessionService } from '../sign-in/session.service.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../user.entity.js';
import type { SecondFactorService } from './second-factor.service.js';
import * as sql from './second-factor.statements.js';

const accountById = statement('identity.account-of-challenge', {
  params: { userId: t.uuid },
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE id = :userId`,
});

interface Deps {
  readonly database: Database;
  readonly sessions: SessionService;
  readonly limiter: RateLimiter;
  readonly refusedLogins: RefusedLogins;
  readonly securityLog: SecurityLog;
  readonly tokens: SignedTokens;
  readonly factors: SecondFactorService;
}

/**
 * The second step of signing in.
 *
 * The token is the signed id of a row that holds a hash of it and of the password's hash: who gets another password within
 * the five minutes begins anew. It stays after a wrong code, so that somebody who mistypes need not type the password
 * again, and is used up by the sign-in.
 */
export class SecondFactorLogin {
  constructor(private readonly deps: Deps) {}

  /** For an account whose password was just found right. */
  async challenge(userId: string, passwordHash: string): Promise<FactorChallenge> {
    const { database, tokens } = this.deps;
    const id = newId();
    const token = tokens.sign(id);
    const row = await database.row(sql.insertChallenge, { id, hash: hashOf(token, passwordHash), userId });
    if (!row) throw new Error('A challenge that was just written is missing');
    return { token, expiresAt: row.expiresAt };
  }

  /**
   * Signs in. Transaction and locks: the account and the code (`SecondFactorService.take`), the token, the session.
   *
   * @throws InvalidTokenError used, run out, or the password was changed meanwhile
   * @throws DomainError SECOND_FACTOR_WRONG, SECOND_FACTOR_UNREADABLE | GraphQLError RATE_LIMITED
   */
  async complete(token: string, code: string, caller: Caller): Promise<SignedIn> {
    const { database, limiter, factors } = this.deps;
    const allowance = { burst: 30, everySeconds: 20 };
    await limiter.consume(...attemptsFrom(caller.ip, { action: 'second-factor', allowance }));
    const id = this.deps.tokens.open(token);
    const found = id && (await database.row(sql.challengeById, { id }));
    if (!found || !found.hash.equals(hashOf(token, found.passwordHash)))
      throw new InvalidTokenError(['token']);
    const user = await database.row(accountById, { userId: found.userId });
    if (!user) throw new InvalidTokenError(['token']);
    const signIn = () => this.signIn({ id, user, passwordHash: found.passwordHash, code, caller });
    const signedIn = await recordedFor({ userId: user.id, role: user.role }, signIn).catch(
      async (error: unknown) => {
        await this.refused(user, caller);
        throw error;
      },
    );
    await factors.settled(user.id);
    return signedIn;
  }

  private async signIn({ id, user, passwordHash, code, caller }: Step): Promise<SignedIn> {
    const { database, factors, sessions } = this.deps;
    const typed = await factors.read(user.id, code);
    return database.transaction(async (tx) => {
      await factors.take(tx, user.id, typed);
      if ((await tx.count(sql.useChallenge, { id })) === 0) throw new InvalidTokenError(['token']);
      const tokens = await sessions.open(tx, user, { passwordHash, caller, factorTaken: true });
      // The password was changed, or the account locked, after the token was read.
      if (!tokens) throw new InvalidTokenError(['token']);
      return { user, tokens };
    });
  }

  private async refused({ id, email }: UserRow, { ip }: Caller): Promise<void> {
    this.deps.securityLog.record('second-factor-refused', { accountId: id, by: networkOf(ip) });
    await this.deps.refusedLogins.note(email, id);
  }
}

interface Step {
  readonly id: string;
  readonly user: UserRow;
  readonly passwordHash: string;
  readonly code: string;
  readonly caller: Caller;
}

const hashOf = (token: string, passwordHash: string): Buffer => sha256(`${token}\0${passwordHash}`);
