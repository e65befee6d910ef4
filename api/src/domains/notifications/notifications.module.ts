import { defineIdPrefixes } from '../../kernel/ids.js';
import type { MailProvider, MailWebhook } from '../../integrations/mail/port.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/logger.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { handleJob, on, type HandledJob, type Subscription } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { checkoutModule } from '../checkout/checkout.module.js';
import { orderEditingModule } from '../order-editing/order-editing.module.js';
import { invoicingModule } from '../invoicing/invoicing.module.js';
import { returnsModule } from '../returns/returns.module.js';
import { passwordResetRequested } from '../identity/index.js';
import { orderPlaced, orderShipped } from '../orders/index.js';
import { mailEvents, mailFailed, mailResent, orderMailSent } from './mail.events.js';
import { alertOfPlugins } from './plugin-alerts.js';
import { pluginFailed } from './plugin.events.js';
import { bounceRoutes } from './sending/bounce-routes.js';
import type { IntegrationStore } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import type { Mails } from '../../platform/mails/mails.js';
import { sendComposedMails } from './composed-mails.job.js';
import type { MailFrameDeps } from './templates/mail-frame.js';
import { addLayouts } from './templates/layouts.js';
import { EmailEntity } from './email.entity.js';
import { EmailList } from './email-list.js';
import { EmailResolver } from './email.resolver.js';
import { EmailTemplateResolver } from './previews/mail-template.resolver.js';
import { MailTemplates } from './previews/mail-templates.js';
import { Resending } from './resending.js';
import { oldMails } from './old-mails.js';
import { MailQueue } from './sending/mail-queue.js';
import type { MailQueueDeps } from './sending/queued-mail.js';
import type { OrderMailData } from './order-for-mail.js';
import {
  orderConfirmationJob,
  orderShippedJob,
  sendOrderConfirmation,
  sendOrderShipped,
} from './order-mails.job.js';
import { alertSubscriptions, OwnerAlerts, sendOwnerAlerts } from './owner-alerts.job.js';
import { passwordResetJob, sendPasswordReset } from './password-reset.job.js';
import { createMailData, type ShopMailDataDeps } from './shop-mail-data.js';
import { sendDueMails, sendOneJob } from './sending/send-due.job.js';
import { mailErrors } from './mail.errors.js';
import { mailsPersonalData } from './personal-data.js';

const idPrefixes = defineIdPrefixes({ mail: 'Email' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Queues and sends mails to buyers and to the owner. The queue: `mail-queue.ts`; sending: `send-due.job.ts`; alerts of the
 * owner: `owner-alerts.job.ts`; the layout: `templates/`. What a mail says and when stands in the `mails/` of the module it
 * is about, its texts in `locales/<language>/mails/`.
 */
export const notificationsModule = defineModule({
  name: 'notifications',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    paymentsModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
    checkoutModule,
    orderEditingModule,
    invoicingModule,
    returnsModule,
  ],
  tables: {
    email: `That and to whom a mail of an order was sent is kept with the order, as the audit and the staff ask for it. Deleted each night: its text, and mails of no order as a whole, so many days (KEEP_…_DAYS, 90 unless set) after they were sent, given up or bounced; what waits is given up after five days. Links that open something are made when a mail is sent and stored nowhere.`,
  },
  idPrefixes,
  personalData: mailsPersonalData,
  errors: mailErrors,
  entities: [EmailEntity],
  events: [...mailEvents, pluginFailed],
  resolvers: [EmailResolver, EmailTemplateResolver],
  async setup(platform, { identity, orders, store }, settings: NotificationSettings) {
    const { connect, adminUrl, alertTo, textDays, storefrontUrl, ...limits } = settings;
    const details = createMailData({
      ...{ database: platform.database, adminUrl, alertTo },
      ...{ orders: orders.orders, orderMails: orders.orderMails },
      ...{ passwordResetMail: identity.passwordResetMail, settings: store.settings },
    });
    addLayouts(platform.mails);
    platform.mails.cancelBy((tx, key) => mailQueue.cancel(tx, key));
    alertOfPlugins(platform.hooks, platform);
    const { mail, webhooks, refresh } = await connect({
      database: platform.database,
      integrations: store.integrations,
    });
    const { resolvers, jobs, subscriptions, mailQueue, resending } = createNotifications({
      ...platform,
      ...limits,
      settings: store.settings,
      publicFile: (key) => new URL(platform.storage.url(key), storefrontUrl).href,
      mail,
      details,
    });
    return {
      ...{
        services: { mailQueue, resending, sendsMails: () => mail.name !== 'inbox' },
        resolvers,
        jobs,
        subscriptions,
        oldRows: oldMails(textDays),
      },
      ...{ refresh, start: refresh },
      routes: bounceRoutes({ webhooks, mailQueue, securityLog: platform.securityLog }),
    };
  },
});

export interface NotificationSettings
  extends Pick<NotificationsDeps, 'from' | 'mailsPerDay'>, Pick<ShopMailDataDeps, 'adminUrl' | 'alertTo'> {
  /** Of the shop, under which buyers' programs ask for images in mails. */
  readonly storefrontUrl: string;
  /** For how many days the contents of mails are kept. */
  readonly textDays: number;
  /** Connects the mail provider of this shop, at first with what the environment says alone. */
  readonly connect: (deps: {
    readonly database: Database;
    readonly integrations: IntegrationStore;
  }) => Promise<{
    readonly mail: MailProvider;
    /** Of mail services that report mails which did not arrive. */
    readonly webhooks: readonly MailWebhook[];
    /** Connects the provider anew where its values have changed. */
    readonly refresh: () => Promise<void>;
  }>;
}

export interface NotificationsDeps extends MailFrameDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly keys: RequestKeys;
  readonly cursors: CursorCodec;
  readonly mail: MailProvider;
  readonly mails: Mails;
  /** The sender of every mail: `Lut & Lână <comenzi@…>`. */
  readonly from: string;
  readonly logger: Logger;
  readonly details: OrderMailData;
  /** How many mails one address may receive within 24 hours. */
  readonly mailsPerDay: number;
  readonly clock?: Clock;
}

