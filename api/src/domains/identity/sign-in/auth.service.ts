import { personName } from '../customers/person-name.js';
import { newId } from '../../../kernel/ids.js';
import { networkOf } from '../../../kernel/networks.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import type { Language } from '../../../kernel/languages.js';
import { statement, type Database, t, type Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { Role } from '../../../platform/graphql/roles.js';
import { EmailTakenError, InvalidCredentialsError } from '../identity.errors.js';
import { signedUp } from '../identity.events.js';
import { assertStrongPassword, hashPassword, verifyPassword } from './password.js';
import { attemptsFrom, type Allowance, type Attempt, type RateLimiter } from './rate-limiter.js';
import { recordedFor } from './recorded-for.js';
import type { RefusedLogins } from './refused-logins.js';
import type { Caller, SessionService } from './session.service.js';
import type { FactorChallenge, SignedIn } from './signed-in-account.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../user.entity.js';

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
  readonly marketingOptIn: boolean;
}

const insertUser = statement('identity.sign-up', {
  params: {
    id: t.uuid,
    email: t.text,
    passwordHash: t.text,
    firstName: t.text,
    lastName: t.text,
    language: t.text,
    marketingOptIn: t.boolean,
  },
  row: USER_ROW,
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, language, marketing_opt_in, marketing_opt_in_at)
   VALUES (:id, :email, :passwordHash, :firstName, :lastName, :language, :marketingOptIn, CASE WHEN :marketingOptIn THEN now() END)
   ON CONFLICT (lower(email)) DO NOTHING RETURNING ${USER_COLUMNS}`,
});
const userForLogin = statement('identity.user-for-login', {
  params: { email: t.text },
  row: {
    ...USER_ROW,
    passwordHash: t.text,
    asksForFactor: t.boolean,
  },
  sql: `SELECT ${USER_COLUMNS}, password_hash AS "passwordHash", asks_for_factor AS "asksForFactor"
   FROM app_user WHERE lower(email) = lower(:email)`,
});

/** How many logins one network may attempt, successful or not: in all, and to one account. */
export interface LoginAttempts {
  readonly network: Allowance;
  readonly account: Allowance;
}

export interface AuthServiceDeps {
  readonly database: Database;
  readonly sessions: SessionService;
  readonly limiter: RateLimiter;
  readonly outbox: Outbox;
  readonly securityLog: SecurityLog;
  readonly refusedLogins: RefusedLogins;
  readonly loginAttempts: LoginAttempts;
  /** Has a new account told how it shows that its mailbox is its holder's, in the transaction that makes it. */
  readonly onSignUp: (tx: Tx, user: UserRow) => Promise<void>;
  /** What an account with a second factor gets in place of a session. */
  readonly challenge: (userId: string, passwordHash: string) => Promise<FactorChallenge>;
  /** Accounts that may not be used from this address. */
  readonly isClosed: (email: string, ip: string | null) => boolean;
}

/** Signing up, in and out. */
export class AuthService {
  constructor(private readonly deps: AuthServiceDeps) {}

  /**
   * Creates an account and signs it in. Of several sign-ups with one e-mail exactly one succeeds.
   *
   * @throws WeakPasswordError | EmailTakenError
   */
  async signUp(account: NewAccount, caller: Caller): Promise<SignedIn> {
    await this.deps.limiter.consume(...signUpFrom(caller));
    assertStrongPassword(account.password, { email: account.email, role: Role.CUSTOMER });
    if (this.deps.isClosed(account.email, caller.ip)) throw new EmailTakenError();
    const { email, language, marketingOptIn } = account;
    const passwordHash = await hashPassword(account.password);
    const id = newId();
    const [firstName, lastName] = [personName(account.firstName), personName(account.lastName)];
    const signedIn = await this.deps.database.transaction(async (tx) => {
      const user = await tx.row(insertUser, {
        ...{ id, email, passwordHash, firstName, lastName, language, marketingOptIn },
      });
      if (!user) throw new EmailTakenError();
      await this.deps.outbox.append(tx, signedUp(user.id, { userId: user.id }));
      await this.deps.onSignUp(tx, user);
      const tokens = await this.deps.sessions.open(tx, user, { passwordHash, caller });
      if (!tokens) throw new Error('The account that was just made has another password.');
      return { user, tokens };
    });
    this.deps.outbox.notifyRelay();
    return signedIn;
  }

  /**
   * Signs in with e-mail and password; an account with a second factor gets a challenge instead. Unknown e-mail, wrong password and closed account get the same error after the
   * same work.
   *
   * @throws InvalidCredentialsError
   */
  async login(
    email: string,
    password: string,
    caller: Caller,
  ): Promise<SignedIn | { readonly challenge: FactorChallenge }> {
    await this.deps.limiter.consume(...loginsOf(email, caller, this.deps.loginAttempts));
    const found = await this.deps.database.row(userForLogin, { email });
    const matches = await verifyPassword(found?.passwordHash ?? null, password);
    // Checked with the stored e-mail: PostgreSQL and JavaScript differ in the lower case of some letters.
    if (found && matches && !this.deps.isClosed(found.email, caller.ip)) {
      const { passwordHash, asksForFactor: asks, ...user } = found;
      if (asks) return { challenge: await this.deps.challenge(user.id, passwordHash) };
      const open = () => this.deps.sessions.open(this.deps.database, user, { passwordHash, caller });
      const tokens = await recordedFor({ userId: user.id, role: user.role }, open);
      // Null when the password was changed, or a second factor switched on, while this one was compared.
      if (tokens) return { user, tokens };
    }
    this.deps.securityLog.record('login-refused', { accountId: found?.id, by: networkOf(caller.ip) });
    await this.deps.refusedLogins.note(email, found?.id ?? null);
    throw new InvalidCredentialsError();
  }

  /** The next tokens of a refresh token. @throws InvalidTokenError */
  async refresh(token: string, caller: Caller): Promise<SignedIn> {
    await this.deps.limiter.consume(...refreshFrom(caller));
    return this.deps.sessions.refresh(token, networkOf(caller.ip));
  }

  /**
   * Ends every session that the request names, by access token (expired or not) or by refresh token. A repeat, or a
   * token that is not ours, has no effect and is no error, as in RFC 7009.
   */
  async logout(sessionIds: readonly string[], refreshTokens: readonly string[]): Promise<void> {
    for (const sessionId of new Set(sessionIds)) await this.deps.sessions.revoke(sessionId);
    for (const token of new Set(refreshTokens)) await this.deps.sessions.revokeByToken(token);
  }
}

// By network and e-mail against guessing one password; by network alone, with a higher limit, against trying one
// password on many accounts. Not by e-mail alone: that would let a stranger lock an account.
function loginsOf(email: string, { ip }: Caller, { network, account }: LoginAttempts): Attempt[] {
  const on = email.toLowerCase();
  return [
    ...attemptsFrom(ip, { action: 'login', allowance: network }),
    ...attemptsFrom(ip, { action: 'login', on, allowance: account }),
  ];
}

function signUpFrom({ ip }: Caller): Attempt[] {
  return attemptsFrom(ip, { action: 'sign-up', allowance: { burst: 30, everySeconds: 20 } });
}

function refreshFrom({ ip }: Caller): Attempt[] {
  return attemptsFrom(ip, { action: 'token-refresh', allowance: { burst: 240, everySeconds: 0.5 } });
}
