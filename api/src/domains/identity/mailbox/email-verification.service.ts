import { newId } from '../../../kernel/ids.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256, type SignedTokens } from '../../../kernel/tokens.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { LinkMaker } from '../../../platform/mails/secret-link.js';
import type { PageLinks } from '../../store/index.js';
import type { CustomerMerging } from '../customers/upkeep/customer-merge.service.js';
import { InvalidTokenError } from '../identity.errors.js';
import { emailVerifyRequested } from '../identity.events.js';
import type { RateLimiter } from '../sign-in/rate-limiter.js';
import type { UserRow } from '../user.entity.js';
import {
  insertProof,
  lockMailbox,
  mailboxOf,
  proofForMail,
  proveMailbox,
  usedProof,
  useProof,
} from './mailbox.statements.js';

/** The links that one mailbox gets: three, then one every half hour. Earlier ones are valid for days. */
const MAILS = { burst: 3, everySeconds: 1_800 };

export interface EmailVerificationDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly limiter: RateLimiter;
  readonly securityLog: SecurityLog;
  readonly tokens: SignedTokens;
  readonly merging: Pick<CustomerMerging, 'joinProved'>;
  readonly links: PageLinks;
}

export interface Verified {
  readonly user: UserRow;
  /** How many orders of a guest came into the account. */
  readonly joinedOrders: number;
}

/**
 * Shows that the mailbox of an account belongs to its holder.
 *
 * It takes both the link that was mailed and a session of the account. A link alone proves nothing about who chose the
 * password: a stranger may sign up with the address of a buyer, who opens the link of the welcome mail; the stranger would
 * then read what the buyer ordered as a guest. A buyer who does not know the password uses the link for a new one, which
 * ends the stranger's sessions (`PasswordService.reset`).
 *
 * Transaction and locks of `verify`: the account FOR NO KEY UPDATE, the link, then the guest with the same e-mail, the row
 * of the account among the customers, and the guest's notes and orders (`CustomerMerging.joinProved`). No other
 * transaction locks a guest before an account, except that staff who merge the two lock the lower id first: one of the
 * two is then ended as a deadlock and run again. So:
 * - of two verifications at once the second waits for the account, finds its link used, and changes nothing;
 * - a guest's checkout holds the guest's row until its order is there: a verification that comes second moves that order
 *   too, and a checkout that comes second finds the guest gone and is that of a new guest, whom the next link joins;
 * - a checkout of the account itself holds the account FOR SHARE and moves nothing.
 */
export class EmailVerification {
  constructor(private readonly deps: EmailVerificationDeps) {}

  /** Has the link mailed, in the transaction in which the account is made. */
  welcome(tx: Tx, user: Pick<UserRow, 'id' | 'email'>): Promise<void> {
    return this.issue(tx, user, true);
  }

  /**
   * Mails the caller another link. Nothing tells whether it was mailed: beyond the limit of the mailbox the links before
   * it still open the page. Somebody who is verified gets one as well: it brings what was ordered as a guest since then.
   */
  async resend({ userId }: Pick<Viewer, 'userId'>): Promise<void> {
    const { database, limiter, outbox, securityLog } = this.deps;
    await limiter.consume({
      ...{ action: 'email-verify-resend', by: userId, allowance: { burst: 20, everySeconds: 60 } },
    });
    const mailbox = await database.row(mailboxOf, { userId });
    if (!mailbox) return;
    const mail = { action: 'email-verify-mail', by: mailbox.email.toLowerCase(), allowance: MAILS };
    if (!(await limiter.allows(mail))) {
      securityLog.record('rate-limited', { by: mail.by, what: mail.action });
      return;
    }
    await database.transaction(async (tx) => {
      const locked = await tx.row(lockMailbox, { userId });
      if (locked) await this.issue(tx, { id: userId, email: locked.email }, false);
    });
    outbox.notifyRelay();
  }

  /**
   * Marks the mailbox of the caller as theirs and joins what was ordered as a guest with its address. A repeat with the
   * same link changes nothing.
   *
   * @throws InvalidTokenError forged, expired, of another account, or mailed to an address that the account has no longer
   */
  async verify({ userId }: Pick<Viewer, 'userId'>, token: string): Promise<Verified> {
    const { database, limiter, outbox, securityLog, tokens, merging } = this.deps;
    await limiter.consume({
      ...{ action: 'email-verify', by: userId, allowance: { burst: 20, everySeconds: 30 } },
    });
    const tokenId = tokens.open(token);
    if (!tokenId) throw new InvalidTokenError(['token']);
    const verified = await database.transaction(async (tx) => {
      const mailbox = await tx.row(lockMailbox, { userId });
      if (!mailbox) throw new InvalidTokenError(['token']);
      const claim = { tokenId, hash: sha256(token), userId, email: mailbox.email };
      const isFirst = (await tx.count(useProof, claim)) === 1;
      if (!isFirst && !(await tx.row(usedProof, claim))) throw new InvalidTokenError(['token']);
      const user = await tx.row(proveMailbox, { userId });
      if (!user) throw new InvalidTokenError(['token']);
      return { user, joinedOrders: isFirst ? await merging.joinProved(tx, userId) : 0 };
    });
    outbox.notifyRelay();
    securityLog.record('email-verified', { accountId: userId });
    return verified;
  }

  /** Makes the link of a mail when it is sent; null if it opens nothing by then. */
  readonly mailedLink: LinkMaker = async ({ id, language }) => {
    const { database, tokens, links } = this.deps;
    const proof = await database.row(proofForMail, { tokenId: id });
    return proof && links(language, `/verify-email?token=${tokens.sign(id)}`);
  };

  private async issue(tx: Tx, user: Pick<UserRow, 'id' | 'email'>, isNew: boolean): Promise<void> {
    const { tokens, outbox } = this.deps;
    const tokenId = newId();
    const hash = sha256(tokens.sign(tokenId));
    await tx.count(insertProof, { tokenId, hash, userId: user.id, email: user.email });
    await outbox.append(tx, emailVerifyRequested(user.id, { tokenId, isNew }));
  }
}
