import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { SignedTokens } from '../../kernel/tokens.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { pageLinks, regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { moveOrdersOfMerged, showProvedOrders } from './buyer/orders-of-merged.js';
import { identityModule } from '../identity/identity.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { mediaModule } from '../media/media.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { shippingModule } from '../shipping/shipping.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { assertNoOrders, CurrencyLockResolver } from './currency-lock.js';
import { orderEvents } from './order.events.js';
import { forgottenBuyers } from './buyer/forgotten-buyers.js';
import { BuyerAccess } from './buyer/buyer-access.js';
import { OrderTokens } from './buyer/order-tokens.js';
import { CustomerOrdersResolver } from './buyer/customer-orders.resolver.js';
import { ExchangeCredits } from './refunds/exchange-credit.js';
import { FulfillmentService } from './fulfillment/fulfillment.service.js';
import { OrderAdminResolver } from './order-admin.resolver.js';
import { LatePayments } from './payments/late-payments.js';
import { OrderClosingService } from './closing/order-closing.service.js';
import {
  OrderEntity,
  OrderEventEntity,
  OrderLineEntity,
  ShipmentEntity,
  ShipmentLineEntity,
} from './order.entity.js';
import { OrderBuyerResolver } from './buyer/order-buyer.resolver.js';
import { DisputeResolver, OrderPaymentResolver } from './payments/order-payment.resolver.js';
import { bankAccountOf } from '../payments/index.js';
import { OrderRefundEntity, OrderRefundLineEntity } from './refunds/order-refund.entity.js';
import {
  OrderLineMoneyResolver,
  OrderMoneyResolver,
  OrderRefundAdminResolver,
  OrderRefundResolver,
} from './refunds/order-refund.resolver.js';
import { OrderRefundService } from './refunds/order-refund.service.js';
import { orderJobs, orderSubscriptions } from './order.jobs.js';
import type { BulkLocking } from '../long-jobs/index.js';
import { OrderList, type OrderQuery } from './order-list.js';
import { orderRows } from './order-rows.js';
import { orderNodes } from './order.nodes.js';
import { OrderLineResolver, OrderResolver, ShipmentResolver } from './order.resolver.js';
import { OrderService } from './order.service.js';
import {
  OrderChangeResolver,
  OrderFeed,
  orderFeed,
  OrderSubscriptionResolver,
} from './buyer/order-subscription.resolver.js';
import { PaymentAcceptanceResolver } from './payments/payment-acceptance.resolver.js';
import { PaymentAcceptanceService } from './payments/payment-acceptance.service.js';
import { ManualPaymentService } from './payments/manual-payment.service.js';
import { OrderCloser } from './closing/order-closer.js';
import { OrderPayments } from './payments/order-payments.js';
import { RefundBookkeeping } from './refunds/refund-bookkeeping.js';
import { mailsOfOrders } from './mails/mails-of-orders.js';
import { OrderMails } from './mails/order-mail.js';
import { OrderLookup } from './buyer/order-lookup.js';
import { OrderLookupResolver } from './buyer/order-lookup.resolver.js';
import { orderErrors } from './order.errors.js';
import { imagesOfOrders } from './placing/images-of-orders.js';
import type { OrdersDeps, OrderSettings } from './orders.deps.js';
import { ordersPersonalData } from './buyer/personal-data.js';

