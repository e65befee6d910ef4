export {
  disputeClosed,
  disputeOpened,
  paymentMismatch,
  paymentOutage,
  refundChanged,
  refundFailed,
  refusedLate,
  webhookDead,
} from './payment.events.js';
export { PaymentEntity } from './payment.entity.js';
export { PaymentProviders } from './payment-providers.js';
export type { TestPayments } from './test-payments.js';
export { ProviderWatch } from './provider-watch.js';
export { RefundStatus } from './refund-state.js';
export { PaymentMethod } from './payment-method.js';
export { PaymentService } from './payment.service.js';
export { disputeById, disputesByOrder, paymentsByOrder } from './payment.statements.js';
export { Payment, PaymentProviderName, PaymentSession, PaymentStatus, toSession } from './payment.type.js';
export type { DisputeRow, DisputeService } from './dispute.service.js';
export type { WebhookInbox } from './webhook-inbox.js';
export { Dispute, DisputeConnection } from './dispute.type.js';
export { DisputeList, PaymentPage } from './payment-lists.js';
export type { CaptureClaim, CaptureService } from './capture.service.js';
export type { OfflinePayments } from './offline-payments.js';
export type { PaymentAlerts, PaymentTrouble } from './payment-alerts.js';
export type { PaymentFinalizer } from './payment-finalizer.js';
export type {
  Cancellation,
  CancelledPayment,
  FailedAttempt,
  PaymentPurpose,
  PaymentPurposes,
  ProcessingPayment,
} from './payment-purposes.js';
