import { join } from 'node:path';
import type { ContainerType } from 'type-graphql';
import { createCart } from '../domains/cart/cart.module.js';
import { createCatalog } from '../domains/catalog/catalog.module.js';
import { createDesk } from '../domains/desk/desk.module.js';
import { deskEvents } from '../domains/desk/index.js';
import { createCheckout } from '../domains/checkout/checkout.module.js';
import { createDocuments, type Documents } from '../domains/documents/documents.module.js';
import { documentEvents } from '../domains/documents/index.js';
import { createIdentity, type Identity } from '../domains/identity/identity.module.js';
import { createIntegrity } from '../domains/integrity/integrity.module.js';
import { createInventory } from '../domains/inventory/inventory.module.js';
import { createNotifications, type Notifications } from '../domains/notifications/notifications.module.js';
import { createOrders, type Orders } from '../domains/orders/orders.module.js';
import { orderEvents } from '../domains/orders/index.js';
import { checkoutEvents } from '../domains/checkout/index.js';
import { createReturns, type Returns } from '../domains/returns/returns.module.js';
import { createPayments } from '../domains/payments/payments.module.js';
import { PaymentMethod, ProviderWatch, type WebhookInbox } from '../domains/payments/index.js';
import { ShopReference } from '../domains/pricing/index.js';
import { forgetCartToken } from '../domains/cart/index.js';
import { LocalDiskStorage } from '../integrations/storage/local-disk/local-disk-storage.js';
import type { FileStorage } from '../integrations/storage/port.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import { CursorCodec } from '../kernel/pagination.js';
import { createDataSource } from '../platform/database/data-source.js';
import { Database } from '../platform/database/database.js';
import { Listener } from '../platform/database/listener.js';
import { RequestKeys } from '../platform/database/request-keys.js';
import type { HandledJob, Subscription } from '../platform/jobs/define-job.js';
import { EventFeed } from '../platform/jobs/event-feed.js';
import { Outbox } from '../platform/jobs/outbox.js';
import type { Env } from './env.js';
import { SecurityLog } from '../kernel/security-log.js';
import { createMailFacts } from './mail-facts.js';
import { modules } from './modules.js';
import { NodeResolver } from './node.resolver.js';
import { sweepOldRows } from './sweep-old-rows.job.js';
import { createMailProvider, createPaymentProviders } from './providers.js';

/** The name of the demo shop; a setting of the shop once there is a screen for it. */
const SHOP_NAME = 'Lut & Lână';

/** Everything a process of the shop needs, built by hand in dependency order. */
export interface Shop {
  readonly env: Env;
  readonly logger: Logger;
  readonly database: Database;
  readonly listener: Listener;
  readonly storage: FileStorage;
  readonly identity: Identity;
  readonly catalog: ReturnType<typeof createCatalog>;
  readonly orders: Orders;
  readonly documents: Documents;
  readonly returns: Returns;
  readonly mailQueue: Notifications['mailQueue'];
  readonly webhooks: WebhookInbox;
  readonly securityLog: SecurityLog;
  readonly providerWatch: ProviderWatch;
  readonly resolvers: ContainerType;
  readonly jobs: readonly HandledJob[];
  readonly subscriptions: readonly Subscription[];
  close(): Promise<void>;
}

export interface ShopOptions {
  /** Tests hand in a clock that they can move. */
  readonly clock?: Clock;
  /** How often one payment is asked after at its provider because buyers' pages want to know; tests do not wait. */
  readonly askAgainSeconds?: number;
}

