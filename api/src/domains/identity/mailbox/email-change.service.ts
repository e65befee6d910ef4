import { InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256, type SignedTokens } from '../../../kernel/tokens.js';
import { violatedConstraint, type Database, type Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { LinkMaker } from '../../../platform/mails/secret-link.js';
import type { PageLinks } from '../../store/index.js';
import type { CustomerMerging } from '../customers/upkeep/customer-merge.service.js';
import { EmailTakenError, InvalidCredentialsError, InvalidTokenError } from '../identity.errors.js';
import { emailChanged, emailChangeRequested } from '../identity.events.js';
import type { PasswordService } from '../sign-in/password.service.js';
import type { RateLimiter } from '../sign-in/rate-limiter.js';
import type { SessionService } from '../sign-in/session.service.js';
import {
  changeForMail,
  doneChange,
  insertChange,
  lockConfirmed,
  otherWithEmail,
  setEmail,
  useChange,
  voidChanges,
} from './email-change.statements.js';
import type { Verified } from './email-verification.service.js';
import { lockMailbox } from './mailbox.statements.js';

export interface EmailChangeDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly limiter: RateLimiter;
  readonly securityLog: SecurityLog;
  readonly sessions: SessionService;
  readonly passwords: PasswordService;
  readonly tokens: SignedTokens;
  readonly merging: Pick<CustomerMerging, 'joinProved'>;
  readonly links: PageLinks;
}

/**
 * Gives an account another address: asked for with the password, confirmed with a link that is mailed to the new address,
 * by a session of the account. Like the link that verifies an address, this one is worth nothing to whoever is not signed
 * in: nobody takes over what a buyer ordered as a guest by having the buyer open it. The address before is told both times.
 *
 * Transaction and locks of both: the account FOR NO KEY UPDATE, then its links. Confirming goes on with the row of the
 * account among the customers (its trigger), its sessions, and the guest with the new address
 * (`CustomerMerging.joinProved`). A password that is changed at once waits or is waited for: it ends what was asked for
 * with the old one. Two accounts that take one address at once meet in its unique index, and the second is refused.
 */
export class EmailChange {
  constructor(private readonly deps: EmailChangeDeps) {}

  /**
   * Mails the link; it ends those before it.
   *
   * @throws InvalidCredentialsError the password is wrong | EmailTakenError | InvalidInputError it is the address already
   * @throws GraphQLError RATE_LIMITED three links to one new mailbox, then one every half hour
   */
  async request(viewer: Pick<Viewer, 'userId'>, email: string, password: string): Promise<void> {
    const { database, limiter, outbox, passwords, securityLog, tokens } = this.deps;
    const { userId } = viewer;
    const passwordHash = await passwords.confirm(viewer, password, 'password');
    if (await database.row(otherWithEmail, { userId, email })) throw new EmailTakenError();
    await limiter.consume({
      ...{ action: 'email-change-mail', by: email.toLowerCase() },
      allowance: { burst: 3, everySeconds: 1_800 },
    });
    await database.transaction(async (tx) => {
      const account = await tx.row(lockConfirmed, { userId, passwordHash });
      if (!account) throw new InvalidCredentialsError(['password']);
      if (account.email === email)
        throw new InvalidInputError('This is the address of the account.', ['email']);
      await tx.count(voidChanges, { userId });
      const tokenId = newId();
      await tx.count(insertChange, { tokenId, hash: sha256(tokens.sign(tokenId)), userId, email });
      await outbox.append(tx, emailChangeRequested(userId, { tokenId }));
    });
    outbox.notifyRelay();
    securityLog.record('email-change-requested', { accountId: userId });
  }

  /**
   * Changes the address, which is verified by that, and signs the account out on every other device. A repeat with the same
   * link changes nothing.
   *
   * @throws InvalidTokenError forged, expired, used, or of another account
   * @throws EmailTakenError somebody else took the address meanwhile
   */
  async confirm(
    { userId, sessionId }: Pick<Viewer, 'userId' | 'sessionId'>,
    token: string,
  ): Promise<Verified> {
    const { database, limiter, outbox, securityLog, sessions, tokens } = this.deps;
    await limiter.consume({
      ...{ action: 'email-change', by: userId, allowance: { burst: 20, everySeconds: 30 } },
    });
    const tokenId = tokens.open(token);
    if (!tokenId) throw new InvalidTokenError(['token']);
    const claim = { tokenId, hash: sha256(token), userId };
    const changed = await database
      .transaction((tx) => this.change(tx, claim, sessionId))
      .catch((error: unknown) => {
        throw violatedConstraint(error) === 'app_user_email' ? new EmailTakenError() : error;
      });
    outbox.notifyRelay();
    sessions.forgetAllOf(userId);
    securityLog.record('email-changed', { accountId: userId });
    return changed;
  }

  /** Makes the link of a mail when it is sent; null if it opens nothing by then. */
  readonly mailedLink: LinkMaker = async ({ id, language }) => {
    const { database, tokens, links } = this.deps;
    const change = await database.row(changeForMail, { tokenId: id });
    return change?.isOpen ? links(language, `/change-email?token=${tokens.sign(id)}`) : null;
  };

  private async change(
    tx: Tx,
    claim: { tokenId: string; hash: Buffer; userId: string },
    sessionId: string,
  ): Promise<Verified> {
    const { merging, outbox, passwords, sessions } = this.deps;
    const { tokenId, userId } = claim;
    const account = await tx.row(lockMailbox, { userId });
    const link = account && (await tx.row(useChange, { ...claim, replaced: account.email }));
    if (!link) {
      const user = await tx.row(doneChange, claim);
      if (user) return { user, joinedOrders: 0 };
      throw new InvalidTokenError(['token']);
    }
    const user = await tx.row(setEmail, { userId, email: link.email });
    if (!user) throw new InvalidTokenError(['token']);
    await passwords.voidLinks(tx, userId);
    await sessions.revokeAllBut(tx, userId, sessionId);
    const joinedOrders = await merging.joinProved(tx, userId);
    await outbox.append(tx, emailChanged(userId, { tokenId }));
    return { user, joinedOrders };
  }
}
