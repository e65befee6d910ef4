import { DomainError } from '../../kernel/errors.js';
import { statement, type Querying, type Tx } from '../../platform/database/database.js';
import type { StockService } from '../inventory/index.js';
import type { OrderEntity, OrderLineEntity } from './order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { linesByOrder } from './order.statements.js';

/** A row while a parcel of the order is on its way, or with its buyer. */
export const shipmentOut = statement(
  'orders.parcel-out',
  `SELECT 1 FROM shipment WHERE order_id = $1 AND status <> 'RETURNED' LIMIT 1`,
);

const returned = statement(
  'orders.returned-units',
  `SELECT l.order_line_id AS id, sum(l.received)::int AS units
   FROM order_return_line l JOIN order_return r ON r.id = l.return_id
   WHERE r.order_id = $1 AND l.received > 0 GROUP BY l.order_line_id`,
);

/** By order line: units that came back in a return. It decided which of them are fit for sale, and put those on the shelf. */
export async function returnedUnits(
  querying: Querying,
  orderId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await querying.rows<{ id: string; units: number }>(returned, [orderId]);
  return new Map(rows.map(({ id, units }) => [id, units]));
}

type States = Pick<OrderEntity, 'status' | 'paymentStatus' | 'fulfillmentStatus'>;

const { PLACED, FULFILLED, COMPLETED, REVIEW } = OrderStatus;
const SENT: readonly OrderStatus[] = [PLACED, FULFILLED, COMPLETED, REVIEW];
const UNPAID: readonly OrderPaymentStatus[] = [OrderPaymentStatus.PENDING, OrderPaymentStatus.CANCELLED];

/** Goods of it left before their money, which has not come: on delivery, or reserved money that lapsed on their way. */
export function isSentUnpaid({ status, paymentStatus, fulfillmentStatus }: States): boolean {
  const hasLeft = fulfillmentStatus !== FulfillmentStatus.UNFULFILLED;
  return hasLeft && SENT.includes(status) && UNPAID.includes(paymentStatus);
}

/** Such an order whose parcels all came back: no money and no goods of it are with the buyer. */
export async function cameBackUnpaid(querying: Querying, order: OrderEntity): Promise<boolean> {
  return isSentUnpaid(order) && (await querying.row(shipmentOut, [order.id])) === null;
}

/**
 * An order can be cancelled while nothing of it has left, and by staff once all of it came back unpaid. Call with the order
 * locked. @throws DomainError ILLEGAL_TRANSITION
 */
export async function assertGoodsAtHome(
  querying: Querying,
  order: OrderEntity,
  isStaff: boolean,
): Promise<void> {
  if (order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED) return;
  if (isStaff && (await cameBackUnpaid(querying, order))) return;
  const message = isSentUnpaid(order)
    ? 'A parcel is on its way or was delivered: wait until it is back, and note that it came back.'
    : 'A part has been shipped already: refund instead.';
  throw new DomainError('ILLEGAL_TRANSITION', message, ['orderId']);
}

/** How many units of a line neither left nor were given up. */
export function neverLeft({
  quantity,
  fulfilled,
  cancelled,
}: Pick<OrderLineEntity, 'quantity' | 'fulfilled' | 'cancelled'>): number {
  return Math.max(0, quantity - fulfilled - cancelled);
}

/**
 * Puts on the shelf what would have left for a cancelled order, or left and came back: nothing of it is out when it is
 * cancelled. Units that were given up before were put back then, or are broken; so it is with those that came back in a
 * return. Call with the order locked, and its payments if any are to be.
 */
export async function putBackAll(
  tx: Tx,
  stock: StockService,
  orderId: string,
  actorId: string | null,
): Promise<void> {
  const lines = await tx.rows<OrderLineEntity>(linesByOrder, [[orderId]]);
  const returned = await returnedUnits(tx, orderId);
  await stock.restock(tx, {
    orderId,
    actorId,
    reason: null,
    lines: lines.map(({ id, variantId, quantity, cancelled }) => ({
      variantId,
      quantity: Math.max(0, quantity - cancelled - (returned.get(id) ?? 0)),
    })),
  });
}
