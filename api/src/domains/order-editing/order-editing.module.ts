import { defineIdPrefixes } from '../../kernel/ids.js';
import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { pageLinks, type SettingsService } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { shippingModule } from '../shipping/shipping.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import { ordersModule } from '../orders/orders.module.js';
import type { PluginParts } from '../cart/index.js';
import type { StockService } from '../inventory/index.js';
import type {
  OrderClosingService,
  OrderPayments,
  OrderRefundService,
  OrderService,
  OrderTokens,
} from '../orders/index.js';
import type {
  PaymentAlerts,
  PaymentFinalizer,
  PaymentIntents,
  PaymentProviders,
  RefundRequests,
  PaymentPurposes,
  PaymentService,
} from '../payments/index.js';
import type { ShopConfigCache } from '../pricing/index.js';
import { orderEditingEvents } from './order-editing.events.js';
import { orderEditingJobs, orderEditingSubscriptions } from './order-editing.jobs.js';
import { DraftOrderResolver } from './drafts/draft-order.resolver.js';
import { DraftOrderService } from './drafts/draft-order.service.js';
import { DraftWriter } from './drafts/draft-writer.js';
import { OrderEditWriter } from './order-edit-writer.js';
import { EditPaymentPurpose } from './edit-payment-purpose.js';
import { EditPayments } from './edit-payments.js';
import { EditSettlement } from './edit-settlement.js';
import { ExchangeService } from './exchange.service.js';
import { editPaymentLink } from './mails/edit-payment-link.mail.js';
import { paymentLink } from './mails/payment-link.mail.js';
import { LinkPayments } from './link-payments.js';
import { OrderEditingResolver } from './order-editing.resolver.js';
import { OrderEditEntity } from './order-edit.entity.js';
import { OrderEditLineResolver, OrderEditResolver } from './order-edit.resolver.js';
import { OrderEditService } from './order-edit.service.js';

const idPrefixes = defineIdPrefixes({ edit: 'OrderEdit' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Orders that staff write or change. Drafts: `drafts/`; changes after the sale: `order-edit.service.ts` with the plan of
 * `edit-plan.ts`; their payment: `edit-payments.ts`; other goods for returned ones: `exchange.service.ts`.
 */
export const orderEditingModule = defineModule({
  name: 'orderEditing',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    paymentsModule,
    shippingModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
  ],
  tables: {
    order_edit: KEPT.ledger,
  },
  idPrefixes,
  entities: [OrderEditEntity],
  events: orderEditingEvents,
  resolvers: [DraftOrderResolver, OrderEditResolver, OrderEditLineResolver, OrderEditingResolver],
  setup(platform, { store, payments, pricing, inventory, cart, orders }, settings: OrderEditingSettings) {
    const { resolvers, jobs, ...services } = createOrderEditing({
      ...platform,
      ...orders,
      ...payments,
      ...settings,
      ...{ settings: store.settings, reference: pricing.reference, stock: inventory.stock },
      priceParts: cart.priceParts,
    });
    return {
      ...{ services, resolvers, jobs, subscriptions: orderEditingSubscriptions },
      mails: [paymentLink(orders.orderMails), editPaymentLink(orders.orderMails, platform.database)],
    };
  },
});

export interface OrderEditingSettings {
  readonly storefrontUrl: string;
}

interface OrderEditingDeps extends OrderEditingSettings {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stock: StockService;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly providers: PaymentProviders;
  readonly refundRequests: RefundRequests;
  readonly finalizer: PaymentFinalizer;
  readonly purposes: PaymentPurposes;
  readonly alerts: PaymentAlerts;
  readonly orderPayments: OrderPayments;
  readonly closing: OrderClosingService;
  readonly refunding: OrderRefundService;
  readonly tokens: OrderTokens;
  readonly reference: ShopConfigCache;
  readonly settings: SettingsService;
  readonly priceParts: PluginParts;
}

interface OrderEditing {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly drafts: DraftOrderService;
  readonly exchanges: ExchangeService;
  readonly editPayments: EditPayments;
}

/** Builds the domain's services and resolvers, and registers the handler of payments for edits. */
function createOrderEditing(deps: OrderEditingDeps): OrderEditing {
  const { orders, stock, purposes, tokens, settings, storefrontUrl } = deps;
  const links = new LinkPayments(deps.intents, deps.providers);
  const writer = new DraftWriter(deps.priceParts);
  const drafts = new DraftOrderService({ ...deps, links, writer });
  const editWriter = new OrderEditWriter({ orders, stock });
  const settlement = new EditSettlement({ ...deps, links, writer: editWriter });
  const editPayments = new EditPayments({ ...deps, links, writer: editWriter });
  purposes.register('EDIT', new EditPaymentPurpose({ ...deps, editPayments }));
  return {
    resolvers: [
      new DraftOrderResolver(drafts),
      new OrderEditResolver(new OrderEditService({ ...deps, settlement, writer: editWriter, editPayments })),
      new OrderEditLineResolver(),
      new OrderEditingResolver(tokens, pageLinks(settings, storefrontUrl)),
    ],
    jobs: orderEditingJobs(editPayments),
    drafts,
    exchanges: new ExchangeService({ ...deps, links, writer, drafts }),
    editPayments,
  };
}
