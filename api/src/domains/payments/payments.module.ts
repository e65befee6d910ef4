import type { PaymentProvider } from '../../integrations/payments/port.js';
import type { Database } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { DomainModule } from '../../platform/module.js';
import { PaymentEntity, RefundEntity, WebhookEventEntity } from './payment.entity.js';
import { PaymentService } from './payment.service.js';
import { RefundService } from './refund.service.js';
import { WebhookInbox } from './webhook-inbox.js';

export const paymentsModule: DomainModule = {
  entities: [PaymentEntity, RefundEntity, WebhookEventEntity],
  resolvers: [],
};

/** Builds the domain's services. */
export function createPayments(deps: { database: Database; outbox: Outbox; provider: PaymentProvider }): {
  payments: PaymentService;
  refunds: RefundService;
  webhooks: WebhookInbox;
} {
  const { database, outbox, provider } = deps;
  return {
    payments: new PaymentService(database, provider),
    refunds: new RefundService(database, provider, outbox),
    webhooks: new WebhookInbox(database, provider, outbox),
  };
}
