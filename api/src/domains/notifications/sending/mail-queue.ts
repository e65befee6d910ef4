import { MailRejectedError, MailUnavailable, type MailBounce } from '../../../integrations/mail/port.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import * as sql from './mail-queue.statements.js';
import type { ClaimedMail } from './mail-queue.statements.js';
import type { RenderedMail } from '../../../platform/mails/define-mail.js';
import {
  SECOND,
  SENDER_IS_DEAD_AFTER,
  LOOK_AFTER,
  LONGEST_BACKOFF,
  ACCOUNT_MAILS_PER_DAY,
  RESET_LINKS_PER_DAY,
  GIVEN_UP_AFTER,
  LONGEST_RUN,
  TEST_LIMIT_SECONDS,
} from './mail-queue-limits.js';
import { rateLimited } from '../../identity/index.js';
import type { MailQueueDeps, QueuedMail } from './queued-mail.js';
import { mailFrame } from '../templates/mail-frame.js';
import { asTest, isTest } from './test-mails.js';

/**
 * Sends each mail once, as far as possible with a provider without idempotency keys.
 *
 * Every step is a conditional update of one row, committed before and after the provider call, so a process may crash
 * at any point. A lost response makes the mail UNKNOWN; it is then searched at the provider by key before it is sent
 * again.
 */
export class MailQueue {
  constructor(private readonly deps: MailQueueDeps) {}

  /** Stores the mail if it is (still) due; an existing key changes nothing. */
  async queue(mail: QueuedMail): Promise<void> {
    await this.deps.database.transaction(async (tx) => {
      if (!mail.isDue || (await mail.isDue(tx))) await this.store(tx, mail);
    });
  }

  /**
   * Stores the mail within a transaction and answers the id that it has unless its key existed. Other mails to the address
   * wait until the transaction ends: it should end soon.
   *
   * @throws GraphQLError RATE_LIMITED for a test beyond the limit: staff see that at once, so it is not stored as failed
   */
  async store(tx: Tx, { dedupeKey, to, template, language, model, ...when }: QueuedMail): Promise<string> {
    const { clock, mails, mailsPerDay, logger, onFailed } = this.deps;
    const id = newId();
    await tx.rows(sql.countAlone, { recipient: to });
    const written = await tx.row(sql.insertMail, {
      ...{ id, dedupeKey, recipient: to, template, language, model, mailsPerDay },
      ...{ notBefore: when.notBefore ?? null, cancelKey: when.cancelKey ?? null },
      version: mails.versionOf(template, language),
      now: clock.now(),
      noticesPerDay: ACCOUNT_MAILS_PER_DAY,
      linksPerDay: RESET_LINKS_PER_DAY,
    });
    if (written?.status !== 'FAILED') return id;
    if (isTest({ dedupeKey })) throw rateLimited(TEST_LIMIT_SECONDS);
    await onFailed(tx, { id, dedupeKey, template });
    logger.warn({ mailId: id, template }, 'A mail was held back: too many to one address within a day');
    return id;
  }

  /**
   * Sends this mail unless it was sent, is being sent, or waits for another attempt. Provider errors are recorded,
   * never thrown.
   */
  async sendNow(dedupeKey: string): Promise<void> {
    const mail = await this.deps.database.row(sql.claimByKey, {
      now: this.deps.clock.now(),
      nextAttemptAt: this.in(SENDER_IS_DEAD_AFTER),
      dedupeKey,
    });
    if (mail) await this.send(mail);
  }

  /** Sends due mails and recovers abandoned ones. Several runs may overlap: rows are claimed one by one. */
  async sendDue(): Promise<void> {
    const end = Date.now() + LONGEST_RUN;
    await this.deps.database.count(sql.doubtAbandoned, { nextAttemptAt: this.deps.clock.now() });
    while (Date.now() < end) {
      const mail = await this.claim(sql.claimNextDoubtful, LOOK_AFTER[1]);
      if (!mail) break;
      await this.guarded(mail, () => this.lookUp(mail));
    }
    while (Date.now() < end) {
      const mail = await this.claim(sql.claimNextQueued, SENDER_IS_DEAD_AFTER);
      if (!mail) break;
      await this.guarded(mail, () => this.send(mail));
    }
  }

