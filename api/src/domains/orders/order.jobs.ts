import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { applyWebhookJob, type RefundService, type WebhookInbox } from '../payments/index.js';
import type { OrderClosingService } from './order-closing.service.js';
import type { PaymentReconciler } from './payment-reconciler.js';
import type { StalePaymentReconciler } from './stale-payment-reconciler.js';
import type { RefundBookkeeping } from './refund-bookkeeping.js';

const EVERY_MINUTE = '* * * * *';
const EARLY_MORNING = '20 2 * * *';

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
const stalePaymentsJob = defineJob({
  queue: 'orders.reconcile-stale-payments',
  formerly: 'orders.sweep-payments',
  payload: z.object({}),
  schedule: EARLY_MORNING,
  exclusive: true,
});
const settleRefundJob = defineJob({
  queue: 'payments.settle-refund',
  payload: z.object({ refundId: z.uuid() }),
  retryLimit: 10,
  concurrency: 3,
});
const voidPaymentJob = defineJob({
  queue: 'payments.void',
  payload: z.object({ paymentId: z.uuid() }),
  retryLimit: 10,
});
const bookRefundJob = defineJob({ queue: 'orders.book-refund', payload: z.object({ orderId: z.uuid() }) });
const disputeAlertJob = defineJob({
  queue: 'orders.tell-dispute',
  payload: z.object({ disputeId: z.uuid(), kind: z.enum(['DISPUTED', 'DISPUTE_CLOSED']) }),
});

export interface OrderJobDeps {
  readonly closing: OrderClosingService;
  readonly reconciler: PaymentReconciler;
  readonly stalePayments: StalePaymentReconciler;
  readonly bookkeeping: RefundBookkeeping;
  readonly refunds: RefundService;
  readonly webhooks: WebhookInbox;
}

/** All of these may run twice: each reads the present state and changes it only from the state it expects. */
export function orderJobs(deps: OrderJobDeps): HandledJob[] {
  return [
    handleJob(expireJob, () => deps.closing.expireDue()),
    handleJob(reconcileJob, () => deps.reconciler.run()),
    handleJob(stalePaymentsJob, () => deps.stalePayments.run()),
    handleJob(settleRefundJob, ({ refundId }) => deps.refunds.settle(refundId)),
    handleJob(voidPaymentJob, ({ paymentId }) => deps.closing.voidPayment(paymentId)),
    handleJob(bookRefundJob, ({ orderId }) => deps.bookkeeping.apply(orderId)),
    handleJob(disputeAlertJob, ({ disputeId, kind }) =>
      deps.bookkeeping.alertOwnerOfDispute(disputeId, kind),
    ),
    handleJob(applyWebhookJob, ({ provider, eventId }) =>
      deps.webhooks.process(provider, eventId, (subject) => deps.reconciler.reconcileSubject(subject)),
    ),
  ];
}

export const orderEvents: Subscription[] = [
  onEvent(
    'payment.webhook-received',
    applyWebhookJob,
    ({ payload }) => payload as { provider: string; eventId: string; objectId?: string },
  ),
  onEvent('payment.void', voidPaymentJob, ({ payload }) => ({ paymentId: String(payload.paymentId) })),
  onEvent('refund.requested', settleRefundJob, ({ payload }) => payload as { refundId: string }),
  onEvent('refund.changed', bookRefundJob, ({ aggregateId }) => ({ orderId: aggregateId })),
  onEvent('dispute.opened', disputeAlertJob, ({ payload }) => ({
    disputeId: String(payload.disputeId),
    kind: 'DISPUTED' as const,
  })),
  onEvent('dispute.closed', disputeAlertJob, ({ payload }) => ({
    disputeId: String(payload.disputeId),
    kind: 'DISPUTE_CLOSED' as const,
  })),
];
