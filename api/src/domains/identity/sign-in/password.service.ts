import { newId } from '../../../kernel/ids.js';
import { networkOf } from '../../../kernel/networks.js';
import type { Language } from '../../../kernel/languages.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256, type SignedTokens } from '../../../kernel/tokens.js';
import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import type { Role } from '../../../platform/graphql/roles.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { InvalidCredentialsError, InvalidTokenError } from '../identity.errors.js';
import { passwordChanged, passwordResetRequested } from '../identity.events.js';
import { assertStrongPassword, hashPassword, verifyPassword } from './password.js';
import { attemptsFrom, type RateLimiter } from './rate-limiter.js';
import { recordedFor } from './recorded-for.js';
import type { PageLinks } from '../../store/index.js';
import type { Caller, SessionService } from './session.service.js';

/** To whom the mail with the reset link goes. */
export interface PasswordResetMail {
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  readonly expiresAt: Date;
}

export interface PasswordServiceDeps {
  readonly database: Database;
  readonly sessions: SessionService;
  readonly limiter: RateLimiter;
  readonly outbox: Outbox;
  readonly securityLog: SecurityLog;
  readonly resetTokens: SignedTokens;
  /** Called in the transaction in which somebody shows that the mailbox of their account is theirs. */
  readonly onMailboxProved: (tx: Tx, userId: string) => Promise<void>;
  readonly links: PageLinks;
}

const LINK_MINUTES = 60;

/** The links that one mailbox gets. */
const MAILS = { burst: 3, everySeconds: 1_800 };
const mailOf = (email: string) => ({ action: 'password-reset-mail', by: email.toLowerCase() });

