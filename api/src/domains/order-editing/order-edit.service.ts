import { staff } from '../../kernel/actor.js';
import { PaymentOutcomeUnknown } from '../../integrations/payments/port.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import {
  EDITABLE_STATUSES,
  type OrderEntity,
  type OrderRefundService,
  type OrderService,
} from '../orders/index.js';
import { PriceChangedError, type Reference, type ShopConfigCache } from '../pricing/index.js';
import * as sql from './order-editing.statements.js';
import type { OrderEditWriter } from './order-edit-writer.js';
import type { EditPayments } from './edit-payments.js';
import { planEdit, type EditPlan } from './edit-plan.js';
import { refundAtOnce, settle, type EditSettlement, type OpenPayment } from './edit-settlement.js';
import { OrderEditStatus, type OrderEditEntity } from './order-edit.entity.js';
import { Settlement } from './order-edit.type.js';
import type { Requested } from './drafts/price-draft.js';
import { readPurchasableVariants } from './purchasable-variants.js';

/*
 * How orders are edited
 *
 * One transaction: the request's key, the order's row (its version is the caller's), its payments, then stock in
 * (variant, location) order. Under the order's lock the plan is made and must cost what the caller saw.
 *
 * An exchange whose goods no longer use up its credit: the rest is refunded as a decision of the order whose goods
 * were returned, which holds that money. Its row is locked after the exchange's: an exchange is always younger than
 * the order that it replaces goods of, and every transaction that locks two orders locks the younger one first, or
 * inserts it. Then come the payments of both, then stock. The exchange is rewritten before the refund decision is
 * made, because the other order's ledger counts how much of its money the exchange uses.
 *
 * Dearer goods use up the whole credit, so a plan that awaits payment leaves none.
 *
 * Cheaper, equal, or not paid yet: the plan is applied at once, with the refund of the difference, or with the open
 * offline payment cancelled and replaced by one of the new amount (the amount of a payment never changes). Where the
 * tenders of such an order pay all that is left, no payment replaces it: they are taken, and the order is paid; what
 * they hold beyond the new total is refunded to their accounts, which are locked after the payments and before stock.
 *
 * Dearer and paid: the order stays as it is. What is added is held for it, and a payment of its own asks for the
 * difference; its intent is created after the commit. When that payment is captured, the finalizer calls
 * `EditPayments.apply`, which applies the plan in its transaction; if the plan no longer fits, or the edit is
 * closed, the payment is refunded. An edit is closed unpaid only when the provider reports that its intent is
 * cancelled, so no buyer can pay for an edit that was closed. One edit at a time awaits its payment.
 */

export interface EditRequest {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly lines: readonly Requested[];
  /** The total that the preview showed, gross, minor units. */
  readonly expectedTotal: number;
  readonly restock: boolean;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface EditPreview {
  readonly order: OrderEntity;
  readonly plan: EditPlan;
  readonly settlement: Settlement;
  /** What would go back to the buyer at once, minor units. */
  readonly refund: number;
}

export interface EditOutcome {
  readonly order: OrderEntity;
  readonly edit: OrderEditEntity;
}

export interface EditDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly orders: OrderService;
  readonly refunding: OrderRefundService;
  readonly writer: OrderEditWriter;
  readonly editPayments: EditPayments;
  readonly settlement: EditSettlement;
  readonly reference: ShopConfigCache;
}

export class OrderEditService {
  constructor(private readonly deps: EditDeps) {}

  /** What an edit would do now; null when there is no such order. @throws as `edit` */
  async preview(orderId: string, lines: readonly Requested[]): Promise<EditPreview | null> {
    const { orders, database, reference } = this.deps;
    const order = await orders.find(orderId);
    if (!order) return null;
    const open = await this.assertEditable(database, order);
    const credit = await this.deps.refunding.creditOf(database, order);
    const terms = { reference: await reference.get(), restock: true, credit: credit?.amount ?? 0 };
    const plan = await this.plan(database, order, lines, terms);
    const settlement = settle(order, plan, open);
    if (settlement === Settlement.PAY) this.deps.settlement.assertPayable(order, plan);
    const refund = settlement === Settlement.REFUND ? refundAtOnce(order, plan, open) : 0;
    return { order, plan, settlement, refund };
  }

  /**
   * Changes the lines of a placed order. A repeat with the same key returns the edit of the first call.
   *
   * @throws StaleVersionError | PriceChangedError | InsufficientStockError | InvalidInputError | NotFoundError
   * @throws DomainError ILLEGAL_TRANSITION | ORDER_EDIT_PENDING | LINE_NOT_EDITABLE | PAYMENT_NOT_CAPTURED |
   *   AMOUNT_TOO_SMALL | REFUND_TOO_LARGE | PAYMENT_DISPUTED | PAYMENT_FAILED | PLUGIN_FAILED, or a plugin's code
   */
  async edit(request: EditRequest): Promise<EditOutcome> {
    const { actorId, idempotencyKey, ...body } = request;
    const { database, keys, outbox, reference } = this.deps;
    const keyed = { actor: `user:${actorId}`, operation: 'orderEdit', key: idempotencyKey, body };
    const terms = await reference.get();
    const editId = await database.transaction(async (tx) => {
      const earlier = await keys.claim(tx, keyed);
      if (earlier) return (earlier.response as { editId: string }).editId;
      const createdId = await this.createEdit(tx, request, terms);
      await keys.storeResult(tx, keyed, { editId: createdId });
      return createdId;
    });
    outbox.notifyRelay();
    await this.deps.editPayments.begin(editId);
    return this.outcome(request.orderId, editId);
  }

