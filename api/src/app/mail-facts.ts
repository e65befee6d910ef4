import type { Identity } from '../domains/identity/identity.module.js';
import type { ConfirmedPayment, MailFacts } from '../domains/notifications/index.js';
import type { Orders } from '../domains/orders/orders.module.js';
import { AlertFacts } from './alert-facts.js';
import type { Env } from './env.js';
import { NoticeFacts } from './notice-facts.js';
import {
  linesByOrder,
  OrderPaymentStatus,
  shipmentsByOrder,
  type OrderEntity,
  type OrderLineEntity,
  type ShipmentRow,
} from '../domains/orders/index.js';
import { storefrontPage } from '../kernel/languages.js';
import { money } from '../kernel/money.js';
import type { Database } from '../platform/database/database.js';

export interface MailFactsParts {
  readonly database: Database;
  readonly orders: Orders;
  readonly identity: Identity;
  readonly env: Pick<Env, 'storefrontUrl' | 'http' | 'mail' | 'shop' | 'bankTransfer'>;
}

/** Gives the mails what they tell, from the domains that know it. */
export function createMailFacts({ database, orders, identity, env }: MailFactsParts): MailFacts {
  const pageOf = ({ id, language }: Pick<OrderEntity, 'id' | 'language'>, page: 'order' | 'checkout/pay') =>
    storefrontPage(env.storefrontUrl, language, `/${page}/${orders.tokens.sign(id)}`);
  const notices = new NoticeFacts({
    database,
    findOrder: (id) => orders.orders.find(id),
    pageOf,
    bankAccount: env.bankTransfer,
  });
  const alerts = new AlertFacts({
    database,
    adminUrl: `${env.http.publicUrl}/admin`,
    alertTo: env.mail.alertTo,
    language: env.shop.language,
  });
  return {
    orderNotice: (notice, news) => notices.find(notice, news),
    ownerAlert: (alert, news) => alerts.find(alert, news),
    owner: () => alerts.owner(),
    resetMail: (tokenId) => identity.passwordResetMail(tokenId),
    orderLink: (id, language) => pageOf({ id, language }, 'order'),
    mailSent: (tx, orderId, template) => orders.orders.tell(tx, orderId, 'MAIL_SENT', { mail: template }),
    async orderForMail(orderId) {
      const order = await orders.orders.find(orderId);
      if (!order) return null;
      const lines = await database.rows<OrderLineEntity>(linesByOrder, [[orderId]]);
      const shipments = await database.rows<ShipmentRow>(shipmentsByOrder, [[orderId]]);
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
        shipments: shipments.map((shipment) => toMailParcel(shipment, lines)),
      };
    },
  };
}

/** What a confirmation says of the money, as things are when it is written. */
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

function toMailParcel(shipment: ShipmentRow, lines: readonly OrderLineEntity[]) {
  return {
    ...shipment,
    lines: shipment.lines.flatMap(({ orderLineId, quantity }) => {
      const line = lines.find((candidate) => candidate.id === orderLineId);
      return line ? [{ name: line.productName, variant: line.variantName, quantity }] : [];
    }),
  };
}
