import { DomainError } from '../../../kernel/errors.js';
import { statement, type Querying, type Tx, t } from '../../../platform/database/database.js';
import type { StockService } from '../../inventory/index.js';
import type { OrderEntity, OrderLineEntity } from '../order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from '../order-states.js';
import { linesByOrder } from '../order.statements.js';

/** Returns a row while a shipment of the order is on its way, or with its buyer. */
export const shipmentOut = statement('orders.shipment-out', {
  params: { orderId: t.uuid },
  row: { '?column?': t.int },
  sql: `SELECT 1 FROM shipment WHERE order_id = :orderId AND status <> 'RETURNED' LIMIT 1`,
});

const returned = statement('orders.returned-units', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, units: t.int },
  sql: `SELECT l.order_line_id AS id, sum(l.received)::int AS units
   FROM order_return_line l JOIN order_return r ON r.id = l.return_id
   WHERE r.order_id = :orderId AND l.received > 0 GROUP BY l.order_line_id`,
});

/**
 * By order line: units that came back in a return. The return decided which of them can be sold again and restocked
 * those.
 */
export async function returnedUnits(
  querying: Querying,
  orderId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await querying.rows(returned, { orderId });
  return new Map(rows.map(({ id, units }) => [id, units]));
}

type States = Pick<OrderEntity, 'status' | 'paymentStatus' | 'fulfillmentStatus'>;

const { PLACED, FULFILLED, COMPLETED, REVIEW } = OrderStatus;
const SENT: readonly OrderStatus[] = [PLACED, FULFILLED, COMPLETED, REVIEW];
const UNPAID: readonly OrderPaymentStatus[] = [OrderPaymentStatus.PENDING, OrderPaymentStatus.CANCELLED];

/**
 * Goods were shipped before their payment, which has not come: cash on delivery, or an authorization that lapsed
 * meanwhile.
 */
export function isSentUnpaid({ status, paymentStatus, fulfillmentStatus }: States): boolean {
  const hasLeft = fulfillmentStatus !== FulfillmentStatus.UNFULFILLED;
  return hasLeft && SENT.includes(status) && UNPAID.includes(paymentStatus);
}

/**
 * Whether an order was shipped unpaid and all its shipments came back: no payment and no goods of it are with the
 * buyer.
 */
export async function cameBackUnpaid(querying: Querying, order: OrderEntity): Promise<boolean> {
  return isSentUnpaid(order) && (await querying.row(shipmentOut, { orderId: order.id })) === null;
}

/**
 * Checks that an order can be cancelled: nothing of it was shipped, or (staff only) all of it came back unpaid.
 * Requires the order lock. @throws DomainError ILLEGAL_TRANSITION
 */
export async function assertGoodsAtHome(
  querying: Querying,
  order: OrderEntity,
  isStaff: boolean,
): Promise<void> {
  if (order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED) return;
  if (isStaff && (await cameBackUnpaid(querying, order))) return;
  const message = isSentUnpaid(order)
    ? 'A shipment is on its way or was delivered: wait until it is back, and note that it came back.'
    : 'A part has been shipped already: refund instead.';
  throw new DomainError('ILLEGAL_TRANSITION', message, ['orderId']);
}

/** How many units of a line were neither shipped nor cancelled. */
export function neverLeft({
  quantity,
  fulfilled,
  cancelled,
}: Pick<OrderLineEntity, 'quantity' | 'fulfilled' | 'cancelled'>): number {
  return Math.max(0, quantity - fulfilled - cancelled);
}

/**
 * Restocks the units of a cancelled order that were never shipped, or were shipped and came back: none is with the
 * buyer when it is cancelled. Units that were cancelled before were restocked then, or are broken; the same holds for
 * units that came back in a return. Requires the order lock, and the locks of its payments if any are to be locked.
 */
export async function restockAll(
  tx: Tx,
  stock: StockService,
  orderId: string,
  actorId: string | null,
): Promise<void> {
  const lines = await tx.rows(linesByOrder, { ids: [orderId] });
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