const idPrefixes = defineIdPrefixes({
  ord: 'Order',
  line: 'OrderLine',
  ship: 'Shipment',
  evt: 'OrderEvent',
  oref: 'OrderRefund',
});
const permissions = definePermissions({
  ORDER_READ: { description: 'See all orders.', role: Role.SUPPORT },
  ORDER_WRITE: {
    description:
      'Change, ship and cancel orders, and take their payments. What gives money back needs ORDER_REFUND as well.',
    role: Role.MANAGER,
  },
  ORDER_REFUND: {
    description: 'Give money back: refund orders and returns, and cancel or lower what was paid.',
    role: Role.MANAGER,
  },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/**
 * Orders after they were placed. Which status may follow which: `order-states.ts`; every change goes through
 * `order.service.ts`; shipments: `fulfillment/`; refunds: `refunds/`; unpaid and cancelled orders: `closing/`; what payments do
 * to an order: `payments/`; the buyer's own pages: `buyer/`.
 */
export const ordersModule = defineModule({
  name: 'orders',
  dependsOn: [
    storeModule,
    identityModule,
    longJobsModule,
    catalogModule,
    mediaModule,
    paymentsModule,
    shippingModule,
    pricingModule,
    inventoryModule,
  ],
  tables: {
    shop_order: `${KEPT.ledger} Whoever ordered and never placed nor paid is forgotten so many days (KEEP_…_DAYS, 90 unless set) after its end (a draft: after its last change, which then ends); number and sums stay.`,
    order_line: KEPT.ledger,
    order_event: KEPT.ledger,
    order_refund: KEPT.ledger,
    order_refund_line: KEPT.ledger,
    shipment: KEPT.ledger,
    shipment_line: KEPT.ledger,
  },
  permissions,
  idPrefixes,
  personalData: ordersPersonalData,
  errors: orderErrors,
  entities: [
    OrderEntity,
    OrderLineEntity,
    OrderEventEntity,
    ShipmentEntity,
    ShipmentLineEntity,
    OrderRefundEntity,
    OrderRefundLineEntity,
  ],
  resolvers: [
    OrderResolver,
    OrderLineResolver,
    ShipmentResolver,
    OrderAdminResolver,
    OrderSubscriptionResolver,
    OrderChangeResolver,
    CustomerOrdersResolver,
    CurrencyLockResolver,
    OrderRefundAdminResolver,
    OrderRefundResolver,
    OrderMoneyResolver,
    OrderLineMoneyResolver,
    OrderBuyerResolver,
    OrderLookupResolver,
    OrderPaymentResolver,
    PaymentAcceptanceResolver,
    DisputeResolver,
  ],
  events: orderEvents,
  nodes: orderNodes,
  setup(platform, { store, identity, inventory, media, payments }, settings: OrderSettings) {
    identity.merging.onMerge(moveOrdersOfMerged);
    identity.merging.onProved(showProvedOrders);
    store.settings.guard(regionalGroup, { check: assertNoOrders });
    const { resolvers, jobs, ...services } = createOrders({
      ...platform,
      ...payments,
      ...{ settings: store.settings, stock: inventory.stock, limiter: identity.rateLimiter },
      ...settings,
    });
    const { database } = platform;
    media.former.keepFor((storageKeys) => imagesOfOrders(database, storageKeys));
    const { storefrontUrl, cardsByHand } = settings;
    const orderMails = new OrderMails({
      ...{ ...services, database },
      links: pageLinks(store.settings, storefrontUrl),
    });
    return {
      services: { ...services, orderMails },
      resolvers,
      jobs,
      subscriptions: orderSubscriptions,
      mails: mailsOfOrders(orderMails, { database, settings: store.settings, cardsByHand }),
      secretLinks: { order: orderMails.link },
      oldRows: forgottenBuyers(settings.unpaidBuyerDays),
    };
  },
});

export interface Orders {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly orders: OrderService;
  readonly closing: OrderClosingService;
  readonly fulfillment: FulfillmentService;
  readonly orderPayments: OrderPayments;
  readonly manualPayments: ManualPaymentService;
  readonly acceptance: PaymentAcceptanceService;
  readonly refunding: OrderRefundService;
  readonly access: BuyerAccess;
  readonly tokens: OrderTokens;
  readonly bulkRows: BulkLocking<OrderQuery>;
}

/** Builds the domain's services and resolvers, and registers what the payment of an order does to it. */
function createOrders(deps: OrdersDeps): Orders {
  const { database, keys, clock, stock, refundRequests, alerts, disputes, tenders } = deps;
  const orders = new OrderService(deps);
  const tokens = new OrderTokens(orders, new SignedTokens(deps.secret, 'order'), clock, deps.settings);
  const refunding = new OrderRefundService({ database, orders, refundRequests, stock, keys });
  const credits = new ExchangeCredits({ orders, refundRequests, refunding, alerts });
  const closer = new OrderCloser({ orders, stock, credits, tenders });
  const closing = new OrderClosingService({ ...deps, orders, refunding, credits, closer });
  const late = new LatePayments({ orders, stock, alerts, tenders });
  const orderPayments = new OrderPayments({ database, orders, stock, late, closer, closing, alerts });
  deps.purposes.register('ORDER', orderPayments);
  const bookkeeping = new RefundBookkeeping(database, orders, disputes, stock);
  const services = {
    ...{ orders, closing, orderPayments, refunding, tokens },
    fulfillment: new FulfillmentService(database, orders, disputes, keys),
    manualPayments: new ManualPaymentService({ ...deps, orders, refunding }),
    acceptance: new PaymentAcceptanceService({ ...deps, orders, late }),
    access: new BuyerAccess(orders, tokens, deps.limiter),
    /** The list of orders, for actions on many of them; see `onOrders`. */
    bulkRows: orderRows({ ...deps, orders }),
  };
  orderFeed.register(database, new OrderFeed(deps.feed, orders, tokens, database));
  return {
    ...services,
    resolvers: resolversOf(services, deps),
    jobs: orderJobs({ closing, bookkeeping }),
  };
}

function resolversOf(
  {
    orders,
    closing,
    fulfillment,
    manualPayments,
    acceptance,
    refunding,
    access,
    tokens,
  }: Omit<Orders, 'resolvers' | 'jobs'>,
  { database, cursors, disputeList, settings, outbox, limiter }: OrdersDeps,
): object[] {
  const list = new OrderList(database, cursors);
  return [
    new OrderResolver(orders, list, tokens),
    new OrderLineResolver(),
    new ShipmentResolver(),
    new OrderAdminResolver(orders, list, fulfillment, closing),
    new OrderSubscriptionResolver(),
    new OrderChangeResolver(),
    new CustomerOrdersResolver(list, settings),
    new CurrencyLockResolver(database),
    new OrderRefundAdminResolver(database, orders, refunding),
    new OrderRefundResolver(),
    new OrderMoneyResolver(),
    new OrderLineMoneyResolver(),
    new OrderBuyerResolver(access, closing),
    new OrderLookupResolver(new OrderLookup({ database, outbox, limiter })),
    new OrderPaymentResolver(manualPayments, () => bankAccountOf(settings)),
    new PaymentAcceptanceResolver(acceptance),
    new DisputeResolver(disputeList),
  ];
}
