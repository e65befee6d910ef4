import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import type { PaymentEntity } from '../payment.entity.js';
import type { AppliedTender, LedgerMove, Ledgers } from './ledger.js';
import * as sql from './tender.statements.js';

/** An order whose lock the caller holds. */
interface TenderedOrder {
  readonly id: string;
  readonly currency: string;
  /** What its tenders pay, minor units. */
  readonly tendered: number;
}

/**
 * Moves the tenders of an order through their statuses, each with its account; see `ledger.ts`. Requires the order
 * lock. An order without tenders costs no statement.
 */
export class Tenders {
  constructor(readonly ledgers: Ledgers) {}

  /** Debits the accounts, which `Ledgers.apply` has locked, and holds the amounts for an order just inserted. */
  async hold(tx: Tx, order: TenderedOrder, applied: readonly AppliedTender[]): Promise<void> {
    for (const { amount, ledger, accountId, name } of applied) {
      if (amount === 0) continue;
      const id = newId();
      const tender = { ledger, accountId, name };
      await tx.count(sql.insertTender, { id, orderId: order.id, amount, currency: order.currency, tender });
      const move = { accountId, amount, orderId: order.id, tenderId: id };
      if (!(await this.ledgers.of(ledger).debit(tx, move)))
        throw new Error(`The ledger ${ledger} refused what its locked account can pay`);
    }
  }

  /** The order is paid: what was held is its money now. */
  async take(tx: Tx, order: TenderedOrder): Promise<void> {
    if (order.tendered === 0) return;
    await tx.count(sql.moveTenders, { orderId: order.id, from: 'AUTHORIZED', to: 'CAPTURED' });
  }

  /** The order ended before it was paid: what was held goes back to the accounts. Call before stock is locked. */
  async release(tx: Tx, order: TenderedOrder): Promise<void> {
    for (const tender of await this.lock(tx, order, 'AUTHORIZED'))
      await this.ledgerOf(tender).release(tx, moveOf(tender));
    if (order.tendered > 0)
      await tx.count(sql.moveTenders, { orderId: order.id, from: 'AUTHORIZED', to: 'CANCELLED' });
  }

  /**
   * Takes again what was released when the order ended, for money that came late. Returns false when an account cannot
   * pay any more: the caller's savepoint then takes back what was debited. Call before stock is locked.
   */
  async holdAgain(tx: Tx, order: TenderedOrder): Promise<boolean> {
    for (const tender of await this.lock(tx, order, 'CANCELLED'))
      if (!(await this.ledgerOf(tender).debit(tx, moveOf(tender)))) return false;
    if (order.tendered > 0)
      await tx.count(sql.moveTenders, { orderId: order.id, from: 'CANCELLED', to: 'AUTHORIZED' });
    return true;
  }

  /** Locks the accounts of tenders that may be refunded; for callers that lock stock levels before they refund. */
  async lockAccounts(tx: Tx, payments: readonly PaymentEntity[]): Promise<void> {
    const tenders = payments.flatMap(({ tender }) => (tender ? [tender] : []));
    for (const name of [...new Set(tenders.map(({ ledger }) => ledger))].toSorted()) {
      const ids = tenders.flatMap(({ ledger, accountId }) => (ledger === name ? [accountId] : []));
      await this.ledgers.of(name).accounts(tx, ids, { isLocked: true });
    }
  }

  /** Gives back a part of a captured tender. Requires its lock. */
  async refund(
    tx: Tx,
    tender: PaymentEntity,
    refund: { readonly id: string; readonly amount: number },
  ): Promise<void> {
    const move = { ...moveOf(tender), amount: refund.amount, refundId: refund.id };
    await this.ledgerOf(tender).refund(tx, move);
  }

  private async lock(
    tx: Tx,
    order: TenderedOrder,
    status: 'AUTHORIZED' | 'CANCELLED',
  ): Promise<PaymentEntity[]> {
    if (order.tendered === 0) return [];
    const tenders = await tx.rows(sql.lockTenders, { orderId: order.id, status });
    await this.lockAccounts(tx, tenders);
    return tenders;
  }

  private ledgerOf({ id, tender }: PaymentEntity): ReturnType<Ledgers['of']> {
    if (!tender) throw new Error(`Payment ${id} is no tender`);
    return this.ledgers.of(tender.ledger);
  }
}

function moveOf({ id, amount, orderId, tender }: PaymentEntity): LedgerMove {
  return { accountId: tender?.accountId ?? '', amount, orderId, tenderId: id };
}
