import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../../platform/jobs/define-job.js';
import type { MailQueue } from './mail-queue.js';

export const sendDueJob = defineJob({
  queue: 'notifications.send-due',
  payload: z.object({}),
  // The next minute's run is the retry.
  retryLimit: 0,
  schedule: '* * * * *',
  exclusive: true,
});

/** Sends a mail that staff resent. */
export const sendOneJob = defineJob({
  queue: 'notifications.send-one',
  payload: z.object({ dedupeKey: z.string().min(1) }),
});

/** Claims rows one by one, so an overlapping second run only shares the work. */
export function sendDueMails(mailQueue: MailQueue): HandledJob {
  return handleJob(sendDueJob, () => mailQueue.sendDue());
}
