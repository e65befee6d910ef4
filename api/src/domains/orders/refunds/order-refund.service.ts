import { staff, SYSTEM, type Actor } from '../../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { newId } from '../../../kernel/ids.js';
import type { Database, Querying, Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { StockService } from '../../inventory/index.js';
import type { RefundRequests } from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { OrderSource } from '../placing/order-source.js';
import { chargesOf } from '../placing/stored-adjustments.js';
import { FulfillmentStatus, fulfillmentOf, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import { givenBackBy } from './given-back.js';
import { readRefundableLines, type RefundableLineRow } from './refundable-lines.js';
import {
  planRefund,
  requestForAll,
  type RefundableOrder,
  type RefundPlan,
  type RequestedRefund,
} from './refund-plan.js';
import { refundableCharges, refundableRates } from './refund-charges.js';
import * as sql from './refund.statements.js';

/*
 * How an order is refunded
 *
 * One transaction locks: the request's key, the order's row, its captured payments (newest first; for an exchange
 * then those of the orders whose goods it replaces, which hold the money of its credit), then, where units are named,
 * stock rows by variant and location, because a stock receipt may fill the order's back-order at the same moment. A
 * plain amount, and units that were returned and whose stock was settled then, change no stock and lock none: the
 * caller may hold the stock levels of other variants. Under these locks the ledger (the order's money and units) is
 * read and the plan made; the decision, its lines, one refund row for each payment it touches, the stock movements,
 * the timeline and the events are written together or not at all. A job sends the refunds to the provider; only the
 * provider's result changes the order's payment status.
 */

export interface RefundRequest {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly requested: RequestedRefund;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface RefundDecision {
  readonly requested: RequestedRefund;
  readonly reason: string | null;
  readonly actor: Actor;
  /**
   * How much of it never came, minor units: a decision within it gives no money back, so it needs no permission. None
   * when left out.
   */
  readonly neverCame?: number;
}

/** The credit that pays for the goods of an exchange besides its own payments. */
export interface ExchangeCredit extends Record<string, unknown> {
  /** The order whose goods were returned. */
  readonly orderId: string;
  /** Minor units. */
  readonly amount: number;
}

export interface RefundDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly refundRequests: RefundRequests;
  readonly stock: StockService;
  readonly keys: RequestKeys;
}

export class OrderRefundService {
  constructor(private readonly deps: RefundDeps) {}

  /** What a refund would do now, with the most that could be refunded; null when there is no such order. */
  async preview(
    orderId: string,
    requested: RequestedRefund,
  ): Promise<{ order: OrderEntity; ledger: RefundableOrder; plan: RefundPlan } | null> {
    const order = await this.deps.orders.find(orderId);
    if (!order) return null;
    const ledger = await this.ledger(this.deps.database, order);
    return { order, ledger, plan: planRefund(ledger, requested) };
  }

  /**
   * Refunds an order by a decision of staff. A repeat with the same key returns the refund of the first call.
   *
   * @throws StaleVersionError | InvalidInputError | NotFoundError
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED (the bank decides about this money) | REFUND_NOT_ALLOWED
   */
  async refund(request: RefundRequest): Promise<{ order: OrderEntity; refundId: string }> {
    const { actorId, idempotencyKey, ...body } = request;
    const keyed = { actor: `user:${actorId}`, operation: 'orderRefund', key: idempotencyKey, body };
    const result = await this.deps.database.transaction(async (tx) => {
      const earlier = await this.deps.keys.claim(tx, keyed);
      if (earlier) {
        const order = await this.deps.orders.lock(tx, request.orderId);
        return { order, refundId: (earlier.response as { refundId: string }).refundId };
      }
      const order = await this.deps.orders.lockVersion(tx, request.orderId, request.expectedVersion);
      const { requested, reason } = request;
      const refunded = await this.createRefund(tx, order, { requested, reason, actor: staff(actorId) });
      await this.deps.keys.storeResult(tx, keyed, { refundId: refunded.refundId });
      return refunded;
    });
    this.deps.orders.notifyRelay();
    return result;
  }

  /**
   * Writes a refund decision and everything that follows from it. Requires the order lock; the caller notifies the
   * relay after the commit.
   *
   * @throws InvalidInputError
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED | REFUND_NOT_ALLOWED (`actor` may not give money back)
   */
  async createRefund(
    tx: Tx,
    order: OrderEntity,
    { requested, reason, actor, neverCame = 0 }: RefundDecision,
  ): Promise<{ order: OrderEntity; refundId: string; plan: RefundPlan }> {
    const payers = await this.lockFundingPayments(tx, order);
    if (changesStock(requested)) await this.deps.stock.lockSold(tx, order.id);
    const ledger = await this.ledger(tx, order);
    const plan = planRefund(ledger, requested);
    const refundId = newId();
    await this.insertRefund(tx, { refundId, orderId: order.id, plan, reason, actor });
    await this.deps.refundRequests.refundOrders(tx, payers, {
      amount: plan.amount,
      reason: reason ?? AUTOMATIC_REASONS.REFUNDED_BY_SHOP,
      orderRefundId: refundId,
      actor: plan.amount > neverCame ? actor : SYSTEM,
    });
    await this.restockUnits(tx, order, plan, actor);
    const changed = await this.deps.orders.change(tx, order, {
      ...nothingLeftToShip(order, ledger, plan),
      event: 'REFUND_REQUESTED',
      details: { amount: plan.amount },
      actor,
    });
    return { order: changed, refundId, plan };
  }

  /**
   * Refunds whatever is left of an order's money, without changing stock; does nothing when nothing is left. Requires
   * the order lock.
   */
  async refundRemaining(
    tx: Tx,
    order: OrderEntity,
    reason: string | null,
    actor: Actor,
  ): Promise<OrderEntity> {
    // Before the ledger is read: a refund made at the provider may arrive in between and leave less to refund.
    await this.lockFundingPayments(tx, order);
    const ledger = await this.ledger(tx, order);
    if (ledger.refundable === 0) return order;
    return (await this.createRefund(tx, order, { requested: requestForAll(ledger, false), reason, actor }))
      .order;
  }

  /**
   * Locks the payments that hold an order's money, and returns the ids of their orders, its own first. For callers
   * that must lock stock levels before `createRefund`: payments come before stock levels. Requires the order lock.
   */
  async lockFundingPayments(tx: Tx, order: OrderEntity): Promise<string[]> {
    const payers = await paidBy(tx, order);
    for (const id of payers) await this.deps.refundRequests.lockCaptured(tx, id);
    return payers;
  }

  /**
   * The order that an exchange's credit came from, and how much of it pays for its goods now; null for any other
   * order.
   */
  creditOf(querying: Querying, order: OrderEntity): Promise<ExchangeCredit | null> {
    if (order.source !== OrderSource.EXCHANGE) return Promise.resolve(null);
    return querying.row(sql.creditOf, { orderId: order.id });
  }

  /** The amounts and units of an order that decide about refunds. */
  async ledger(querying: Querying, order: OrderEntity): Promise<RefundableOrder> {
    const lines = await readRefundableLines(querying, order.id);
    const found = await querying.row(sql.orderMoney, { ids: [order.id] });
    if (!found) throw new Error('An order that was just read is missing');
    const { givenBackCharges, givenBackDelivery, decisions, ...money } = found;
    const charges = refundableCharges(chargesOf(order), givenBackCharges.flat());
    const { shippingGross } = order;
    const shippingRates = refundableRates(order.shippingRates, givenBackDelivery.flat());
    const { totalNet, totalGross } = order.source === OrderSource.EXCHANGE ? worthOf(order, lines) : order;
    return {
      ...{ lines, totalNet, totalGross, shippingGross, shippingRates, charges },
      ...money,
      ...givenBackBy(decisions),
    };
  }

  private async insertRefund(
    tx: Tx,
    {
      refundId,
      orderId,
      plan,
      reason,
      actor,
    }: { refundId: string; orderId: string; plan: RefundPlan; reason: string | null; actor: Actor },
  ): Promise<void> {
    await tx.count(sql.insertOrderRefund, {
      id: refundId,
      orderId,
      amount: plan.amount,
      shippingAmount: plan.shippingAmount,
      tax: plan.tax,
      reason,
      actorId: actor.kind === 'STAFF' ? actor.userId : null,
      shippingTax: plan.shippingTax,
      shippingRates: plan.shippingRates,
      charges: plan.charges,
      chargesAmount: plan.charges.reduce((sum, { amount }) => sum + amount, 0),
      lineIds: plan.lines.map(({ line }) => line.id),
      quantities: plan.lines.map(({ quantity }) => quantity),
      lineAmounts: plan.lines.map(({ amount }) => amount),
      lineTaxes: plan.lines.map(({ tax }) => tax),
      restocked: plan.lines.map(({ restocked }) => restocked),
      unshipped: plan.lines.map(({ unshipped }) => unshipped),
      cancelled: plan.lines.map(({ cancelled }) => cancelled),
    });
  }

  private async restockUnits(tx: Tx, order: OrderEntity, plan: RefundPlan, actor: Actor): Promise<void> {
    const dropped = plan.lines.filter((line) => line.dropped > 0);
    if (dropped.length > 0) {
      await this.deps.stock.dropBackordered(tx, {
        orderId: order.id,
        lines: dropped.map(({ line, dropped: quantity }) => ({ variantId: line.variantId, quantity })),
      });
    }
    if (plan.restocked === 0) return;
    await this.deps.stock.restockLines(tx, {
      orderId: order.id,
      actorId: actor.userId,
      reason: AUTOMATIC_REASONS.REFUNDED,
      lines: plan.lines
        .filter(({ restocked }) => restocked > 0)
        .map(({ line, restocked }) => ({ variantId: line.variantId, quantity: restocked })),
    });
  }
}

function changesStock({ lines, sentBack = false }: RequestedRefund): boolean {
  return lines.some(({ restock }) => !sentBack || restock !== false);
}

/** The orders whose payments fund this order's refunds: for an exchange also those whose goods it replaces. */
async function paidBy(tx: Tx, { id, source }: OrderEntity): Promise<string[]> {
  if (source !== OrderSource.EXCHANGE) return [id];
  return (await tx.rows(sql.paidBy, { ids: [id] })).map((row) => row.id);
}

/** The price of an exchange before its credit. */
function worthOf(
  { shippingNet, shippingGross }: OrderEntity,
  lines: readonly RefundableLineRow[],
): Pick<RefundableOrder, 'totalNet' | 'totalGross'> {
  return {
    totalNet: lines.reduce((sum, line) => sum + line.totalNet, shippingNet),
    totalGross: lines.reduce((sum, line) => sum + line.totalGross, shippingGross),
  };
}

/** When the last units that were not shipped are cancelled, a partly shipped order becomes FULFILLED. */
function nothingLeftToShip(
  order: OrderEntity,
  ledger: RefundableOrder,
  plan: RefundPlan,
): Partial<Pick<OrderEntity, 'status' | 'fulfillmentStatus'>> {
  const maySettle = [OrderStatus.PAID, OrderStatus.PLACED].includes(order.status);
  if (!maySettle || order.fulfillmentStatus !== FulfillmentStatus.PARTIALLY_FULFILLED) return {};
  const lines = ledger.lines.map(({ id, quantity, fulfilled, cancelled }) => ({
    quantity: quantity - cancelled - (plan.lines.find(({ line }) => line.id === id)?.cancelled ?? 0),
    fulfilled,
  }));
  const fulfillmentStatus = fulfillmentOf(lines);
  return fulfillmentStatus === FulfillmentStatus.FULFILLED
    ? { fulfillmentStatus, status: OrderStatus.FULFILLED }
    : {};
}
