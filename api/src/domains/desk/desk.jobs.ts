import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { EditPayments } from './edit-payments.js';

const dropEditsJob = defineJob({
  queue: 'desk.drop-edits',
  payload: z.object({}),
  schedule: '* * * * *',
  exclusive: true,
});

/** May run twice: an edit is decided once, under its order's lock. */
export function deskJobs(editPayments: EditPayments): HandledJob[] {
  return [handleJob(dropEditsJob, () => editPayments.dropDue())];
}

/** An order that ended takes its waiting edit with it at once, and not only at the next minute. */
export const deskEvents: Subscription[] = [onEvent('order.closed', dropEditsJob, () => ({}))];