export interface Notifications {
  readonly mailQueue: MailQueue;
  readonly resending: Resending;
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly subscriptions: Subscription[];
}

/** Builds the mails of the shop: the queue, the jobs that fill and process it, and the events that trigger them. */
export function createNotifications({
  clock = systemClock,
  details,
  ...given
}: NotificationsDeps): Notifications {
  const { database, outbox, keys, cursors, mails, logger } = given;
  const mailQueue = new MailQueue({ ...given, clock, ...hooksOf({ details, outbox }) });
  const alerts = new OwnerAlerts({ database, mailQueue, details, clock, logger });
  const deps = { mails, mailQueue, details, alerts };
  const resending = new Resending({ database, keys, mailQueue, outbox });
  return {
    ...{ mailQueue, resending },
    resolvers: [
      new EmailResolver(new EmailList(database, cursors), resending),
      new EmailTemplateResolver(new MailTemplates({ ...given, mailQueue }), resending),
    ],
    jobs: [
      handleJob(sendOneJob, ({ dedupeKey }) => mailQueue.sendNow(dedupeKey)),
      sendOrderConfirmation(deps),
      sendOrderShipped(deps),
      sendComposedMails(deps),
      sendOwnerAlerts(alerts),
      sendPasswordReset(deps),
      sendDueMails(mailQueue),
    ],
    subscriptions: [
      on(orderPlaced, orderConfirmationJob, ({ aggregateId }) => ({ orderId: aggregateId })),
      on(orderShipped, orderShippedJob, ({ aggregateId }) => ({ orderId: aggregateId })),
      on(passwordResetRequested, passwordResetJob, ({ payload }) => payload),
      on(mailResent, sendOneJob, ({ payload }) => payload),
      ...alertSubscriptions,
    ],
  };
}

/** What happens when a mail was sent, or will never arrive. */
function hooksOf({
  details,
  outbox,
}: Pick<NotificationsDeps, 'details' | 'outbox'>): Pick<MailQueueDeps, 'onSent' | 'onFailed'> {
  const onSent: MailQueueDeps['onSent'] = async (tx, { dedupeKey, template }) => {
    const orderId = /^order:([0-9a-f-]{36}):/.exec(dedupeKey)?.[1];
    const order = orderId ? await details.mailSent(tx, orderId, template) : null;
    if (!orderId || !order) return;
    await outbox.append(tx, orderMailSent(orderId, { ...order, mail: template }, dedupeKey));
    outbox.notifyRelay();
  };
  const onFailed: MailQueueDeps['onFailed'] = async (tx, { id, template }) => {
    // A failed mail to the owner triggers no alert, which would only fail again; it is listed in the admin.
    if (template === 'owner-alert') return;
    await outbox.append(tx, mailFailed(id, { mailId: id }));
    outbox.notifyRelay();
  };
  return { onSent, onFailed };
}
