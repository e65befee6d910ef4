import type { Identity } from '../domains/identity/identity.module.js';
import type { MailFacts } from '../domains/notifications/index.js';
import type { Orders } from '../domains/orders/orders.module.js';
import {
  linesByOrder,
  shipmentsByOrder,
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
  readonly storefrontUrl: string;
}

/** Gives the mails what they tell, from the domains that know it. */
export function createMailFacts({ database, orders, identity, storefrontUrl }: MailFactsParts): MailFacts {
  return {
    resetMail: (tokenId) => identity.passwordResetMail(tokenId),
    orderLink: (orderId, language) =>
      storefrontPage(storefrontUrl, language, `/order/${orders.tokens.sign(orderId)}`),
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
        address: shippingAddress,
        shipments: shipments.map((shipment) => ({
          ...shipment,
          lines: shipment.lines.flatMap(({ orderLineId, quantity }) => {
            const line = lines.find((candidate) => candidate.id === orderLineId);
            return line ? [{ name: line.productName, variant: line.variantName, quantity }] : [];
          }),
        })),
      };
    },
  };
}

function toMailLine(line: OrderLineEntity, currency: string) {
  return {
    name: line.productName,
    variant: line.variantName,
    quantity: line.quantity,
    total: money(line.totalGross, currency),
  };
}