  /**
   * Cancels an edit that awaits its payment, and releases the stock that it holds. A repeat returns the same.
   *
   * @throws StaleVersionError | NotFoundError (no edit awaits payment)
   * @throws DomainError PAYMENT_UNDECIDED (the buyer paid first, or the provider does not answer)
   */
  async cancel(request: Omit<EditRequest, 'lines' | 'expectedTotal' | 'restock'>): Promise<EditOutcome> {
    const { actorId, idempotencyKey, ...body } = request;
    const { database, keys, orders, editPayments } = this.deps;
    const keyed = { actor: `user:${actorId}`, operation: 'orderEditCancel', key: idempotencyKey, body };
    const editId = await database.transaction(async (tx) => {
      const earlier = await keys.claim(tx, keyed);
      if (earlier) return (earlier.response as { editId: string }).editId;
      const order = await orders.lockVersion(tx, request.orderId, request.expectedVersion);
      const edit = await tx.row(sql.openEdit, { orderId: order.id });
      if (!edit) throw new NotFoundError('change that waits for its payment', ['orderId']);
      await tx.count(sql.takeBackEdit, { editId: edit.id, actorId });
      await keys.storeResult(tx, keyed, { editId: edit.id });
      return edit.id;
    });
    try {
      await editPayments.drop(editId);
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown)) throw error;
    }
    const outcome = await this.outcome(request.orderId, editId);
    if (outcome.edit.status === OrderEditStatus.CANCELLED) return outcome;
    throw new DomainError(
      'PAYMENT_UNDECIDED',
      'The buyer has paid, or is paying, in the meantime, or the provider does not answer. Look again.',
    );
  }

  private async createEdit(tx: Tx, request: EditRequest, reference: Reference): Promise<string> {
    const order = await this.deps.orders.lockVersion(tx, request.orderId, request.expectedVersion);
    const open = await this.assertEditable(tx, order);
    const credit = await this.deps.refunding.creditOf(tx, order);
    const terms = { reference, restock: request.restock, credit: credit?.amount ?? 0 };
    const plan = await this.plan(tx, order, request.lines, terms);
    if (plan.total.gross !== request.expectedTotal)
      throw new PriceChangedError(money(plan.total.gross, order.currency));
    const edit = { id: newId(), plan, actorId: request.actorId, creditor: credit?.orderId ?? null };
    if (settle(order, plan, open) === Settlement.PAY) await this.deps.settlement.propose(tx, order, edit);
    else await this.deps.settlement.applyNow(tx, order, edit, open);
    await this.deps.orders.beforeChange(tx, { change: 'EDIT', order, actor: staff(request.actorId) });
    return edit.id;
  }

  private async plan(
    querying: Querying,
    order: OrderEntity,
    requestedLines: readonly Requested[],
    terms: { reference: Reference; restock: boolean; credit: number },
  ): Promise<EditPlan> {
    const lines = await this.deps.writer.lines(querying, order.id);
    const purchasableVariants = await readPurchasableVariants(
      querying,
      requestedLines.map(({ variantId }) => variantId),
    );
    return planEdit(order, lines, requestedLines, {
      ...terms,
      purchasableVariants,
      fallback: terms.reference.defaultLanguage,
    });
  }

  /**
   * The order's open payment; null when there is none. @throws DomainError ILLEGAL_TRANSITION | ORDER_EDIT_PENDING
   */
  private async assertEditable(querying: Querying, order: OrderEntity): Promise<OpenPayment | null> {
    if (!EDITABLE_STATUSES.includes(order.status)) {
      throw new DomainError('ILLEGAL_TRANSITION', `An order that is ${order.status} cannot be changed.`, [
        'orderId',
      ]);
    }
    if (await querying.row(sql.openEdit, { orderId: order.id })) {
      throw new DomainError(
        'ORDER_EDIT_PENDING',
        'A change of this order waits for its payment: take it back first.',
        ['orderId'],
      );
    }
    return querying.row(sql.openPayment, { orderId: order.id });
  }

  private async outcome(orderId: string, editId: string): Promise<EditOutcome> {
    const order = await this.deps.orders.find(orderId);
    const edit = await this.deps.database.row(sql.editById, { editId });
    if (!order || !edit) throw new NotFoundError('order', ['orderId']);
    return { order, edit };
  }
}