  /**
   * Records that a mail was refused after it had been accepted. False for an unknown mail, or a bounce already
   * recorded.
   *
   * @throws MailUnavailable while the sending itself is not recorded yet: the provider must repeat the webhook
   */
  async bounced({ messageId, key, reason }: MailBounce): Promise<boolean> {
    const { database, clock, onFailed } = this.deps;
    return database.transaction(async (tx) => {
      const mail = await tx.row(sql.recordBounce, { messageId, reason, updatedAt: clock.now() });
      if (mail) await onFailed(tx, mail);
      else if (key && (await tx.row(sql.isUnderWay, { key })))
        throw new MailUnavailable('The mail is still being sent');
      return mail !== null;
    });
  }

  /**
   * Stops the mails of this key that are not sent, within a transaction; answers how many. What is being handed to the mail
   * service at this moment goes out, but is not tried again. The claim of a sender and this update lock the same row.
   */
  cancel(tx: Tx, cancelKey: string): Promise<number> {
    return tx.count(sql.cancelByKey, { cancelKey, now: this.deps.clock.now() });
  }

  /** Stops one mail that waits; false when it does not (any more). */
  async cancelOne(tx: Tx, id: string): Promise<boolean> {
    return (await tx.count(sql.cancelById, { id, now: this.deps.clock.now() })) === 1;
  }

  /** Copies a mail, optionally to another address. Null if its content is no longer stored. */
  copy(tx: Tx, id: string, recipient: string | null): Promise<{ id: string; dedupeKey: string } | null> {
    return tx.row(sql.copyMail, { id, copyId: newId(), recipient, nextAttemptAt: this.deps.clock.now() });
  }

