import { defineIdPrefixes } from '../../kernel/ids.js';
import type { CaptureMethod } from '../../integrations/payments/port.js';
import type { Database } from '../../platform/database/database.js';
import { loaderById } from '../../platform/graphql/load-many-by.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import { defineModule, type Platform } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import type { IntegrationStore } from '../store/index.js';
import { identityModule } from '../identity/identity.module.js';
import { storeModule } from '../store/store.module.js';
import { CaptureService } from './capture.service.js';
import { DisputeService } from './disputes/dispute.service.js';
import { OfflinePayments } from './offline-payments.js';
import { Ledgers } from './ledgers/ledger.js';
import { Tenders } from './ledgers/tenders.js';
import { PaymentAlerts } from './payment-alerts.js';
import { PaymentFinalizer } from './payment-finalizer.js';
import { PaymentPurposes } from './payment-purposes.js';
import { PaymentComparisonEntity } from './reconciliation/payment-comparison.js';
import { PaymentReconciler } from './reconciliation/payment-reconciler.js';
import { paymentEvents } from './payment.events.js';
import { paymentJobs, paymentSubscriptions } from './payment.jobs.js';
import { StalePaymentReconciler } from './reconciliation/stale-payment-reconciler.js';
import { DisputeEntity, PaymentEntity, RefundEntity, WebhookEventEntity } from './payment.entity.js';
import type { PaymentProviders } from './providers/payment-providers.js';
import { oldWebhookBodies } from './webhooks/old-webhooks.js';
import { PaymentMethod } from './payment-method.js';
import { paymentsGroup, PaymentSettingsResolver } from './payment-settings.js';
import { PaymentService } from './payment.service.js';
import { ProviderWatch } from './providers/provider-watch.js';
import type { TestPayments } from './providers/test-payments.js';
import { RefundService } from './refunds/refund.service.js';
import { DisputeList, WebhookEventList } from './payment-lists.js';
import { PaymentIntents } from './payment-intents.js';
import { RefundRequests } from './refunds/refund-requests.js';
import { eventById } from './webhooks/webhook.statements.js';
import { PaymentResolver, WebhookEventResolver } from './webhooks/webhook-event.resolver.js';
import { webhookRoutes } from './webhooks/webhook-routes.js';
import { WebhookInbox } from './webhooks/webhook-inbox.js';
import { paymentErrors } from './payment.errors.js';

const webhookEvent = loaderById(eventById);

