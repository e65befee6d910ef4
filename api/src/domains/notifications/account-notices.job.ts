import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { EventType } from '../../platform/jobs/define-event.js';
import { passwordChanged, tokenReused } from '../identity/index.js';
import type { MailQueue } from './mail-queue.js';
import type { OrderMailData } from './order-for-mail.js';
import { ACCOUNT_NOTICES, type AccountNotice } from './templates/mail-model.js';

export const accountNoticeJob = defineJob({
  queue: 'notifications.account-notice',
  payload: z.object({
    notice: z.enum(ACCOUNT_NOTICES),
    eventId: z.uuid(),
    userId: z.uuid(),
    /** When it happened, as ISO text. */
    at: z.iso.datetime(),
  }),
});

/** Notifies people of security events of their own account. May run twice: the event's id lets one mail be queued. */
export function sendAccountNotices({
  mailQueue,
  details,
}: {
  mailQueue: MailQueue;
  details: OrderMailData;
}): HandledJob {
  return handleJob(accountNoticeJob, async ({ notice, eventId, userId, at }) => {
    const account = await details.accountForMail(userId);
    if (!account) return;
    const { email, language, firstName, link } = account;
    const dedupeKey = `account:${userId}:${notice}:${eventId}`;
    await mailQueue.queue({
      dedupeKey,
      to: email,
      template: notice,
      language,
      model: { firstName, at, link },
    });
    await mailQueue.sendNow(dedupeKey);
  });
}

const noticeOn = (event: EventType<{ at: string }>, notice: AccountNotice): Subscription =>
  on(event, accountNoticeJob, ({ id, aggregateId, payload: { at } }) => ({
    notice,
    eventId: id,
    userId: aggregateId,
    at,
  }));

/** The events of an account of which its holder is notified, whoever caused them. */
export const accountSubscriptions: Subscription[] = [
  noticeOn(passwordChanged, 'password-changed'),
  noticeOn(tokenReused, 'session-ended'),
];