/** Connects to the database and wires the shop. Nothing listens or works yet. */
export async function openShop(
  env: Env,
  logger: Logger,
  { clock = systemClock, askAgainSeconds = 2 }: ShopOptions = {},
): Promise<Shop> {
  const entities = modules.flatMap((module) => module.entities);
  const source = await createDataSource({ ...env.database, entities }).initialize();
  const database = new Database(source);
  const listener = new Listener(env.database.url, logger);
  const feed = new EventFeed(listener);
  const outbox = new Outbox(database);
  const keys = new RequestKeys();
  const cursors = new CursorCodec(env.auth.secret);
  const securityLog = new SecurityLog(logger, env.auth.secret);
  const storage = new LocalDiskStorage(join(env.dataDir, 'media'));
  // Papers and pictures of buyers: opened by signed addresses only.
  const files = new LocalDiskStorage(join(env.dataDir, 'private'));
  const { currency, language } = env.shop;

  const reference = new ShopReference(database, listener);
  const catalog = createCatalog({
    database,
    keys,
    storage,
    listener,
    cursors,
    currency,
    defaultLanguage: language,
  });
  const inventory = createInventory({ database, keys, outbox, cursors, clock, settings: env.stock });
  const cart = createCart({
    ...{ database, reference, currency },
    cartHolds: inventory.cartHolds,
    cartsPerMinute: env.limits.cartsPerMinute,
    holdLimits: {
      cart: env.limits.unpaid.buyer,
      network: env.limits.unpaid.network,
      freeUnits: env.limits.unpaid.freeUnits,
      secret: env.auth.secret,
    },
  });
  const identity = createIdentity({
    ...{ database, outbox, listener, cursors, securityLog },
    env,
    clock,
    onSignedIn: async ({ userId, cartToken, cookies }) => {
      if (!cartToken) return;
      await cart.carts.mergeOnSignIn(userId, cartToken);
      forgetCartToken(cookies);
    },
  });
  const watch = new ProviderWatch({ database, outbox, clock, logger });
  const { providers, testPayments } = await createPaymentProviders(env.payments, database, watch);
  const payments = createPayments({
    database,
    outbox,
    keys,
    providers,
    captureMethod: env.captureMethod,
    cursors,
  });
  const { stock } = inventory;
  const base = { database, outbox, keys, clock, logger, stock, payments: payments.payments };
  const orders = createOrders({
    ...base,
    cursors,
    feed,
    refunds: payments.refunds,
    webhooks: payments.webhooks,
    disputes: payments.disputes,
    disputeList: payments.disputeList,
    bankAccount: env.bankTransfer,
    secret: env.auth.secret,
    returnDays: env.shop.returnDays,
    currency,
  });
  const checkout = createCheckout({
    ...base,
    carts: cart.carts,
    orders: orders.orders,
    closing: orders.closing,
    finalizer: orders.finalizer,
    tokens: orders.tokens,
    reference,
    shop: { name: SHOP_NAME, currency, returnDays: env.shop.returnDays },
    settings: {
      reservationMinutes: env.shop.reservationMinutes,
      bankTransferDays: env.bankTransfer.days,
      paymentMethods: env.paymentMethods.map((method) => PaymentMethod[method]),
      language,
      askAgainSeconds,
    },
    limiter: identity.rateLimiter,
    testPayments,
    limits: env.limits.unpaid,
    secret: env.auth.secret,
  });
  const desk = createDesk({
    ...base,
    orders: orders.orders,
    finalizer: orders.finalizer,
    closing: orders.closing,
    refunding: orders.refunding,
    tokens: orders.tokens,
    reference,
    storefrontUrl: env.storefrontUrl,
    ...{ currency, language },
  });
  const returns = createReturns({
    ...{ database, outbox, keys, cursors, clock, stock, files },
    orders: orders.orders,
    refunding: orders.refunding,
    access: orders.access,
    exchanges: desk.exchanges,
    secret: env.auth.secret,
    days: env.shop.returnDays,
  });
  const documents = createDocuments({
    ...{ database, outbox, keys, cursors, clock, ...env.invoices },
    orders: orders.orders,
    files,
    secret: env.auth.secret,
  });
  const integrity = createIntegrity({ database, outbox, logger });
  const notifications = createNotifications({
    database,
    outbox,
    keys,
    cursors,
    mail: await createMailProvider(env.mail, database),
    from: env.mail.from,
    logger,
    clock,
    facts: createMailFacts({ database, orders, identity, env }),
    cardsByHand: env.captureMethod === 'MANUAL',
    mailsPerDay: env.limits.mailsPerDay,
  });

  const node = new NodeResolver(
    Object.assign({}, ...modules.map((module) => module.nodes ?? {})) as Record<string, never>,
  );
  const instances = [
    node,
    ...catalog.resolvers,
    ...inventory.resolvers,
    ...cart.resolvers,
    ...identity.resolvers,
    ...payments.resolvers,
    ...orders.resolvers,
    ...checkout.resolvers,
    ...desk.resolvers,
    ...returns.resolvers,
    ...documents.resolvers,
    ...integrity.resolvers,
    ...notifications.resolvers,
  ];
  return {
    env,
    logger,
    database,
    listener,
    storage,
    identity,
    catalog,
    orders,
    returns,
    documents,
    mailQueue: notifications.mailQueue,
    securityLog,
    webhooks: payments.webhooks,
    providerWatch: watch,
    resolvers: byClass(instances),
    jobs: [
      ...catalog.jobs,
      ...inventory.jobs,
      ...identity.jobs,
      ...orders.jobs,
      ...checkout.jobs,
      ...desk.jobs,
      ...returns.jobs,
      ...documents.jobs,
      ...notifications.jobs,
      ...integrity.jobs,
      sweepOldRows(database),
    ],
    subscriptions: [
      ...orderEvents,
      ...checkoutEvents,
      ...deskEvents,
      ...documentEvents,
      ...notifications.subscriptions,
    ],
    close: async () => {
      await listener.stop();
      await source.destroy();
    },
  };
}

/** type-graphql asks for resolvers by their class; a class that nobody built is a mistake in this file. */
function byClass(instances: readonly object[]): ContainerType {
  const known = new Map(instances.map((instance) => [instance.constructor, instance]));
  return {
    get(wanted: abstract new (...parameters: never[]) => object) {
      const instance = known.get(wanted);
      if (!instance) throw new Error(`${wanted.name} is in no createX() of the container`);
      return instance;
    },
  };
}
