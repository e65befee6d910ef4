import {
  chargesOf,
  deliveryDays,
  promisedDays,
  expectedDelivery,
  linesByOrder,
  orderById,
  orderData,
  OrderPaymentStatus,
  shownTaxLines,
  shipmentsByOrder,
  type ExpectedDelivery,
  type OrderEntity,
  type OrderLineEntity,
  type OrderMails,
  type OrderService,
  type ShipmentRow,
} from '../orders/index.js';
import { localized } from '../../kernel/languages.js';
import { money, type Money } from '../../kernel/money.js';
import type { Database } from '../../platform/database/database.js';
import { paymentsByOrder, toOrderTenders } from '../payments/index.js';
import { regionalGroup, type SettingsService } from '../store/index.js';
import type { OrderMailData, ResetForMail } from './order-for-mail.js';
import { OwnerAlertData, type OwnerAlertDataDeps } from './owner-alert-data.js';
import type { ConfirmedPayment } from './templates/mail-model.js';

export interface ShopMailDataDeps extends Omit<OwnerAlertDataDeps, 'database'> {
  readonly database: Database;
  readonly orders: OrderService;
  readonly settings: SettingsService;
  readonly orderMails: OrderMails;
  readonly passwordResetMail: (tokenId: string) => Promise<ResetForMail | null>;
}

/** Collects the data of mails from the domains that own it. */
export function createMailData(deps: ShopMailDataDeps): OrderMailData {
  const { database, orders, orderMails } = deps;
  const alerts = new OwnerAlertData(deps);
  return {
    ownerAlert: (alert, event) => alerts.find(alert, event),
    owner: () => alerts.owner(),
    resetMail: (tokenId) => deps.passwordResetMail(tokenId),
    orderLink: (id) => orderMails.pageOf({ id }, 'order'),
    async mailSent(tx, orderId, template) {
      await orders.appendTimelineEntry(tx, orderId, 'MAIL_SENT', { mail: template });
      const order = await tx.row(orderById, { id: orderId });
      return order && orderData(order);
    },
    async orderForMail(orderId) {
      const order = await orders.find(orderId);
      if (!order) return null;
      const lines = await database.rows(linesByOrder, { ids: [orderId] });
      const shipments = await database.rows(shipmentsByOrder, { ids: [orderId] });
      const { timeZone } = await deps.settings.get(regionalGroup);
      const expected = await expectedFor(database, { order, lines, timeZone });
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
        charges: chargesOf(order).map(({ code, name, amount }) => ({
          name: localized(name, order.language, order.language) ?? code,
          amount: money(amount, currency),
        })),
        total: money(order.totalGross, currency),
        taxes: shownTaxLines(order).map(({ name, basisPoints, net, tax }) => ({
          name: localized(name, order.language, order.language) ?? '',
          basisPoints,
          net: money(net, currency),
          tax: money(tax, currency),
        })),
        tenders: await tendersOf(database, order),
        due: money(order.totalGross - order.tendered, currency),
        payment: paymentOf(order),
        address: shippingAddress,
        shipments: shipments.map((shipment) => toMailShipment(shipment, lines, expected)),
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

/** What accounts of the shop pay of it, in the buyer's language. */
async function tendersOf(
  database: Database,
  { id, tendered, language }: OrderEntity,
): Promise<{ name: string; amount: Money }[]> {
  if (tendered === 0) return [];
  const payments = await database.rows(paymentsByOrder, { ids: [id] });
  return toOrderTenders(payments, { language, defaultLanguage: language });
}

function toMailLine(line: OrderLineEntity, currency: string) {
  return {
    name: line.productName,
    variant: line.variantName,
    quantity: line.quantity,
    total: money(line.totalGross, currency),
  };
}

async function expectedFor(
  database: Database,
  {
    order,
    lines,
    timeZone,
  }: { order: OrderEntity; lines: readonly { readonly backordered: number }[]; timeZone: string },
): Promise<ExpectedDelivery | null> {
  const { status, placedAt, shippingMethodId } = order;
  const ids = shippingMethodId ? [shippingMethodId] : [];
  const days = promisedDays(order) ?? (await database.rows(deliveryDays, { ids }))[0];
  const isBackordered = lines.some(({ backordered }) => backordered > 0);
  return days ? expectedDelivery({ ...days, status, placedAt, isBackordered }, timeZone) : null;
}

function toMailShipment(
  shipment: ShipmentRow,
  lines: readonly OrderLineEntity[],
  expected: ExpectedDelivery | null,
) {
  return {
    ...shipment,
    // What left late arrives later than was expected.
    expectedDelivery:
      expected && expected.to > shipment.shippedAt
        ? { from: expected.from.toISOString(), to: expected.to.toISOString() }
        : null,
    lines: shipment.lines.flatMap(({ orderLineId, quantity }) => {
      const line = lines.find((candidate) => candidate.id === orderLineId);
      return line ? [{ name: line.productName, variant: line.variantName, quantity }] : [];
    }),
  };
}
