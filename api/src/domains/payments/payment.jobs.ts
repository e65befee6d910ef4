import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { CaptureService } from './capture.service.js';
import type { PaymentReconciler } from './reconciliation/payment-reconciler.js';
import type { RefundService } from './refunds/refund.service.js';
import type { StalePaymentReconciler } from './reconciliation/stale-payment-reconciler.js';
import type { WebhookInbox } from './webhooks/webhook-inbox.js';
import { refundRequested, voidRequested, webhookReceived } from './payment.events.js';

const EVERY_MINUTE = '* * * * *';
const EARLY_MORNING = '20 2 * * *';

const reconcileJob = defineJob({
  queue: 'payments.reconcile',
  formerly: 'orders.reconcile',
  payload: z.object({}),
  schedule: EVERY_MINUTE,
  exclusive: true,
});
const stalePaymentsJob = defineJob({
  queue: 'payments.reconcile-stale',
  formerly: ['orders.reconcile-stale-payments', 'orders.sweep-payments'],
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
const applyWebhookJob = defineJob({
  queue: 'payments.apply-webhook',
  payload: z.object({ provider: z.string(), eventId: z.string(), objectId: z.string().optional() }),
  retryLimit: 10,
  // An event that hangs must not delay the others; two events about one object would only read the same.
  concurrency: 6,
  oneAtATimeBy: ({ provider, objectId, eventId }) => `${provider}:${objectId ?? eventId}`,
});

export interface PaymentJobDeps {
  readonly reconciler: PaymentReconciler;
  readonly stalePayments: StalePaymentReconciler;
  readonly refunds: RefundService;
  readonly captures: CaptureService;
  readonly webhooks: WebhookInbox;
}

/** All of these may run twice: each reads the present state and changes it only from the state it expects. */
export function paymentJobs(deps: PaymentJobDeps): HandledJob[] {
  return [
    handleJob(reconcileJob, () => deps.reconciler.run()),
    handleJob(stalePaymentsJob, () => deps.stalePayments.run()),
    handleJob(settleRefundJob, ({ refundId }) => deps.refunds.settle(refundId)),
    handleJob(voidPaymentJob, ({ paymentId }) => deps.captures.void(paymentId)),
    handleJob(applyWebhookJob, ({ provider, eventId }) =>
      deps.webhooks.process(provider, eventId, (subject) => deps.reconciler.reconcileSubject(subject)),
    ),
  ];
}

export const paymentSubscriptions: Subscription[] = [
  on(webhookReceived, applyWebhookJob, ({ payload }) => payload),
  on(voidRequested, voidPaymentJob, ({ payload }) => payload),
  on(refundRequested, settleRefundJob, ({ payload }) => payload),
];
