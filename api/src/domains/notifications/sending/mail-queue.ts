import {
  MailRejectedError,
  MailUnavailable,
  type MailBounce,
  type MailProvider,
} from '../../../integrations/mail/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Language } from '../../../kernel/languages.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import * as sql from './mail-queue.statements.js';
import type { ClaimedMail } from './mail-queue.statements.js';
import type { RenderedMail } from '../../../platform/mails/define-mail.js';
import type { SettingsService } from '../../store/index.js';
import {
  SECOND,
  SENDER_IS_DEAD_AFTER,
  LOOK_AFTER,
  LONGEST_BACKOFF,
  ACCOUNT_MAILS_PER_DAY,
  RESET_LINKS_PER_DAY,
  RESET_IS_STALE_AFTER,
  GIVEN_UP_AFTER,
  LONGEST_RUN,
  TEST_LIMIT_SECONDS,
} from './mail-queue-limits.js';
import { rateLimited } from '../../identity/index.js';
import { mailFrame } from '../templates/mail-frame.js';
import { asTest, isTest } from './test-mails.js';
import type { Mails } from '../../../platform/mails/mails.js';

/** A mail to be sent once, however often it is queued: `dedupeKey` is unique over all time. */
export interface QueuedMail {
  /** `order:<id>:confirmation`. */
  readonly dedupeKey: string;
  readonly to: string;
  /** The name of the mail. */
  readonly template: string;
  readonly language: Language;
  readonly model: object;
}

export interface MailQueueDeps {
  readonly database: Database;
  readonly mail: MailProvider;
  readonly mails: Pick<Mails, 'render'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly from: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many mails one address may receive within 24 hours, except mails to the owner. */
  readonly mailsPerDay: number;
  /** Called once for each sent mail, in the transaction that records it. */
  readonly onSent: (tx: Tx, mail: { dedupeKey: string; template: string }) => Promise<void>;
  /** Called once for each mail that will not arrive, in the transaction that records it. */
  readonly onFailed: (tx: Tx, mail: { id: string; dedupeKey: string; template: string }) => Promise<void>;
}

/**
 * Sends each mail once, as far as possible with a provider without idempotency keys.
 *
 * Every step is a conditional update of one row, committed before and after the provider call, so a process may crash
 * at any point. A lost response makes the mail UNKNOWN; it is then searched at the provider by key before it is sent
 * again.
 */
export class MailQueue {
  constructor(private readonly deps: MailQueueDeps) {}

  /** Stores the mail; an existing key changes nothing. */
  async queue(mail: QueuedMail): Promise<void> {
    await this.deps.database.transaction((tx) => this.store(tx, mail));
  }

  /**
   * Stores the mail within a transaction and answers the id that it has unless its key existed.
   *
   * @throws GraphQLError RATE_LIMITED for a test beyond the limit: staff see that at once, so it is not stored as failed
   */
  async store(tx: Tx, { dedupeKey, to, template, language, model }: QueuedMail): Promise<string> {
    const { clock, mailsPerDay, logger, onFailed } = this.deps;
    const id = newId();
    const written = await tx.row(sql.insertMail, {
      ...{ id, dedupeKey, recipient: to, template, language, model, mailsPerDay },
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
    if (
      mail.template === 'password-reset' &&
      mail.createdAt.getTime() < this.in(-RESET_IS_STALE_AFTER).getTime()
    ) {
      return this.recordFailed(mail, 'Its link expired before it could be sent');
    }
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
    await this.recordSent(mail, messageId);
    this.deps.logger.info({ mailId: mail.id, template: mail.template }, 'Mail sent');
  }

  /** Null if the template throws for this model: a bug, so the mail waits for a fixed version. */
  private async render(mail: ClaimedMail): Promise<RenderedMail | null> {
    try {
      const frame = await mailFrame(this.deps.settings, { ...mail, forStaff: isTest(mail) });
      const rendered = this.deps.mails.render(mail.template, frame, mail.model);
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
    if (messageId !== null) return this.recordSent(mail, messageId);
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

  private async recordSent(mail: ClaimedMail, messageId: string): Promise<void> {
    const { database, clock, onSent } = this.deps;
    await database.transaction(async (tx) => {
      const noted = await tx.count(sql.recordSent, {
        mailId: mail.id,
        attempts: mail.attempts,
        messageId,
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

  private isTooOld({ createdAt }: ClaimedMail): boolean {
    return createdAt.getTime() < this.in(-GIVEN_UP_AFTER).getTime();
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
