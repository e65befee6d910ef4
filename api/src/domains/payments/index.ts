export {
  PaymentEntity,
  RefundEntity,
  type PaymentStateName,
  type RefundStateName,
} from './payment.entity.js';
export { PaymentProviders } from './payment-providers.js';
export type { TestPayments } from './test-payments.js';
export { ProviderWatch } from './provider-watch.js';
export { RefundState } from './refund-state.js';
export { PaymentMethod } from './payment-method.js';
export { PaymentService, type NewPayment, type RefundWish } from './payment.service.js';
export {
  claimUnfinished,
  disputeById,
  disputesByOrder,
  paymentsByOrder,
  succeededRefunds,
} from './payment.statements.js';
export { Payment, PaymentProviderName, PaymentSession, PaymentState, toSession } from './payment.type.js';
export { RefundService } from './refund.service.js';
export { DisputeService, type DisputeRow } from './dispute.service.js';
export { applyWebhookJob, WebhookInbox, type EventSubject } from './webhook-inbox.js';
export { Dispute, DisputeConnection } from './dispute.type.js';
export { DisputeList, PaymentPage } from './payment-lists.js';
