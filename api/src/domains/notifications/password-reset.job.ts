import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import type { MailQueue } from './sending/mail-queue.js';
import type { OrderMailData } from './order-for-mail.js';

export const passwordResetJob = defineJob({
  queue: 'notifications.password-reset',
  payload: z.object({ tokenId: z.string().min(1).max(200) }),
});

/** May run twice: the request's own key lets one mail through. */
export function sendPasswordReset({
  mailQueue,
  details,
}: {
  mailQueue: MailQueue;
  details: OrderMailData;
}): HandledJob {
  return handleJob(passwordResetJob, async ({ tokenId }) => {
    const reset = await details.resetMail(tokenId);
    if (!reset) return;
    const { email, firstName, language } = reset;
    const dedupeKey = `password-reset:${tokenId}`;
    await mailQueue.queue({
      dedupeKey,
      to: email,
      template: 'password-reset',
      language,
      model: { firstName, link: { secretLink: 'password-reset', id: tokenId } },
    });
    await mailQueue.sendNow(dedupeKey);
  });
}
