import { newId } from '../../../kernel/ids.js';
import { NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { RenderedMail } from '../../../platform/mails/define-mail.js';
import type { Mails } from '../../../platform/mails/mails.js';
import { regionalGroup } from '../../store/index.js';
import { mailResent } from '../mail.events.js';
import type { MailQueue } from '../sending/mail-queue.js';
import { mailFrame, type MailFrameDeps } from '../templates/mail-frame.js';
import { testKey } from '../sending/test-mails.js';

const addressOfStaff = statement('notifications.address-of-staff', {
  params: { id: t.uuid },
  row: { email: t.text },
  sql: `SELECT email FROM app_user WHERE id = :id`,
});

interface MailTemplatesDeps extends MailFrameDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly mails: Mails;
  readonly mailQueue: MailQueue;
}

export interface TestMailRequest {
  readonly template: string;
  readonly language: Language;
  readonly key: string;
  readonly actorId: string;
}

/** The mails of the shop as staff look at them: with made-up data, on the screen or in their own mailbox. */
export class MailTemplates {
  constructor(private readonly deps: MailTemplatesDeps) {}

  names(): string[] {
    return this.deps.mails.names();
  }

  versionOf(template: string, language: Language): string | null {
    return this.deps.mails.versionOf(template, language);
  }

  /** What the mail would say now, also in a language that is not offered yet. Null for a mail that does not exist. */
  async preview(template: string, language: Language): Promise<RenderedMail | null> {
    const { mails } = this.deps;
    const frame = await mailFrame(this.deps, { template, language, forStaff: true });
    const model = await this.sample(template, language);
    return model && mails.render(template, frame, model);
  }

  /**
   * Sends the preview to who asks for it. One transaction: first the idempotency key, then the mail and the event that
   * sends it. Answers the id of the mail; a repeat with the same key the first one's.
   *
   * @throws NotFoundError for a mail that does not exist
   */
  async sendTest({ template, language, key, actorId }: TestMailRequest): Promise<string | null> {
    const { database, keys, outbox, mailQueue } = this.deps;
    const model = await this.sample(template, language);
    if (!model) throw new NotFoundError('email', ['template']);
    const id = await database.transaction(async (tx) => {
      const claim = {
        ...{ actor: `user:${actorId}`, operation: 'emailTestSend', key },
        body: { template, language },
      };
      const earlier = await keys.claim(tx, claim);
      if (earlier) return (earlier.response as { id?: string } | null)?.id ?? null;
      const to = await tx.row(addressOfStaff, { id: actorId });
      if (!to) throw new NotFoundError('user');
      const dedupeKey = testKey(newId());
      const mailId = await mailQueue.store(tx, { dedupeKey, to: to.email, template, language, model });
      await keys.storeResult(tx, claim, { id: mailId });
      await outbox.append(tx, mailResent(mailId, { dedupeKey }));
      return mailId;
    });
    outbox.notifyRelay();
    return id;
  }

  private async sample(template: string, language: Language): Promise<object | null> {
    const { mails, settings } = this.deps;
    const { currency } = await settings.get(regionalGroup);
    return mails.sample(template, { language, currency });
  }
}
