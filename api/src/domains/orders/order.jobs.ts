import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { disputeClosed, disputeOpened, refundChanged } from '../payments/index.js';
import type { OrderClosingService } from './closing/order-closing.service.js';
import type { RefundBookkeeping } from './refunds/refund-bookkeeping.js';

const EVERY_MINUTE = '* * * * *';
const expireJob = defineJob({
  queue: 'orders.expire',
  payload: z.object({}),
  schedule: EVERY_MINUTE,
  exclusive: true,
});
const recordRefundJob = defineJob({
  queue: 'orders.record-refund',
  payload: z.object({ orderId: z.uuid() }),
  formerly: 'orders.book-refund',
});
const recordDisputeJob = defineJob({
  queue: 'orders.record-dispute',
  formerly: 'orders.tell-dispute',
  payload: z.object({ disputeId: z.uuid(), kind: z.enum(['DISPUTED', 'DISPUTE_CLOSED']) }),
});

export interface OrderJobDeps {
  readonly closing: OrderClosingService;
  readonly bookkeeping: RefundBookkeeping;
}

/** All of these may run twice: each reads the present state and changes it only from the state it expects. */
export function orderJobs(deps: OrderJobDeps): HandledJob[] {
  return [
    handleJob(expireJob, () => deps.closing.expireDue()),
    handleJob(recordRefundJob, ({ orderId }) => deps.bookkeeping.apply(orderId)),
    handleJob(recordDisputeJob, ({ disputeId, kind }) =>
      deps.bookkeeping.alertOwnerOfDispute(disputeId, kind),
    ),
  ];
}

export const orderSubscriptions: Subscription[] = [
  on(refundChanged, recordRefundJob, ({ aggregateId }) => ({ orderId: aggregateId })),
  on(disputeOpened, recordDisputeJob, ({ payload: { disputeId } }) => ({
    disputeId,
    kind: 'DISPUTED' as const,
  })),
  on(disputeClosed, recordDisputeJob, ({ payload: { disputeId } }) => ({
    disputeId,
    kind: 'DISPUTE_CLOSED' as const,
  })),
];
