import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { perRequest } from '../../platform/graphql/context.js';
import { disputesByOrder, paymentsByOrder, type DisputeRow, type PaymentEntity } from '../payments/index.js';
import type { OrderEntity, OrderEventEntity, OrderLineEntity, ShipmentEntity } from './order.entity.js';
import { statement } from '../../platform/database/database.js';
import * as sql from './order.statements.js';

/** `backordered` units were sold and are not in stock yet. */
export type OrderLineRow = OrderLineEntity & { currency: string; backordered: number };
export type OrderEventRow = OrderEventEntity & { currency: string; actorName: string | null };
export type ShipmentRow = ShipmentEntity & { lines: { orderLineId: string; quantity: number }[] };

/** What a customer has bought, counted over orders that were paid. */
export interface CustomerSummary {
  readonly userId: string;
  readonly orderCount: number;
  readonly spent: number;
  readonly lastOrderAt: Date | null;
}

const customerSummaries = statement(
  'orders.customer-summaries',
  `SELECT user_id AS "userId", count(*)::int AS "orderCount", coalesce(sum(total_gross - refunded), 0)::bigint AS spent,
     max(placed_at) AS "lastOrderAt"
   FROM shop_order WHERE user_id = ANY($1::uuid[]) AND placed_at IS NOT NULL GROUP BY user_id`,
);

const deliveryDays = statement(
  'orders.delivery-days',
  'SELECT id, days_min AS "daysMin", days_max AS "daysMax" FROM shipping_method WHERE id = ANY($1)',
);

export interface DeliveryDays {
  readonly id: string;
  readonly daysMin: number | null;
  readonly daysMax: number | null;
}

export const orderLoaders = perRequest(({ database }) => ({
  lines: loadManyBy<OrderLineRow>(database, sql.linesByOrder, (line) => line.orderId),
  events: loadManyBy<OrderEventRow>(database, sql.eventsByOrder, (event) => event.orderId),
  shipments: loadManyBy<ShipmentRow>(database, sql.shipmentsByOrder, (shipment) => shipment.orderId),
  payments: loadManyBy<PaymentEntity>(database, paymentsByOrder, (payment) => payment.orderId),
  disputes: loadManyBy<DisputeRow>(database, disputesByOrder, (dispute) => dispute.orderId),
  orderById: loadOneBy<OrderEntity>(database, sql.ordersByIds, (order) => order.id),
  /** By the id of a shipping method. */
  deliveryDays: loadOneBy<DeliveryDays>(database, deliveryDays, (method) => method.id),
  customerSummary: loadOneBy<CustomerSummary>(database, customerSummaries, (row) => row.userId),
}));
