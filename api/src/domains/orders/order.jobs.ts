import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import {
  applyWebhookJob,
  type PaymentService,
  type RefundService,
  type WebhookInbox,
} from '../payments/index.js';
import type { OrderClosingService } from './order-closing.service.js';
import type { PaymentFinalizer } from './payment-finalizer.js';
import type { PaymentReconciler } from './payment-reconciler.js';
import type { RefundBookkeeping } from './refund-bookkeeping.js';

const EVERY_MINUTE = '* * * * *';

const expireJob = defineJob({
  queue: 'orders.expire',
  payload: z.object({}),
  schedule: EVERY_MINUTE,
  exclusive: true,
});
const reconcileJob = defineJob({
  queue: 'orders.reconcile',
  payload: z.object({}),
  schedule: EVERY_MINUTE,
  exclusive: true,
});
const settleRefundJob = defineJob({
  queue: 'payments.settle-refund',
  payload: z.object({ refundId: z.uuid() }),
  retryLimit: 10,
});
const bookRefundJob = defineJob({ queue: 'orders.book-refund', payload: z.object({ orderId: z.uuid() }) });

export interface OrderJobParts {
  readonly closing: OrderClosingService;
  readonly reconciler: PaymentReconciler;
  readonly finalizer: PaymentFinalizer;
  readonly bookkeeping: RefundBookkeeping;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly webhooks: WebhookInbox;
}

/** All of these may run twice: each reads the present state and changes it only from where it was. */
export function orderJobs(parts: OrderJobParts): HandledJob[] {
  return [
    handleJob(expireJob, () => parts.closing.expireDue()),
    handleJob(reconcileJob, () => parts.reconciler.run()),
    handleJob(settleRefundJob, ({ refundId }) => parts.refunds.settle(refundId)),
    handleJob(bookRefundJob, ({ orderId }) => parts.bookkeeping.apply(orderId)),
    handleJob(applyWebhookJob, ({ provider, eventId }) =>
      parts.webhooks.process(provider, eventId, async (reference) =>
        parts.finalizer.apply(await parts.payments.provider.retrieveIntent(reference)),
      ),
    ),
  ];
}

export const orderEvents: Subscription[] = [
  onEvent(
    'payment.webhook-received',
    applyWebhookJob,
    ({ payload }) => payload as { provider: string; eventId: string },
  ),
  onEvent('refund.requested', settleRefundJob, ({ payload }) => payload as { refundId: string }),
  onEvent('refund.changed', bookRefundJob, ({ aggregateId }) => ({ orderId: aggregateId })),
];
