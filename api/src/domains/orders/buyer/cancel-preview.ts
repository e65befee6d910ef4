import { statement, type Database, t } from '../../../platform/database/database.js';
import { IS_OPEN_PAYMENT } from '../../payments/index.js';
import { cameBackUnpaid, neverLeft, returnedUnits } from '../fulfillment/goods-at-home.js';
import type { OrderEntity } from '../order.entity.js';
import { FulfillmentStatus, isTransitionAllowed, OrderStatus } from '../order-states.js';
import { linesByOrder } from '../order.statements.js';
import { releasesMoney } from '../closing/gives-back.js';
import type { OrderRefundService } from '../refunds/order-refund.service.js';

const openAndHeld = statement('orders.open-and-held', {
  params: { orderId: t.uuid },
  row: { voided: t.int, released: t.int },
  sql: `SELECT
     coalesce((SELECT sum(amount) FROM payment WHERE order_id = :orderId AND purpose IN ('ORDER', 'TENDER')
       AND status ${IS_OPEN_PAYMENT}), 0)::bigint AS voided,
     coalesce((SELECT sum(quantity) FROM reservation WHERE order_id = :orderId AND status = 'ACTIVE'), 0)::int AS released`,
});

export interface CancelEffects {
  readonly refund: number;
  readonly voided: number;
  readonly released: number;
  readonly restocked: number;
  /** Whether money goes back, by a refund or because what is reserved is let go. */
  readonly givesMoneyBack: boolean;
}

/** What cancelling an order would do now; null when the order cannot be cancelled, or not any more. */
export async function previewCancel(
  database: Database,
  refunds: OrderRefundService,
  order: OrderEntity,
): Promise<CancelEffects | null> {
  if (!(await isCancellable(database, order))) return null;
  const { lines, refundable } = await refunds.ledger(database, order);
  const returned = await returnedUnits(database, order.id);
  const held = await database.row(openAndHeld, { orderId: order.id });
  const refund = order.status === OrderStatus.REFUNDED ? 0 : refundable;
  return {
    refund,
    givesMoneyBack: refund > 0 || (await releasesMoney(database, refunds, order)),
    voided: held?.voided ?? 0,
    released: held?.released ?? 0,
    restocked: lines.reduce((sum, line) => {
      const { restockable, quantity, cancelled, backordered } = line;
      const atHome =
        order.status === OrderStatus.REFUNDED
          ? neverLeft(line)
          : quantity - cancelled - (returned.get(line.id) ?? 0);
      return sum + Math.max(0, Math.min(restockable, atHome - backordered));
    }, 0),
  };
}

async function isCancellable(database: Database, order: OrderEntity): Promise<boolean> {
  if (order.status === OrderStatus.REFUNDED) {
    const lines = await database.rows(linesByOrder, { ids: [order.id] });
    return lines.some((line) => neverLeft(line) > 0);
  }
  if (!isTransitionAllowed(order.status, OrderStatus.CANCELLED)) return false;
  return order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED || (await cameBackUnpaid(database, order));
}
