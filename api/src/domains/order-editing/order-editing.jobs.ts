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
  queue: 'orderEditing.drop-edits',
  payload: z.object({}),
  schedule: '* * * * *',
  exclusive: true,
});

/** May run twice: an edit is decided once, under its order's lock. */
export function orderEditingJobs(editPayments: EditPayments): HandledJob[] {
  return [handleJob(dropEditsJob, () => editPayments.dropDue())];
}

/** An order that ended takes its waiting edit with it at once, and not only at the next minute. */
export const orderEditingEvents: Subscription[] = [onEvent('order.closed', dropEditsJob, () => ({}))];
