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
export { paymentCaptured, type CapturedPayment } from './payment.hooks.js';
export { PaymentEntity, type WebhookEventEntity } from './payment.entity.js';
export { PaymentProviders, type TakesNew } from './providers/payment-providers.js';
export type { TestPayments } from './providers/test-payments.js';
export { ProviderWatch } from './providers/provider-watch.js';
export { RefundStatus } from './refunds/refund-state.js';
export { isOffline, PaymentMethod } from './payment-method.js';
export { bankAccountOf, lockBankTransfer, paymentsGroup, type BankAccount } from './payment-settings.js';
export type { PaymentService } from './payment.service.js';
export { disputeById, disputesByOrder } from './disputes/dispute.statements.js';
export { paymentsByOrder } from './payment.statements.js';
export { intentKey } from './idempotency-keys.js';
export {
  IS_LIVE_REFUND,
  IS_OPEN_DISPUTE,
  IS_OPEN_PAYMENT,
  IS_UNDECIDED_PAYMENT,
  OPEN_STATUSES,
  UNDECIDED_STATUSES,
} from './payment-states.js';
export { ClientQuestions } from './client-questions.js';
export type { PaymentIntents } from './payment-intents.js';
export { assertMayGiveBack, isReservedFor } from './refunds/giving-back.js';
export type { RefundRequests } from './refunds/refund-requests.js';
export {
  Payment,
  PaymentProviderName,
  PROVIDER_NAMES,
  PaymentSession,
  PaymentStatus,
  toSession,
} from './payment.type.js';
export type { DisputeRow, DisputeService } from './disputes/dispute.service.js';
export { Dispute, DisputeConnection } from './disputes/dispute.type.js';
export { hasRightCheckDigits, isIban, plainIban } from './iban.js';
export { DisputeList, eventQuery, PaymentPage, WebhookEventList, type EventQuery } from './payment-lists.js';
export type { WebhookInbox } from './webhooks/webhook-inbox.js';
export { WebhookEventFilter } from './webhooks/webhook-event.type.js';
export type { CaptureClaim, CaptureService } from './capture.service.js';
export { leavingAtLeast } from './ledgers/due-minimum.js';
export {
  Ledgers,
  type AppliedTender,
  type ChosenAccount,
  type Ledger,
  type LedgerAccount,
  type LedgerMove,
} from './ledgers/ledger.js';
export type { Tenders } from './ledgers/tenders.js';
export { CartTender, OrderTender, toCartTenders, toOrderTenders } from './ledgers/tender.type.js';
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
export { isPaymentError, providerErrors } from './payment.errors.js';
