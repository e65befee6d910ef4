import { staff } from '../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import { DomainError } from '../../kernel/errors.js';
import { money } from '../../kernel/money.js';
import type { Tx } from '../../platform/database/database.js';
import {
  orderEvent,
  OrderStatus,
  type OrderEntity,
  type OrderRefundService,
  type OrderService,
} from '../orders/index.js';
import {
  PaymentMethod,
  type PaymentEntity,
  type PaymentService,
  type RefundRequests,
} from '../payments/index.js';
import { refundOf, type EditPlan } from './edit-plan.js';
import type { LinkPayments } from './link-payments.js';
import type { OrderEditWriter } from './order-edit-writer.js';
import { OrderEditStatus } from './order-edit.entity.js';
import { Settlement } from './order-edit.type.js';
import { orderEditProposed } from './order-editing.events.js';
import * as sql from './order-editing.statements.js';

const HOLD_MS = 3 * 86_400_000;

export interface EditSettlementDeps {
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly refundRequests: RefundRequests;
  readonly refunding: OrderRefundService;
  readonly writer: OrderEditWriter;
  readonly links: LinkPayments;
}

/**
 * Writes an edit and settles its difference, in the transaction of the request: at once, or proposed with a payment of
 * its own. Locks: see order-edit.service.ts; the order is locked by the caller.
 */
export class EditSettlement {
  constructor(private readonly deps: EditSettlementDeps) {}

  /** Applies the plan, with the refund of the difference or an open offline payment of the new amount. */
  async applyNow(
    tx: Tx,
    order: OrderEntity,
    { id, plan, actorId, creditor }: NewEdit,
    open: OpenPayment | null,
  ): Promise<void> {
    const difference = plan.total.gross - plan.totalBefore;
    const rest = plan.creditLeft ?? 0;
    const first = rest > 0 && creditor ? await this.deps.orders.lock(tx, creditor) : null;
    let edited = order;
    if (open && difference !== 0) edited = await this.replacePayment(tx, order, plan, { open, actorId });
    else if (difference < 0) await this.refundDifference(tx, order, -difference, actorId);
    if (first) await this.deps.refunding.lockFundingPayments(tx, first);
    await this.deps.writer.hold(tx, order.id, plan, this.deps.orders.clock.now());
    await this.insert(tx, order, { id, plan, actorId }, null);
    await this.deps.writer.apply(tx, edited, plan, { editId: id, actor: staff(actorId) });
    if (first) await this.refundUnusedCredit(tx, first, { amount: rest, exchange: order, actorId });
  }

  /**
   * @throws DomainError REFUND_TOO_LARGE (less is left of the payments) | PAYMENT_DISPUTED; then nothing was written
   */
  private async refundUnusedCredit(
    tx: Tx,
    first: OrderEntity,
    { amount, exchange, actorId }: { amount: number; exchange: OrderEntity; actorId: string },
  ): Promise<void> {
    await this.deps.refunding.createRefund(tx, first, {
      requested: { lines: [], shipping: null, amount },
      reason: `exchange ${exchange.number} changed`,
      actor: staff(actorId),
    });
  }

  /**
   * Refunds the difference, at most what is refundable: credit used by an exchange is spent, although no payment
   * shows it.
   */
  private async refundDifference(tx: Tx, order: OrderEntity, amount: number, actorId: string): Promise<void> {
    await this.deps.refundRequests.lockCaptured(tx, order.id);
    const { refundable } = await this.deps.refunding.ledger(tx, order);
    if (amount > refundable)
      throw new DomainError('REFUND_TOO_LARGE', `At most ${refundable} minor units can go back.`, ['lines']);
    await this.deps.refundRequests.refundOrder(tx, order.id, {
      amount,
      reason: AUTOMATIC_REASONS.ORDER_CHANGED,
      actor: staff(actorId),
    });
  }

  /**
   * Whether the difference can be asked for: a link pays by card alone, and no account of an order that is paid gives back
   * what would be missing.
   *
   * @throws DomainError AMOUNT_TOO_SMALL | PAYMENT_METHOD_NOT_OFFERED
   */
  assertPayable(order: OrderEntity, plan: EditPlan): void {
    this.deps.links.assertPayable(money(plan.total.gross - plan.totalBefore, order.currency));
  }

