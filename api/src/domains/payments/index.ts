export { PaymentEntity, type PaymentStateName } from './payment.entity.js';
export { PaymentMethod } from './payment-method.js';
export { PaymentService } from './payment.service.js';
export { claimUnfinished, paymentsByOrder, succeededRefunds } from './payment.statements.js';
export { Payment, PaymentProviderName, PaymentSession, PaymentState, toSession } from './payment.type.js';
export { RefundService } from './refund.service.js';
export { applyWebhookJob, WebhookInbox } from './webhook-inbox.js';
