import type { CaptureMethod, PaymentProvider } from '../../integrations/payments/port.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { DomainModule } from '../../platform/module.js';
import { DisputeService } from './dispute.service.js';
import { DisputeEntity, PaymentEntity, RefundEntity, WebhookEventEntity } from './payment.entity.js';
import { PaymentService } from './payment.service.js';
import { RefundService } from './refund.service.js';
import { WebhookInbox } from './webhook-inbox.js';

export const paymentsModule: DomainModule = {
  entities: [PaymentEntity, RefundEntity, DisputeEntity, WebhookEventEntity],
  resolvers: [],
};

/** Builds the domain's services. */
export function createPayments(deps: {
  database: Database;
  outbox: Outbox;
  keys: RequestKeys;
  provider: PaymentProvider;
  captureMethod: CaptureMethod;
}): {
  payments: PaymentService;
  refunds: RefundService;
  webhooks: WebhookInbox;
  disputes: DisputeService;
} {
  const { database, outbox, keys, provider, captureMethod } = deps;
  return {
    payments: new PaymentService(database, provider, outbox, captureMethod),
    refunds: new RefundService(database, provider, outbox),
    webhooks: new WebhookInbox(database, provider, outbox, keys),
    disputes: new DisputeService(database, provider, outbox),
  };
}