  /** A failure of one mail never blocks the others. */
  private async guarded(mail: ClaimedMail, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.deps.logger.error({ mailId: mail.id, err: error }, 'A mail could not be processed');
    }
  }

  private async send(mail: ClaimedMail): Promise<void> {
    const rendered = await this.render(mail);
    if (!rendered) return;
    let messageId: string;
    try {
      messageId = await this.deps.mail.send({
        from: this.deps.from,
        to: mail.recipient,
        key: mail.id,
        ...rendered,
      });
    } catch (error) {
      return this.recordTrouble(mail, error as Error);
    }
    await this.recordSent(mail, messageId, this.deps.mails.versionOf(mail.template, mail.language));
    this.deps.logger.info({ mailId: mail.id, template: mail.template }, 'Mail sent');
  }

  /**
   * Null if a link of it opens nothing any more: then it has failed. Null too if the template throws for this model: a bug,
   * so the mail waits for a fixed version.
   */
  private async render(mail: ClaimedMail): Promise<RenderedMail | null> {
    try {
      const frame = await mailFrame(this.deps, { ...mail, forStaff: isTest(mail) });
      const model = await this.deps.mails.links.fill(mail.model, frame.language);
      if (!model) {
        await this.recordFailed(mail, 'Its link expired before it could be sent');
        return null;
      }
      const rendered = this.deps.mails.render(mail.template, frame, model);
      return isTest(mail) ? asTest(rendered, frame.language) : rendered;
    } catch (error) {
      await this.postpone(mail, 'The template failed');
      this.deps.logger.error(
        { mailId: mail.id, template: mail.template, err: error },
        'A mail could not be written',
      );
      return null;
    }
  }

  private async recordTrouble(mail: ClaimedMail, error: Error): Promise<void> {
    const log = { mailId: mail.id, template: mail.template, attempt: mail.attempts, reason: error.message };
    if (error instanceof MailRejectedError) {
      await this.recordFailed(mail, error.message);
      this.deps.logger.warn(log, 'A mail was refused for good');
    } else if (error instanceof MailUnavailable) {
      await this.postpone(mail, error.message);
      this.deps.logger.warn(log, 'A mail could not be sent yet');
    } else {
      // MailOutcomeUnknown, and all unexpected errors: the mail may have been sent.
      await this.record(sql.recordDoubt, mail, error.message, this.in(LOOK_AFTER[0]));
      this.deps.logger.warn(log, 'It is unknown yet whether a mail was sent');
    }
  }

  private async lookUp(mail: ClaimedMail): Promise<void> {
    let messageId: string | null;
    try {
      messageId = await this.deps.mail.find(mail.id);
    } catch (error) {
      // A failed search is not "not found"; the claim has already scheduled the next search.
      const reason = (error as Error).message;
      this.deps.logger.warn({ mailId: mail.id, reason }, 'A mail could not be looked up');
      if (this.isTooOld(mail))
        await this.recordFailed(mail, `It is not known whether it was sent: ${reason}`);
      return;
    }
    if (messageId !== null) return this.recordSent(mail, messageId, null);
    if (mail.lookups + 1 < LOOK_AFTER.length) {
      await this.deps.database.count(sql.recordLookup, {
        mailId: mail.id,
        attempts: mail.attempts,
        updatedAt: this.deps.clock.now(),
      });
    } else {
      await this.record(
        sql.putBack,
        mail,
        'The provider knows nothing of it: sent again',
        this.deps.clock.now(),
      );
    }
  }

  /** @param version of what was sent; null where another attempt sent it, whose version it then keeps */
  private async recordSent(mail: ClaimedMail, messageId: string, version: string | null): Promise<void> {
    const { database, clock, onSent } = this.deps;
    await database.transaction(async (tx) => {
      const noted = await tx.count(sql.recordSent, {
        mailId: mail.id,
        attempts: mail.attempts,
        messageId,
        version,
        updatedAt: clock.now(),
      });
      if (noted === 1) await onSent(tx, mail);
    });
  }

  private async recordFailed(mail: ClaimedMail, reason: string): Promise<void> {
    const { database, clock, onFailed } = this.deps;
    await database.transaction(async (tx) => {
      const noted = await tx.count(sql.recordFailed, {
        mailId: mail.id,
        attempts: mail.attempts,
        reason,
        updatedAt: clock.now(),
      });
      if (noted === 1) await onFailed(tx, mail);
    });
  }

  private postpone(mail: ClaimedMail, reason: string): Promise<void> {
    if (this.isTooOld(mail)) return this.recordFailed(mail, reason);
    const backoff = Math.min(15 * SECOND * 2 ** (mail.attempts - 1), LONGEST_BACKOFF);
    return this.record(sql.putBack, mail, reason, this.in(backoff));
  }

  private isTooOld({ createdAt, notBefore }: ClaimedMail): boolean {
    return (notBefore ?? createdAt).getTime() < this.in(-GIVEN_UP_AFTER).getTime();
  }

  private claim(statement: sql.ClaimNext, milliseconds: number): Promise<ClaimedMail | null> {
    const nextAttemptAt = this.in(milliseconds);
    return this.deps.database.row(statement, { now: this.deps.clock.now(), nextAttemptAt });
  }

  private async record(
    statement: sql.RecordNextAttempt,
    mail: ClaimedMail,
    reason: string,
    nextAttemptAt: Date,
  ): Promise<void> {
    const { id: mailId, attempts } = mail;
    const now = this.deps.clock.now();
    await this.deps.database.count(statement, { mailId, attempts, reason, now, nextAttemptAt });
  }

  private in(milliseconds: number): Date {
    return new Date(this.deps.clock.now().getTime() + milliseconds);
  }
}
