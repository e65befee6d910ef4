import {
  linesByOrder,
  OrderPaymentStatus,
  shipmentsByOrder,
  type OrderEntity,
  type OrderLineEntity,
  type OrderService,
  type OrderTokens,
  type ShipmentRow,
} from '../orders/index.js';
import { storefrontPage } from '../../kernel/languages.js';
import { money } from '../../kernel/money.js';
import type { Database } from '../../platform/database/database.js';
import { OrderNoticeData, type OrderNoticeDataDeps } from './order-notice-data.js';
import type { AccountForMail, OrderMailData, ResetForMail } from './order-for-mail.js';
import { OwnerAlertData, type OwnerAlertDataDeps } from './owner-alert-data.js';
import type { ConfirmedPayment } from './templates/mail-model.js';

export interface ShopMailDataDeps extends Omit<OwnerAlertDataDeps, 'database'> {
  readonly database: Database;
  readonly orders: OrderService;
  readonly tokens: OrderTokens;
  readonly passwordResetMail: (tokenId: string) => Promise<ResetForMail | null>;
  readonly accountForMail: (userId: string) => Promise<AccountForMail | null>;
  readonly storefrontUrl: string;
  readonly bankAccount: OrderNoticeDataDeps['bankAccount'];
}

/** Collects the data of mails from the domains that own it. */
export function createMailData(deps: ShopMailDataDeps): OrderMailData {
  const { database, orders, tokens, storefrontUrl, bankAccount } = deps;
  const pageOf = ({ id, language }: Pick<OrderEntity, 'id' | 'language'>, page: 'order' | 'checkout/pay') =>
    storefrontPage(storefrontUrl, language, `/${page}/${tokens.sign(id)}`);
  const notices = new OrderNoticeData({ database, findOrder: (id) => orders.find(id), pageOf, bankAccount });
  const alerts = new OwnerAlertData(deps);
  return {
    orderNotice: (notice, event) => notices.find(notice, event),
    ownerAlert: (alert, event) => alerts.find(alert, event),
    owner: () => alerts.owner(),
    accountForMail: (userId) => deps.accountForMail(userId),
    resetMail: (tokenId) => deps.passwordResetMail(tokenId),
    orderLink: (id, language) => pageOf({ id, language }, 'order'),
    mailSent: (tx, orderId, template) =>
      orders.appendTimelineEntry(tx, orderId, 'MAIL_SENT', { mail: template }),
    async orderForMail(orderId) {
      const order = await orders.find(orderId);
      if (!order) return null;
      const lines = await database.rows(linesByOrder, { ids: [orderId] });
      const shipments = await database.rows(shipmentsByOrder, { ids: [orderId] });
      const { id, number, email, currency, shippingAddress } = order;
      return {
        id,
        number,
        email,
        language: order.language,
        lines: lines.map((line) => toMailLine(line, currency)),
        subtotal: money(order.subtotalGross, currency),
        shipping: money(order.shippingGross, currency),
        shippingMethod: order.shippingMethodName,
        total: money(order.totalGross, currency),
        payment: paymentOf(order),
        address: shippingAddress,
        shipments: shipments.map((shipment) => toMailShipment(shipment, lines)),
      };
    },
  };
}

/** The payment status in a confirmation, at the time it is written. */
function paymentOf({ totalGross, paymentStatus }: OrderEntity): ConfirmedPayment {
  if (totalGross === 0) return 'NOTHING';
  if (paymentStatus === OrderPaymentStatus.AUTHORIZED) return 'RESERVED';
  return paymentStatus === OrderPaymentStatus.PENDING ? 'ON_DELIVERY' : 'PAID';
}

function toMailLine(line: OrderLineEntity, currency: string) {
  return {
    name: line.productName,
    variant: line.variantName,
    quantity: line.quantity,
    total: money(line.totalGross, currency),
  };
}

function toMailShipment(shipment: ShipmentRow, lines: readonly OrderLineEntity[]) {
  return {
    ...shipment,
    lines: shipment.lines.flatMap(({ orderLineId, quantity }) => {
      const line = lines.find((candidate) => candidate.id === orderLineId);
      return line ? [{ name: line.productName, variant: line.variantName, quantity }] : [];
    }),
  };
}
