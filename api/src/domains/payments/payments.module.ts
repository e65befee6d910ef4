import type { CaptureMethod } from '../../integrations/payments/port.js';
import type { Database } from '../../platform/database/database.js';
import type { CursorCodec } from '../../kernel/pagination.js';
import { loaderById } from '../../platform/graphql/load-many-by.js';
import { Permission } from '../../platform/graphql/roles.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { DisputeService } from './dispute.service.js';
import { DisputeEntity, PaymentEntity, RefundEntity, WebhookEventEntity } from './payment.entity.js';
import type { PaymentProviders } from './payment-providers.js';
import { oldWebhookBodies } from './old-webhooks.js';
import { PaymentService } from './payment.service.js';
import { ProviderWatch } from './provider-watch.js';
import type { TestPayments } from './test-payments.js';
import { RefundService } from './refund.service.js';
import { DisputeList, WebhookEventList } from './payment-lists.js';
import { eventById } from './payment.statements.js';
import { PaymentResolver, WebhookEventResolver } from './webhook-event.resolver.js';
import { WebhookInbox } from './webhook-inbox.js';

const webhookEvent = loaderById<WebhookEventEntity & Record<string, unknown>>(eventById);

export const paymentsModule = defineModule({
  name: 'payments',
  dependsOn: [],
  tables: {
    payment: KEPT.ledger,
    refund: KEPT.ledger,
    dispute: KEPT.ledger,
    webhook_inbox:
      'Deleted each night: bodies of what was worked off, after so many days (KEEP_…_DAYS, 90 unless set); the id of the event stays, so that a repeated one is known. What could not be worked off waits for a person.',
  },
  entities: [PaymentEntity, RefundEntity, DisputeEntity, WebhookEventEntity],
  resolvers: [WebhookEventResolver, PaymentResolver],
  nodes: {
    whev: {
      type: 'WebhookEvent',
      find: async (id, context) =>
        context.viewer?.permissions.has(Permission.SYSTEM) ? webhookEvent(context).load(id) : null,
    },
  },
  async setup({ database, outbox, keys, cursors, clock, logger }, _services, settings: PaymentSettings) {
    const watch = new ProviderWatch({ database, outbox, clock, logger });
    const { providers, testPayments } = await settings.connect(database, watch);
    const { captureMethod } = settings;
    const { resolvers, ...services } = createPayments({
      ...{ database, outbox, keys, cursors },
      ...{ providers, captureMethod },
    });
    return {
      services: { ...services, watch, testPayments },
      resolvers,
      oldRows: oldWebhookBodies(settings.webhookBodyDays),
    };
  },
});

export interface PaymentSettings {
  /** For how many days the bodies of processed webhooks are kept. */
  readonly webhookBodyDays: number;
  readonly captureMethod: CaptureMethod;
  /**
   * Creates the providers of this shop; with the test provider as the first also its payment form, null otherwise.
   */
  readonly connect: (
    database: Database,
    watch: ProviderWatch,
  ) => Promise<{ providers: PaymentProviders; testPayments: TestPayments | null }>;
}

/** Builds the domain's services. */
export function createPayments(deps: {
  database: Database;
  outbox: Outbox;
  keys: RequestKeys;
  providers: PaymentProviders;
  captureMethod: CaptureMethod;
  cursors: CursorCodec;
}): {
  resolvers: object[];
  payments: PaymentService;
  refunds: RefundService;
  webhooks: WebhookInbox;
  disputes: DisputeService;
  disputeList: DisputeList;
} {
  const { database, outbox, keys, providers, captureMethod, cursors } = deps;
  const webhooks = new WebhookInbox(database, providers, outbox, keys);
  return {
    resolvers: [
      new WebhookEventResolver(webhooks, new WebhookEventList(database, cursors)),
      new PaymentResolver(),
    ],
    payments: new PaymentService(database, providers, outbox, captureMethod),
    refunds: new RefundService(database, providers, outbox),
    webhooks,
    disputes: new DisputeService(database, outbox),
    disputeList: new DisputeList(database, cursors),
  };
}