const passwordOf = statement('identity.password-of', {
  params: { userId: t.uuid },
  row: { email: t.text, role: t.textOf<Role>(), passwordHash: t.text },
  sql: 'SELECT email, role, password_hash AS "passwordHash" FROM app_user WHERE id = :userId',
});
// Each only if the account has still the role by which the new password was found strong enough: staff need longer ones. An
// UPDATE that waited for another one compares again.
const setPassword = statement('identity.set-password', {
  params: { userId: t.uuid, passwordHash: t.text, role: t.text },
  sql: 'UPDATE app_user SET password_hash = :passwordHash, updated_at = now() WHERE id = :userId AND role = :role',
});
// Only if the password is still the one that was compared.
const replacePassword = statement('identity.replace-password', {
  params: { userId: t.uuid, passwordHash: t.text, comparedHash: t.text, role: t.text },
  sql: `UPDATE app_user SET password_hash = :passwordHash, updated_at = now()
   WHERE id = :userId AND password_hash = :comparedHash AND role = :role`,
});
// Using the mailed link also verifies the mailbox.
const confirmMailbox = statement('identity.confirm-mailbox', {
  params: { userId: t.uuid },
  sql: 'UPDATE app_user SET email_verified_at = now() WHERE id = :userId AND email_verified_at IS NULL',
});
const userByEmail = statement('identity.user-by-email', {
  params: { email: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM app_user WHERE lower(email) = lower(:email)',
});
const languageOf = statement('identity.language-of', {
  params: { email: t.text },
  row: { language: t.textOf<Language>() },
  sql: 'SELECT language FROM app_user WHERE lower(email) = lower(:email)',
});
const insertToken = statement('identity.insert-reset-token', {
  params: { tokenId: t.uuid, hash: t.bytea, userId: t.uuid },
  sql: `INSERT INTO one_time_token (id, hash, user_id, purpose, expires_at)
   VALUES (:tokenId, :hash, :userId, 'PASSWORD_RESET', now() + make_interval(mins => ${LINK_MINUTES}))`,
});
const LIVE_TOKEN = /* sql */ `purpose = 'PASSWORD_RESET' AND used_at IS NULL AND expires_at > now()`;
const tokenOwner = statement('identity.reset-token-owner', {
  params: { tokenId: t.uuid, hash: t.bytea },
  row: { userId: t.uuid, email: t.text, role: t.textOf<Role>() },
  sql: `SELECT app_user.id AS "userId", email, role FROM one_time_token JOIN app_user ON app_user.id = user_id
   WHERE one_time_token.id = :tokenId AND hash = :hash AND ${LIVE_TOKEN}`,
});
const useToken = statement('identity.use-reset-token', {
  params: { tokenId: t.uuid, hash: t.bytea },
  sql: `UPDATE one_time_token SET used_at = now() WHERE id = :tokenId AND hash = :hash AND ${LIVE_TOKEN}`,
});
// Those for another address as well: they were asked for with the password before.
const voidTokens = statement('identity.void-reset-tokens', {
  params: { userId: t.uuid },
  sql: `UPDATE one_time_token SET used_at = now()
   WHERE user_id = :userId AND purpose IN ('PASSWORD_RESET', 'EMAIL_CHANGE') AND used_at IS NULL AND expires_at > now()`,
});
const tokenForMail = statement('identity.reset-token-for-mail', {
  params: { tokenId: t.uuid },
  row: {
    userId: t.uuid,
    email: t.text,
    firstName: t.text,
    language: t.textOf<Language>(),
    expiresAt: t.timestamp,
  },
  sql: `SELECT app_user.id AS "userId", email, first_name AS "firstName", language, expires_at AS "expiresAt"
   FROM one_time_token JOIN app_user ON app_user.id = user_id
   WHERE one_time_token.id = :tokenId AND ${LIVE_TOKEN}`,
});

/**
 * Changes and resets passwords.
 *
 * A reset token is the row's id with our signature (SignedTokens). The row stores only its hash; the mail job, given
 * only the id, signs it again. So neither the table, the outbox nor the queue contains a secret that opens an account.
 */
export class PasswordService {
  constructor(private readonly deps: PasswordServiceDeps) {}

  /**
   * Sets a new password; ends all other sessions and invalidates pending reset links.
   *
   * Transaction and locks: the account first, then its links and sessions, as in `reset`. Of several changes at once
   * the first to lock the account wins; the others find another password than they compared and are refused. So who
   * knows only the old password cannot overwrite the new one. A login waits for the lock as well (open-session).
   *
   * @throws InvalidCredentialsError the current password is wrong, or the role of the account has changed meanwhile
   * @throws WeakPasswordError | StaffPasswordError
   */
  async change(viewer: Viewer, currentPassword: string, newPassword: string): Promise<void> {
    const { database, limiter, sessions, outbox } = this.deps;
    await limiter.consume({
      action: 'password-change',
      by: viewer.userId,
      allowance: { burst: 10, everySeconds: 60 },
    });
    const user = await database.row(passwordOf, { userId: viewer.userId });
    if (!(await verifyPassword(user?.passwordHash ?? null, currentPassword)) || !user) {
      throw new InvalidCredentialsError(['currentPassword']);
    }
    assertStrongPassword(newPassword, user, 'newPassword');
    const passwordHash = await hashPassword(newPassword);
    await database.transaction(async (tx) => {
      const { passwordHash: comparedHash, role } = user;
      const compared = { userId: viewer.userId, passwordHash, comparedHash, role };
      if ((await tx.count(replacePassword, compared)) === 0)
        throw new InvalidCredentialsError(['currentPassword']);
      await tx.count(voidTokens, { userId: viewer.userId });
      await sessions.revokeAllBut(tx, viewer.userId, viewer.sessionId);
      await outbox.append(tx, passwordChanged(viewer.userId, { at: new Date().toISOString() }));
    });
    outbox.notifyRelay();
    sessions.forgetAllOf(viewer.userId);
    this.deps.securityLog.record('password-changed', { accountId: viewer.userId });
  }

  /**
   * Mails a reset link if there is such an account; otherwise does nothing. The caller cannot distinguish the two: both
   * take as long as an Argon2 verification, which hides the few statements.
   *
   * Nobody's mailbox must be filled: after three links there is one every half hour. Requests in between are accepted
   * as usual and mail nothing, because the links of the last hour are still valid. Refusing them would let a stranger
   * who requests first prevent the account's holder from resetting the password. A link is valid for twice the interval
   * between links, so the mailbox always has a valid one, and the mails stay below the daily limit of a mailbox.
   */
  async requestReset(email: string, { ip }: Caller): Promise<void> {
    const { limiter, securityLog } = this.deps;
    await limiter.consume(
      ...attemptsFrom(ip, { action: 'password-reset-request', allowance: { burst: 20, everySeconds: 60 } }),
    );
    const mail = mailOf(email);
    const mayMail = await limiter.allows({ ...mail, allowance: MAILS });
    await Promise.all([mayMail && this.prepareReset(email), verifyPassword(null, email)]);
    securityLog.record('password-reset-requested', { by: networkOf(ip) });
    if (!mayMail) securityLog.record('rate-limited', { by: mail.by, what: mail.action });
  }

  /**
   * Mails a reset link because staff ask for it. @throws GraphQLError RATE_LIMITED where the mailbox has its links
   * already: they are still valid
   */
  async sendReset(email: string): Promise<void> {
    await this.deps.limiter.consume({ ...mailOf(email), allowance: MAILS });
    await this.prepareReset(email);
    this.deps.securityLog.record('password-reset-requested', { by: 'staff' });
  }

  /**
   * Sets a new password with a mailed token, once; ends all sessions.
   *
   * Transaction and locks: the link, so that it is used once, then the account, what was ordered as a guest with its
   * e-mail (`CustomerMerging`), and its other links and sessions.
   *
   * @throws InvalidTokenError forged, expired or used; the role of the account has changed meanwhile
   * @throws WeakPasswordError | StaffPasswordError the token remains valid
   */
  async reset(token: string, newPassword: string, { ip }: Caller): Promise<void> {
    const { database, limiter, sessions, resetTokens, outbox } = this.deps;
    await limiter.consume(
      ...attemptsFrom(ip, { action: 'password-reset', allowance: { burst: 20, everySeconds: 30 } }),
    );
    const tokenId = resetTokens.open(token);
    if (!tokenId) throw new InvalidTokenError(['token']);
    const claim = { tokenId, hash: sha256(token) };
    const owner = await database.row(tokenOwner, claim);
    if (!owner) throw new InvalidTokenError(['token']);
    assertStrongPassword(newPassword, owner, 'newPassword');
    const passwordHash = await hashPassword(newPassword);
    await recordedFor(owner, () =>
      database.transaction(async (tx) => {
        if ((await tx.count(useToken, claim)) === 0) throw new InvalidTokenError(['token']);
        const { userId, role } = owner;
        if ((await tx.count(setPassword, { userId, passwordHash, role })) === 0)
          throw new InvalidTokenError(['token']);
        await tx.count(confirmMailbox, { userId: owner.userId });
        await this.deps.onMailboxProved(tx, owner.userId);
        await tx.count(voidTokens, { userId: owner.userId });
        await sessions.revokeAllBut(tx, owner.userId, null);
        await outbox.append(tx, passwordChanged(owner.userId, { at: new Date().toISOString() }));
      }),
    );
    outbox.notifyRelay();
    sessions.forgetAllOf(owner.userId);
    this.deps.securityLog.record('password-reset', { accountId: owner.userId, by: networkOf(ip) });
  }

  /** The mail data of an `identity.password-reset-requested` event; null if the link is used or has expired. */
  resetMail(tokenId: string): Promise<PasswordResetMail | null> {
    return this.deps.database.row(tokenForMail, { tokenId });
  }

  /** Makes the link of that mail when it is sent; null if it is used or has expired by then. */
  async mailedLink(tokenId: string, language: Language): Promise<string | null> {
    return (await this.resetMail(tokenId)) && this.linkOf(tokenId, language);
  }

  /** Ends the links that would choose a password or another address of this account. */
  async voidLinks(tx: Tx, userId: string): Promise<void> {
    await tx.count(voidTokens, { userId });
  }

  /**
   * Whether this is the password of the caller, for what asks for it again. Returns the hash that was compared: it has to
   * be the stored one still when the work is written.
   *
   * @throws InvalidCredentialsError | GraphQLError RATE_LIMITED
   */
  async confirm({ userId }: Pick<Viewer, 'userId'>, password: string, field: string): Promise<string> {
    await this.deps.limiter.consume({
      ...{ action: 'password-confirm', by: userId, allowance: { burst: 10, everySeconds: 60 } },
    });
    const user = await this.deps.database.row(passwordOf, { userId });
    if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user)
      throw new InvalidCredentialsError([field]);
    return user.passwordHash;
  }

  /** A link for choosing a password, returned for the command line and mailed as well. Null for an unknown e-mail. */
  async linkFor(tx: Tx, email: string): Promise<string | null> {
    const tokenId = await this.insertToken(tx, email);
    if (!tokenId) return null;
    const { language } = (await tx.row(languageOf, { email })) ?? {};
    return language ? this.linkOf(tokenId, language) : null;
  }

  private linkOf(tokenId: string, language: Language): Promise<string> {
    const { resetTokens, links } = this.deps;
    return links(language, `/reset-password?token=${resetTokens.sign(tokenId)}`);
  }

  private async prepareReset(email: string): Promise<void> {
    const { database, outbox } = this.deps;
    const prepared = await database.transaction((tx) => this.insertToken(tx, email));
    if (prepared) outbox.notifyRelay();
  }

  private async insertToken(tx: Tx, email: string): Promise<string | null> {
    const user = await tx.row(userByEmail, { email });
    if (!user) return null;
    const tokenId = newId();
    await tx.count(insertToken, {
      tokenId,
      hash: sha256(this.deps.resetTokens.sign(tokenId)),
      userId: user.id,
    });
    await this.deps.outbox.append(tx, passwordResetRequested(user.id, { tokenId }));
    return tokenId;
  }
}
