import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { disputesByOrder, paymentsByOrder } from '../payments/index.js';
import type { OrderEntity, OrderEventEntity, OrderLineEntity, ShipmentEntity } from './order.entity.js';
import { statement, t, type ValuesOf } from '../../platform/database/database.js';
import { shipmentsByOrder } from './fulfillment/shipment.statements.js';
import { OrderStatus } from './order-states.js';
import * as sql from './order.statements.js';
import { acceptablePayments, type AcceptablePayment } from './payments/acceptable-payment.statements.js';

/** `backordered` units were sold and are not in stock yet. */
export type OrderLineRow = OrderLineEntity & { currency: string; backordered: number };
export type OrderEventRow = OrderEventEntity & { currency: string; actorName: string | null };
export type ShipmentRow = ShipmentEntity & { lines: { orderLineId: string; quantity: number }[] };
const CUSTOMER_SUMMARY_ROW = {
  customerId: t.uuid,
  orderCount: t.int,
  spent: t.int,
  lastOrderAt: t.timestamp.orNull,
};

export type CustomerSummary = ValuesOf<typeof CUSTOMER_SUMMARY_ROW>;

export const customerSummaries = statement('orders.customer-summaries', {
  params: { ids: t.uuids },
  row: CUSTOMER_SUMMARY_ROW,
  sql: `SELECT customer_id AS "customerId", count(*)::int AS "orderCount", coalesce(sum(total_gross - refunded), 0)::bigint AS spent,
     max(placed_at) AS "lastOrderAt"
   FROM shop_order WHERE customer_id = ANY(:ids::uuid[]) AND placed_at IS NOT NULL GROUP BY customer_id`,
});

const DELIVERY_DAYS_ROW = {
  id: t.uuid,
  estimatedDaysMin: t.int.orNull,
  estimatedDaysMax: t.int.orNull,
};
export type DeliveryDays = Omit<ValuesOf<typeof DELIVERY_DAYS_ROW>, 'id'>;

export const deliveryDays = statement('orders.delivery-days', {
  params: { ids: t.uuids },
  row: DELIVERY_DAYS_ROW,
  sql: 'SELECT id, days_min AS "estimatedDaysMin", days_max AS "estimatedDaysMax" FROM shipping_method WHERE id = ANY(:ids)',
});
export const orderLoaders = perRequest(({ database }) => ({
  lines: loadManyBy(database, sql.linesByOrder, (line) => line.orderId),
  events: loadManyBy(database, sql.eventsByOrder, (event) => event.orderId),
  shipments: loadManyBy(database, shipmentsByOrder, (shipment) => shipment.orderId),
  payments: loadManyBy(database, paymentsByOrder, (payment) => payment.orderId),
  disputes: loadManyBy(database, disputesByOrder, (dispute) => dispute.orderId),
  orderById: loadOneBy(database, sql.ordersByIds, (order) => order.id),
  acceptablePayment: loadOneBy(database, acceptablePayments, (payment) => payment.orderId),
  /** By the id of a shipping method. */
  deliveryDays: loadOneBy(database, deliveryDays, (method) => method.id),
  customerSummary: loadOneBy(database, customerSummaries, (row) => row.customerId),
}));

/** The payment of an order in REVIEW that staff may accept; null when there is none. Other orders ask no statement. */
export async function acceptablePayment(
  { id, status }: OrderEntity,
  context: RequestContext,
): Promise<AcceptablePayment | null> {
  if (status !== OrderStatus.REVIEW) return null;
  return orderLoaders(context).acceptablePayment.load(id);
}
