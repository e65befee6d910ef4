import type { Actor } from '../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import type { Querying, Tx } from '../../platform/database/database.js';
import type { LockedStock, StockService } from '../inventory/index.js';
import {
  followLines,
  fulfillmentOf,
  FulfillmentStatus,
  linesByOrder,
  OrderStatus,
  readRefundableLines,
  replaceLines,
  repriceOrder,
  type OrderEntity,
  type OrderService,
  orderEvent,
} from '../orders/index.js';
import { orderEdited } from './order-editing.events.js';
import type { EditableLine, EditPlan, Units } from './edit-plan.js';

export interface OrderEditWriterDeps {
  readonly orders: OrderService;
  readonly stock: StockService;
}

/**
 * Applies a plan to the order and its stock. Requires the locks of the order and of the payments that the edit
 * changes.
 */
export class OrderEditWriter {
  constructor(private readonly deps: OrderEditWriterDeps) {}

  /** The order's lines with the quantities that decide whether they may be edited. */
  async lines(querying: Querying, orderId: string): Promise<EditableLine[]> {
    const lines = await querying.rows(linesByOrder, { ids: [orderId] });
    const settled = await readRefundableLines(querying, orderId);
    return lines.map((line) => ({
      ...line,
      settledQuantity: settled.find(({ id }) => id === line.id)?.settledQuantity ?? 0,
    }));
  }

  /**
   * Holds the units that the edit adds. Locks all stock levels of the order together with theirs, in the one order of
   * locks, so that restocking later needs no further lock. @throws InsufficientStockError; then nothing was written
   */
  async hold(tx: Tx, orderId: string, plan: EditPlan, expiresAt: Date): Promise<void> {
    const locked = await this.lockStockLevels(tx, plan, plan.added);
    if (plan.added.length > 0) await this.deps.stock.hold(tx, locked, orderId, expiresAt);
  }

  /** Locks the same stock levels in the same order, before a proposed edit is applied. */
  lockStockLevels(tx: Tx, plan: EditPlan, wanted: readonly Units[] = []): Promise<LockedStock> {
    const others = [...plan.lines, ...plan.takenOff].map((units) => ({ ...units, quantity: 0 }));
    return this.deps.stock.lock(tx, [...wanted, ...others]);
  }

  /** Applies the plan: sells what is held for it, restocks what is removed, writes lines and totals. */
  async apply(
    tx: Tx,
    order: OrderEntity,
    plan: EditPlan,
    { editId, actor }: { editId: string; actor: Actor },
  ): Promise<OrderEntity> {
    if (plan.added.length > 0) await this.deps.stock.sell(tx, order.id);
    await this.returnRemovedUnits(tx, order, plan, actor);
    await replaceLines(tx, order.id, plan.lines);
    await repriceOrder(tx, order.id, plan, followLines(order, plan.lines));
    const fulfillmentStatus = await this.fulfillment(tx, order);
    return this.deps.orders.change(tx, order, {
      fulfillmentStatus,
      // FULFILLED when the edit removed the last units that were left to ship.
      status: fulfillmentStatus === FulfillmentStatus.FULFILLED ? OrderStatus.FULFILLED : order.status,
      event: 'EDITED',
      details: { amount: plan.total.gross - plan.totalBefore },
      actor,
      events: (edited) => [orderEvent(orderEdited, edited, editId)],
    });
  }

  /** Of a partly shipped order: whether everything is shipped now. Cancelled units will not be shipped. */
  private async fulfillment(tx: Tx, { id, fulfillmentStatus }: OrderEntity): Promise<FulfillmentStatus> {
    if (fulfillmentStatus !== FulfillmentStatus.PARTIALLY_FULFILLED) return fulfillmentStatus;
    const lines = await tx.rows(linesByOrder, { ids: [id] });
    return fulfillmentOf(
      lines.map(({ quantity, cancelled, fulfilled }) => ({ quantity: quantity - cancelled, fulfilled })),
    );
  }

  /** Back-ordered units are dropped; the rest is restocked where it was sold from. */
  private async returnRemovedUnits(
    tx: Tx,
    order: OrderEntity,
    plan: EditPlan,
    { userId }: Actor,
  ): Promise<void> {
    if (plan.takenOff.length === 0) return;
    const orderId = order.id;
    const dropped = await this.deps.stock.dropBackordered(tx, { orderId, lines: plan.takenOff });
    if (!plan.restock) return;
    const lines = plan.takenOff.flatMap(({ variantId, quantity }) => {
      const left = quantity - (dropped.get(variantId) ?? 0);
      return left > 0 ? [{ variantId, quantity: left }] : [];
    });
    await this.deps.stock.restockLines(tx, {
      orderId,
      actorId: userId,
      reason: AUTOMATIC_REASONS.ORDER_CHANGED,
      lines,
    });
  }
}
