import { staff, SYSTEM } from '../../kernel/actor.js';
import { PaymentRejectedError } from '../../integrations/payments/port.js';
import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { extendHoldsOf, type StockService } from '../inventory/index.js';
import { EDITABLE_STATUSES, type OrderEntity, type OrderService } from '../orders/index.js';
import type { PaymentEntity, PaymentFinalizer, PaymentIntents, PaymentService } from '../payments/index.js';
import * as sql from './order-editing.statements.js';
import type { OrderEditWriter } from './order-edit-writer.js';
import { stillFits } from './edit-plan.js';
import type { LinkPayments } from './link-payments.js';
import { OrderEditStatus, type OrderEditEntity } from './order-edit.entity.js';

const MOST_AT_ONCE = 100;

export interface EditPaymentDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly finalizer: PaymentFinalizer;
  readonly stock: StockService;
  readonly writer: OrderEditWriter;
  readonly links: LinkPayments;
}

/**
 * Payments for the difference of an order edit: the edit is applied when its payment is captured, and closed when it
 * cannot be paid any more.
 */
export class EditPayments {
  constructor(private readonly deps: EditPaymentDeps) {}

  /**
   * Applies the edit whose difference was captured. Requires the locks of order and payment. Returns false when the
   * edit is closed, or no longer fits the order: the caller then refunds the payment.
   */
  async apply(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<boolean> {
    const edit = await this.findAwaitingEdit(tx, payment);
    if (!edit) return false;
    const isEditable = EDITABLE_STATUSES.includes(order.status);
    const lines = await this.deps.writer.lines(tx, order.id);
    if (!isEditable || !stillFits(order, lines, edit.plan)) {
      await this.closeEdit(tx, order, edit, OrderEditStatus.CANCELLED);
      return false;
    }
    await tx.count(sql.decideEdit, { editId: edit.id, status: OrderEditStatus.APPLIED });
    await this.deps.writer.lockStockLevels(tx, edit.plan);
    const actor = edit.actorId ? staff(edit.actorId) : SYSTEM;
    await this.deps.writer.apply(tx, order, edit.plan, { editId: edit.id, actor });
    return true;
  }

  /** Closes the edit whose payment the provider cancelled. Requires the locks of order and payment. */
  async close(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    const edit = await this.findAwaitingEdit(tx, payment);
    if (edit) await this.closeEdit(tx, order, edit, this.closedStatusOf(edit));
  }

  /**
   * While the bank decides, the edit cannot be closed: an expired edit, and the stock that it holds, are extended
   * until `until`.
   */
  async extend(tx: Tx, order: OrderEntity, payment: PaymentEntity, until: Date): Promise<void> {
    const edit = await this.findAwaitingEdit(tx, payment);
    if (!edit?.expiresAt || edit.expiresAt > this.deps.clock.now()) return;
    await tx.count(sql.prolongEdit, { editId: edit.id, until });
    await extendHoldsOf(tx, order.id, until);
  }

  /**
   * Creates the intent of a proposed edit's payment. Call after the commit. @throws DomainError PAYMENT_FAILED; the
   * edit is closed then
   */
  async begin(editId: string): Promise<void> {
    await this.deps.links.begin(await this.paymentOf(editId), () => this.dropWithoutIntent(editId));
  }

  /**
   * Closes edits that cannot be paid any more. An edit that cannot be decided now is tried again after the others;
   * after a day the owner is alerted.
   */
  async expireDue(most = MOST_AT_ONCE): Promise<void> {
    const { database, clock, finalizer, logger } = this.deps;
    const due = await database.rows(sql.claimExpiredEdits, { closeTriedAt: clock.now(), most });
    for (const { id, isLongExpired } of due) {
      try {
        await this.drop(id);
      } catch (error) {
        logger.warn({ editId: id, err: error }, 'A change of an order could not be dropped yet');
        if (isLongExpired) await finalizer.alertUndecided(await this.paymentOf(id));
      }
    }
  }

  /**
   * Cancels the intent of an edit; the provider's result decides: "canceled" closes the edit, "succeeded" means that
   * the buyer paid first. Has no effect on an edit that is decided. @throws PaymentOutcomeUnknown
   */
  async drop(editId: string): Promise<void> {
    const { intents, finalizer } = this.deps;
    const payment = await this.paymentOf(editId);
    const isOpen = payment && payment.status !== 'CAPTURED' && payment.status !== 'CANCELLED';
    if (!isOpen) return this.dropWithoutIntent(editId);
    try {
      // The intent of a payment in CREATING may exist at the provider: find it by its key, then cancel it.
      const { reference } = await intents.ensure(payment);
      await finalizer.apply(await intents.providerOf(payment).cancelIntent(reference));
    } catch (error) {
      if (!(error instanceof PaymentRejectedError) || payment.providerReference) throw error;
      await this.dropWithoutIntent(editId);
    }
  }

  /**
   * Closes an edit without an intent at a provider: the provider refused it, or the payment was decided without the
   * edit.
   */
  private async dropWithoutIntent(editId: string): Promise<void> {
    const { database, orders, payments } = this.deps;
    const found = await database.row(sql.editById, { editId });
    if (found?.status !== OrderEditStatus.AWAITING_PAYMENT) return;
    await database.transaction(async (tx) => {
      const order = await orders.lock(tx, found.orderId);
      const row = await tx.row(sql.paymentOfEdit, { editId });
      const payment = row && (await payments.lock(tx, row.id));
      const edit = await tx.row(sql.editById, { editId });
      if (edit?.status !== OrderEditStatus.AWAITING_PAYMENT) return;
      const isOver = payment === null || payment.status === 'CAPTURED' || payment.status === 'CANCELLED';
      const mayEnd =
        isOver || (!payment.providerReference && (await payments.transition(tx, payment, 'CANCELLED', null)));
      if (mayEnd) await this.closeEdit(tx, order, edit, this.closedStatusOf(edit));
    });
    orders.notifyRelay();
  }

  private async closeEdit(
    tx: Tx,
    order: OrderEntity,
    edit: OrderEditEntity,
    status: OrderEditStatus,
  ): Promise<void> {
    await tx.count(sql.decideEdit, { editId: edit.id, status });
    await this.deps.stock.release(tx, order.id);
    await this.deps.orders.change(tx, order, {
      event: 'EDIT_DROPPED',
      actor: edit.droppedBy ? staff(edit.droppedBy) : SYSTEM,
    });
  }

  private closedStatusOf({ droppedBy, expiresAt }: OrderEditEntity): OrderEditStatus {
    const isLate = expiresAt !== null && expiresAt <= this.deps.clock.now();
    return isLate && !droppedBy ? OrderEditStatus.EXPIRED : OrderEditStatus.CANCELLED;
  }

  private async findAwaitingEdit(tx: Tx, { orderEditId }: PaymentEntity): Promise<OrderEditEntity | null> {
    const edit = await tx.row(sql.editById, { editId: orderEditId });
    return edit?.status === OrderEditStatus.AWAITING_PAYMENT ? edit : null;
  }

  private async paymentOf(editId: string): Promise<PaymentEntity | null> {
    const row = await this.deps.database.row(sql.paymentOfEdit, { editId });
    return row && this.deps.payments.find(row.id);
  }
}
