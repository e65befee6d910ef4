import { handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import { mailJob } from '../../platform/mails/define-mail.js';
import type { Mails } from '../../platform/mails/mails.js';
import type { MailQueue } from './sending/mail-queue.js';

/** Sends the mails that modules define. May run twice: the key lets one mail be queued and one claim send it. */
export function sendComposedMails({ mails, mailQueue }: { mails: Mails; mailQueue: MailQueue }): HandledJob {
  return handleJob(mailJob, async ({ mail: name, eventId, about, aggregateId, payload }) => {
    const mail = mails.get(name);
    const composed = await mail.compose({ id: eventId, aggregateId, payload });
    if (!composed) return;
    const { instead: template = name, ...message } = composed;
    const dedupeKey = `${mail.aggregate}:${aggregateId}:${template}:${about}`;
    await mailQueue.queue({ dedupeKey, template, ...message });
    await mailQueue.sendNow(dedupeKey);
  });
}