  /** Holds what the plan adds, and asks for the difference. */
  async propose(tx: Tx, order: OrderEntity, edit: NewEdit): Promise<void> {
    const { orders, payments, writer } = this.deps;
    const amount = edit.plan.total.gross - edit.plan.totalBefore;
    this.assertPayable(order, edit.plan);
    const expiresAt = new Date(orders.clock.now().getTime() + HOLD_MS);
    await this.insert(tx, order, edit, expiresAt);
    await payments.open(tx, {
      orderId: order.id,
      amount,
      currency: order.currency,
      method: PaymentMethod.CARD,
      orderEditId: edit.id,
    });
    await writer.hold(tx, order.id, edit.plan, expiresAt);
    await orders.change(tx, order, {
      event: 'EDIT_PROPOSED',
      details: { amount },
      actor: staff(edit.actorId),
      events: (proposed) => [orderEvent(orderEditProposed, proposed, edit.id)],
    });
  }

  /**
   * Replaces the open offline payment by one of the new amount, which the courier collects. Where tenders pay all that
   * is left, nothing is collected any more: the order is paid by what they held, and what they paid too much goes back
   * to the last of them. Returns the order as it is then.
   *
   * @throws DomainError REFUND_TOO_LARGE
   */
  private async replacePayment(
    tx: Tx,
    order: OrderEntity,
    plan: EditPlan,
    { open, actorId }: { readonly open: OpenPayment; readonly actorId: string },
  ): Promise<OrderEntity> {
    const { payments, orders } = this.deps;
    const amount = plan.total.gross - order.tendered;
    await payments.transition(tx, await payments.lock(tx, open.id), 'CANCELLED', null);
    if (amount > 0) {
      await payments.open(tx, { orderId: order.id, amount, currency: order.currency, method: open.method });
      return order;
    }
    const actor = staff(actorId);
    const paid = await orders.paid(tx, order, { event: 'PAID', amount: plan.total.gross, actor });
    if (amount < 0) await this.refundDifference(tx, paid, -amount, actorId);
    return paid;
  }

  private async insert(
    tx: Tx,
    order: OrderEntity,
    { id, plan, actorId }: Omit<NewEdit, 'creditor'>,
    expiresAt: Date | null,
  ): Promise<void> {
    const status = expiresAt ? OrderEditStatus.AWAITING_PAYMENT : OrderEditStatus.APPLIED;
    const difference = plan.total.gross - plan.totalBefore;
    await tx.row(sql.insertEdit, { id, orderId: order.id, status, plan, difference, actorId, expiresAt });
  }
}

export type OpenPayment = Pick<PaymentEntity, 'id' | 'provider' | 'method'>;

export interface NewEdit {
  readonly id: string;
  readonly plan: EditPlan;
  readonly actorId: string;
  /** The id of the order whose goods an exchange replaces; null for any other order. */
  readonly creditor: string | null;
}

/**
 * What goes back to the buyer with the change, minor units. Of an order that is not paid yet that is what tenders pay
 * beyond its new total: the rest is collected in another amount.
 */
export function refundAtOnce(order: OrderEntity, plan: EditPlan, open: OpenPayment | null): number {
  if (open?.provider !== 'OFFLINE' || plan.total.gross === plan.totalBefore) return refundOf(plan);
  return Math.max(0, order.tendered - plan.total.gross);
}

/**
 * How the difference is settled. @throws DomainError PAYMENT_NOT_CAPTURED while a payment is only authorized, or open
 * with a method whose amount cannot be replaced
 */
export function settle(order: OrderEntity, plan: EditPlan, open: OpenPayment | null): Settlement {
  const difference = plan.total.gross - plan.totalBefore;
  if (difference === 0) return refundOf(plan) > 0 ? Settlement.REFUND : Settlement.NONE;
  const isUnpaid = order.status === OrderStatus.PLACED;
  if (isUnpaid && open?.provider === 'OFFLINE' && plan.total.gross + order.tendered > 0)
    return refundAtOnce(order, plan, open) > 0 ? Settlement.REFUND : Settlement.NONE;
  if (isUnpaid || open) {
    throw new DomainError(
      'PAYMENT_NOT_CAPTURED',
      'The money is not here yet: take the reserved amount first.',
      ['orderId'],
    );
  }
  return difference > 0 ? Settlement.PAY : Settlement.REFUND;
}