const idPrefixes = defineIdPrefixes({ pay: 'Payment', ref: 'Refund', disp: 'Dispute', whev: 'WebhookEvent' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Payments at any provider. What becomes of a payment is decided in `payment-finalizer.ts` alone; intents:
 * `payment-intents.ts`; webhooks, refunds, disputes and reconciliation in the folders of their names. Other modules act on a
 * payment by its purpose: `payment-purposes.ts`.
 */
export const paymentsModule = defineModule({
  name: 'payments',
  dependsOn: [storeModule, identityModule],
  tables: {
    payment: KEPT.ledger,
    refund: KEPT.ledger,
    dispute: KEPT.ledger,
    payment_comparison: 'Kept: one row for each payment provider.',
    webhook_inbox:
      'Deleted each night: bodies of what was worked off, after so many days (KEEP_…_DAYS, 90 unless set); the id of the event stays, so that a repeated one is known. What could not be worked off waits for a person.',
  },
  idPrefixes,
  errors: paymentErrors,
  entities: [PaymentEntity, RefundEntity, DisputeEntity, WebhookEventEntity, PaymentComparisonEntity],
  events: paymentEvents,
  settingsGroups: [paymentsGroup],
  resolvers: [WebhookEventResolver, PaymentResolver, PaymentSettingsResolver],
  nodes: {
    whev: {
      type: 'WebhookEvent',
      find: async (id, context) =>
        context.viewer?.permissions.has('SYSTEM') ? webhookEvent(context).load(id) : null,
    },
  },
  async setup(platform, { store }, settings: PaymentSettings) {
    const { database, outbox, clock, logger } = platform;
    const watch = new ProviderWatch({ database, outbox, clock, logger });
    const connected = await settings.connect({ database, watch, integrations: store.integrations });
    const { providers, testPayments, refresh } = connected;
    const { resolvers, jobs, ...services } = createPayments({
      ...platform,
      ...{ providers, captureMethod: settings.captureMethod },
    });
    return {
      services: { ...services, watch, testPayments },
      resolvers: [...resolvers, new PaymentSettingsResolver(store.settings)],
      jobs,
      subscriptions: paymentSubscriptions,
      routes: webhookRoutes({ webhooks: services.webhooks, securityLog: platform.securityLog }),
      refresh,
      start: refresh,
      isDegraded: () => watch.outages().length > 0,
      oldRows: oldWebhookBodies(settings.webhookBodyDays),
      seed: {
        // It has no account yet, and nobody has agreed to take money at the door.
        own: () =>
          store.settings.beginWith(paymentsGroup, {
            ...{ methods: [PaymentMethod.CARD], transferHolder: null, transferIban: null },
          }),
      },
    };
  },
});

export interface PaymentSettings {
  /** For how many days the bodies of processed webhooks are kept. */
  readonly webhookBodyDays: number;
  readonly captureMethod: CaptureMethod;
  /**
   * Creates the providers of this shop, at first with what the environment says alone: the database need not be ready.
   */
  readonly connect: (deps: {
    readonly database: Database;
    readonly watch: ProviderWatch;
    readonly integrations: IntegrationStore;
  }) => Promise<{
    readonly providers: PaymentProviders;
    /** The test provider's payment form while it takes new payments; null otherwise. */
    readonly testPayments: () => TestPayments | null;
    /** Connects the providers anew where their values have changed. */
    readonly refresh: () => Promise<void>;
  }>;
}

interface PaymentsDeps extends Pick<
  Platform,
  'database' | 'outbox' | 'hooks' | 'keys' | 'cursors' | 'clock' | 'logger'
> {
  readonly providers: PaymentProviders;
  readonly captureMethod: CaptureMethod;
}

export interface Payments {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly providers: PaymentProviders;
  readonly refundRequests: RefundRequests;
  readonly refunds: RefundService;
  readonly webhooks: WebhookInbox;
  readonly disputes: DisputeService;
  readonly disputeList: DisputeList;
  /** Modules register here what their payments are for. */
  readonly purposes: PaymentPurposes;
  /** Modules register here whose accounts pay for orders. */
  readonly ledgers: Ledgers;
  readonly tenders: Tenders;
  readonly finalizer: PaymentFinalizer;
  readonly captures: CaptureService;
  readonly offline: OfflinePayments;
  readonly alerts: PaymentAlerts;
  readonly reconciler: PaymentReconciler;
  readonly stalePayments: StalePaymentReconciler;
}

/** Builds the domain's services. */
function createPayments(deps: PaymentsDeps): Payments {
  const { database, outbox, hooks, keys, clock, logger, cursors, providers, captureMethod } = deps;
  const payments = new PaymentService(database, providers, captureMethod);
  const intents = new PaymentIntents(database, providers);
  const ledgers = new Ledgers();
  const tenders = new Tenders(ledgers);
  const refundRequests = new RefundRequests(outbox, tenders);
  const refunds = new RefundService(database, providers, outbox);
  const disputes = new DisputeService(database, outbox);
  const webhooks = new WebhookInbox(database, providers, outbox, keys);
  const purposes = new PaymentPurposes();
  const alerts = new PaymentAlerts(outbox, logger);
  const finalizer = new PaymentFinalizer({
    ...{ database, outbox, hooks, clock, payments, intents, refundRequests, purposes, alerts },
  });
  const captures = new CaptureService({ database, payments, intents, finalizer, purposes });
  const asking = { database, payments, intents, providers, refunds, disputes, finalizer, purposes, logger };
  const reconciler = new PaymentReconciler({ ...asking, webhooks, captures });
  const stalePayments = new StalePaymentReconciler({ ...asking, reconciler, alerts, outbox });
  return {
    ...{
      payments,
      intents,
      providers,
      refunds,
      refundRequests,
      webhooks,
      disputes,
      purposes,
      finalizer,
      captures,
      alerts,
    },
    ...{ reconciler, stalePayments, ledgers, tenders },
    offline: new OfflinePayments(payments, purposes, hooks),
    disputeList: new DisputeList(database, cursors),
    resolvers: [
      new WebhookEventResolver(webhooks, new WebhookEventList(database, cursors)),
      new PaymentResolver(),
    ],
    jobs: paymentJobs({ reconciler, stalePayments, refunds, captures, webhooks }),
  };
}
