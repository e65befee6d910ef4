import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import type { Querying, Tx } from '../../platform/database/database.js';
import type { LockedStock, StockService } from '../inventory/index.js';
import {
  fulfillmentOf,
  FulfillmentStatus,
  linesByOrder,
  OrderStatus,
  refundableLines,
  replaceLines,
  repriceOrder,
  type Actor,
  type OrderEntity,
  type OrderLineEntity,
  type OrderService,
  type RefundableLineRow,
} from '../orders/index.js';
import type { EditableLine, EditPlan, Units } from './edit-plan.js';

export interface OrderEditWriterDeps {
  readonly orders: OrderService;
  readonly stock: StockService;
}

/** Writes a plan into the order and the shelves. The order is locked, and so are the payments that the edit touches. */
export class OrderEditWriter {
  constructor(private readonly deps: OrderEditWriterDeps) {}

  /** The order's lines with what decides whether they may be changed. */
  async lines(querying: Querying, orderId: string): Promise<EditableLine[]> {
    const lines = await querying.rows<OrderLineEntity>(linesByOrder, [[orderId]]);
    const settled = await querying.rows<RefundableLineRow>(refundableLines, [[orderId]]);
    return lines.map((line) => ({
      ...line,
      settledQuantity: settled.find(({ id }) => id === line.id)?.settledQuantity ?? 0,
    }));
  }

  /**
   * Holds the units that the edit adds. All shelves of the order are locked with theirs, in the one order of locks, so
   * that taking back does not come to a shelf too late. @throws InsufficientStockError; then nothing was written
   */
  async hold(tx: Tx, orderId: string, plan: EditPlan, expiresAt: Date): Promise<void> {
    const locked = await this.lockStockLevels(tx, plan, plan.added);
    if (plan.added.length > 0) await this.deps.stock.hold(tx, locked, orderId, expiresAt);
  }

  /** Before a proposal is applied: the same shelves, in the same order. */
  lockStockLevels(tx: Tx, plan: EditPlan, wanted: readonly Units[] = []): Promise<LockedStock> {
    const others = [...plan.lines, ...plan.takenOff].map((units) => ({ ...units, quantity: 0 }));
    return this.deps.stock.lock(tx, [...wanted, ...others]);
  }

  /** Makes the order what the plan says: sells what is held for it, takes back what is taken off, writes lines and totals. */
  async apply(
    tx: Tx,
    order: OrderEntity,
    plan: EditPlan,
    { editId, actor }: { editId: string; actor: Actor },
  ): Promise<OrderEntity> {
    if (plan.added.length > 0) await this.deps.stock.sell(tx, order.id);
    await this.takeBack(tx, order, plan, actor);
    await replaceLines(tx, order.id, plan.lines);
    await repriceOrder(tx, order.id, plan);
    const fulfillmentStatus = await this.fulfillment(tx, order);
    return this.deps.orders.change(tx, order, {
      fulfillmentStatus,
      // What was left to ship was taken off.
      status: fulfillmentStatus === FulfillmentStatus.FULFILLED ? OrderStatus.FULFILLED : order.status,
      event: 'EDITED',
      details: { amount: plan.total.gross - plan.totalBefore },
      actor,
      updates: 'order.edited',
      eventKey: `order.edited:${editId}`,
    });
  }

  /** A part was shipped already: whether that is now everything. Units that were given up will not be shipped. */
  private async fulfillment(tx: Tx, { id, fulfillmentStatus }: OrderEntity): Promise<FulfillmentStatus> {
    if (fulfillmentStatus !== FulfillmentStatus.PARTIALLY_FULFILLED) return fulfillmentStatus;
    const lines = await tx.rows<OrderLineEntity>(linesByOrder, [[id]]);
    return fulfillmentOf(
      lines.map(({ quantity, cancelled, fulfilled }) => ({ quantity: quantity - cancelled, fulfilled })),
    );
  }

  /** Units that were promised and are still to come are let go; the rest goes back where it was sold from. */
  private async takeBack(tx: Tx, order: OrderEntity, plan: EditPlan, { userId }: Actor): Promise<void> {
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
