import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { orderClosed } from '../orders/index.js';
import type { EditPayments } from './edit-payments.js';

const dropEditsJob = defineJob({
  queue: 'orderEditing.drop-edits',
  formerly: 'desk.drop-edits',
  payload: z.object({}),
  schedule: '* * * * *',
  exclusive: true,
});

/** May run twice: an edit is decided once, under its order's lock. */
export function orderEditingJobs(editPayments: EditPayments): HandledJob[] {
  return [handleJob(dropEditsJob, () => editPayments.expireDue())];
}

/** When an order is closed, its open edit is closed at once, and not only with the next run of the schedule. */
export const orderEditingSubscriptions: Subscription[] = [on(orderClosed, dropEditsJob, () => ({}))];
