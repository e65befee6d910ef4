import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { statement, type Database, type Tx, t, rowOf } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { mailCancelled, mailResent } from './mail.events.js';
import { EmailEntity } from './email.entity.js';
import type { MailQueue } from './sending/mail-queue.js';

export const EMAIL_COLUMNS = `id, dedupe_key AS "dedupeKey", recipient, template, language, status, attempts, message_id AS "messageId", error,
  template_version AS "templateVersion", not_before AS "notBefore", created_at AS "createdAt", updated_at AS "updatedAt", substring(dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid AS "orderId"`;

/** A mail in the list: never with its content, which may contain links that open an order. */
export type EmailRow = Omit<
  EmailEntity,
  'model' | 'lookups' | 'nextAttemptAt' | 'cancelKey' | 'cancelledAt'
> & {
  readonly orderId: string | null;
};

/** The row of `EMAIL_COLUMNS`. */
export const EMAIL_ROW = {
  ...rowOf(EmailEntity, [
    'id',
    'status',
    'createdAt',
    'updatedAt',
    'language',
    'dedupeKey',
    'recipient',
    'template',
    'attempts',
    'messageId',
    'error',
    'templateVersion',
    'notBefore',
  ]),
  orderId: t.uuid.orNull,
};

const emailById = statement('notifications.by-id', {
  params: { id: t.uuid },
  row: EMAIL_ROW,
  sql: `SELECT ${EMAIL_COLUMNS} FROM email WHERE id = :id`,
});

export interface ResendRequest {
  readonly id: string;
  /** Another recipient; null for the original one. */
  readonly recipient: string | null;
  readonly key: string;
  readonly actorId: string;
}

/**
 * Resends mails for staff. One transaction: first the idempotency key, then a copy of the mail under a key of its own
 * and the event that sends it. The original mail does not change.
 */
export class Resending {
  constructor(
    private readonly deps: { database: Database; keys: RequestKeys; mailQueue: MailQueue; outbox: Outbox },
  ) {}

  findEmail(id: string): Promise<EmailRow | null> {
    return this.deps.database.row(emailById, { id });
  }

  /**
   * Stops a mail that waits. One transaction: a sender that claims it at the same moment waits for the row, or this does.
   *
   * @throws NotFoundError | DomainError EMAIL_NOT_WAITING
   */
  async cancel(id: string, actorId: string): Promise<EmailRow | null> {
    const { database, outbox } = this.deps;
    if (!(await this.findEmail(id))) throw new NotFoundError('email', ['emailId']);
    await database.transaction((tx) => this.cancelIn(tx, id, actorId));
    outbox.notifyRelay();
    return this.findEmail(id);
  }

  /** The same in a transaction of the caller. */
  async cancelIn(tx: Tx, id: string, actorId: string): Promise<void> {
    const { mailQueue, outbox } = this.deps;
    if (!(await mailQueue.cancelOne(tx, id)))
      throw new DomainError('EMAIL_NOT_WAITING', 'It is on its way, was sent or was given up.', ['emailId']);
    await outbox.append(tx, mailCancelled(id, { by: actorId }));
  }

  /**
   * Returns the new mail; a repeat with the same key returns the first one's.
   *
   * @throws NotFoundError | DomainError NOTHING_TO_RESEND
   */
  async resend({ id, recipient, key, actorId }: ResendRequest): Promise<EmailRow | null> {
    const { database, keys, outbox } = this.deps;
    if (!(await this.findEmail(id))) throw new NotFoundError('email', ['emailId']);
    const copyId = await database.transaction(async (tx) => {
      const claim = { actor: `user:${actorId}`, operation: 'emailResend', key, body: { id, recipient } };
      const earlier = await keys.claim(tx, claim);
      if (earlier) return (earlier.response as { id?: string } | null)?.id ?? null;
      const made = await this.resendIn(tx, id, recipient);
      await keys.storeResult(tx, claim, { id: made });
      return made;
    });
    outbox.notifyRelay();
    return copyId ? this.findEmail(copyId) : null;
  }

  /** The same in a transaction of the caller, without a key. Returns the id of the new mail. */
  async resendIn(tx: Tx, id: string, recipient: string | null): Promise<string> {
    const { mailQueue, outbox } = this.deps;
    const copy = await mailQueue.copy(tx, id, recipient);
    if (!copy)
      throw new DomainError('NOTHING_TO_RESEND', 'Its content is not kept any more, or it is on its way.', [
        'id',
      ]);
    await outbox.append(tx, mailResent(copy.id, { dedupeKey: copy.dedupeKey }));
    return copy.id;
  }
}
