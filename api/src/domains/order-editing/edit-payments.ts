import { PaymentRejectedError } from '../../integrations/payments/port.js';
import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { StockService } from '../inventory/index.js';
import {
  extendHolds,
  OrderStatus,
  staff,
  SYSTEM,
  type PaymentPurpose,
  type OrderEntity,
  type OrderService,
  type PaymentFinalizer,
} from '../orders/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
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
  readonly finalizer: PaymentFinalizer;
  readonly stock: StockService;
  readonly ledger: OrderEditWriter;
  readonly links: LinkPayments;
}

/** What becomes of an edit that waits for its difference: applied when it is paid, over when it cannot be any more. */
export class EditPayments implements PaymentPurpose {
  constructor(private readonly deps: EditPaymentDeps) {}

  /** The difference is here. False when the edit is over, or no longer fits the order: then the money goes back. */
  async captured(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<boolean> {
    const edit = await this.waiting(tx, payment);
    if (!edit) return false;
    const isEditable = order.status === OrderStatus.PLACED || order.status === OrderStatus.PAID;
    const lines = await this.deps.ledger.lines(tx, order.id);
    if (!isEditable || !stillFits(order, lines, edit.plan)) {
      await this.end(tx, order, edit, OrderEditStatus.CANCELLED);
      return false;
    }
    await tx.count(sql.decideEdit, [edit.id, OrderEditStatus.APPLIED]);
    await this.deps.ledger.lockStockLevels(tx, edit.plan);
    const actor = edit.actorId ? staff(edit.actorId) : SYSTEM;
    await this.deps.ledger.apply(tx, order, edit.plan, { editId: edit.id, actor });
    return true;
  }

  /** The provider says that the difference will not come. */
  async givenUp(tx: Tx, order: OrderEntity, payment: PaymentEntity): Promise<void> {
    const edit = await this.waiting(tx, payment);
    if (edit) await this.end(tx, order, edit, this.ending(edit));
  }

  /** While the bank decides the edit cannot be given up: what is due waits longer, and so do the goods that it holds. */
  async undecided(tx: Tx, order: OrderEntity, payment: PaymentEntity, until: Date): Promise<void> {
    const edit = await this.waiting(tx, payment);
    if (!edit?.expiresAt || edit.expiresAt > this.deps.clock.now()) return;
    await tx.count(sql.prolongEdit, [edit.id, until]);
    await tx.count(extendHolds, [order.id, until]);
  }

  /** After the commit of a proposal: the intent of its payment. @throws DomainError PAYMENT_FAILED; the edit is over then */
  async begin(editId: string): Promise<void> {
    await this.deps.links.begin(await this.paymentOf(editId), () => this.dropWithoutIntent(editId));
  }

  /**
   * Ends edits that nobody can pay any more. One that cannot be decided now stands back until the others had their turn;
   * after a day the owner is told.
   */
  async dropDue(most = MOST_AT_ONCE): Promise<void> {
    const { database, clock, finalizer, logger } = this.deps;
    const due = await database.rows<{ id: string; isLongDue: boolean | null }>(sql.claimDueEdits, [
      clock.now(),
      most,
    ]);
    for (const { id, isLongDue } of due) {
      try {
        await this.drop(id);
      } catch (error) {
        logger.warn({ editId: id, err: error }, 'A change of an order could not be dropped yet');
        if (isLongDue) await finalizer.undecided(await this.paymentOf(id));
      }
    }
  }

  /**
   * Cancels the intent of an edit; the provider's answer decides: "canceled" ends the edit, "succeeded" means that the
   * buyer was quicker. Harmless for an edit that is decided. @throws PaymentOutcomeUnknown
   */
  async drop(editId: string): Promise<void> {
    const { payments, finalizer } = this.deps;
    const payment = await this.paymentOf(editId);
    const isOpen = payment && payment.status !== 'CAPTURED' && payment.status !== 'CANCELLED';
    if (!isOpen) return this.dropWithoutIntent(editId);
    try {
      // A payment that is still being created may exist over there: find it by its key, then cancel it.
      const { reference } = await payments.ensureIntent(payment);
      await finalizer.apply(await payments.providerOf(payment).cancelIntent(reference));
    } catch (error) {
      if (!(error instanceof PaymentRejectedError) || payment.providerReference) throw error;
      await this.dropWithoutIntent(editId);
    }
  }

  /** Ends an edit whose payment no provider holds: refused at the beginning, or decided without the edit. */
  private async dropWithoutIntent(editId: string): Promise<void> {
    const { database, orders, payments } = this.deps;
    const found = await database.row<OrderEditEntity>(sql.editById, [editId]);
    if (found?.status !== OrderEditStatus.AWAITING_PAYMENT) return;
    await database.transaction(async (tx) => {
      const order = await orders.lock(tx, found.orderId);
      const row = await tx.row<{ id: string }>(sql.paymentOfEdit, [editId]);
      const payment = row && (await payments.lock(tx, row.id));
      const edit = await tx.row<OrderEditEntity>(sql.editById, [editId]);
      if (edit?.status !== OrderEditStatus.AWAITING_PAYMENT) return;
      const isOver = payment === null || payment.status === 'CAPTURED' || payment.status === 'CANCELLED';
      const mayEnd =
        isOver || (!payment.providerReference && (await payments.move(tx, payment, 'CANCELLED', null)));
      if (mayEnd) await this.end(tx, order, edit, this.ending(edit));
    });
    orders.notifyRelay();
  }

  private async end(
    tx: Tx,
    order: OrderEntity,
    edit: OrderEditEntity,
    status: OrderEditStatus,
  ): Promise<void> {
    await tx.count(sql.decideEdit, [edit.id, status]);
    await this.deps.stock.release(tx, order.id);
    await this.deps.orders.change(tx, order, {
      event: 'EDIT_DROPPED',
      actor: edit.droppedBy ? staff(edit.droppedBy) : SYSTEM,
    });
  }

  private ending({ droppedBy, expiresAt }: OrderEditEntity): OrderEditStatus {
    const isLate = expiresAt !== null && expiresAt <= this.deps.clock.now();
    return isLate && !droppedBy ? OrderEditStatus.EXPIRED : OrderEditStatus.CANCELLED;
  }

  private async waiting(tx: Tx, { orderEditId }: PaymentEntity): Promise<OrderEditEntity | null> {
    const edit = await tx.row<OrderEditEntity>(sql.editById, [orderEditId]);
    return edit?.status === OrderEditStatus.AWAITING_PAYMENT ? edit : null;
  }

  private async paymentOf(editId: string): Promise<PaymentEntity | null> {
    const row = await this.deps.database.row<{ id: string }>(sql.paymentOfEdit, [editId]);
    return row && this.deps.payments.find(row.id);
  }
}
