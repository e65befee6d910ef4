import type { Actor } from '../../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { DomainError } from '../../../kernel/errors.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';
import type { PaymentAlerts, PaymentEntity, RefundRequests } from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderRefundService } from './order-refund.service.js';
import type { OrderService } from '../order.service.js';
import { unitsWorth, type RefundableOrder, type RequestedRefund } from './refund-plan.js';
import { creditLeft } from './refund.statements.js';

/*
 * Refunding the credit of an exchange that is closed
 *
 * Goods were returned, and others were to be shipped for them. When those will not be shipped (the exchange is
 * cancelled, or its difference is never paid), the money of the returned goods has no order any more: it is refunded
 * in the transaction that closes the exchange, as a decision of the order whose goods were returned, from its
 * payments.
 *
 * Locks: the exchange, its own payments where the caller locks them, the order whose goods were returned (an exchange
 * is always younger, and the younger of two orders is locked first), the payments behind that order, then stock. So
 * `hold` comes before any stock level, and what it reads is read under these locks. The units were restocked, or not,
 * when they arrived: refunding them changes no stock.
 *
 * While the buyer's bank decides about this money, it cannot be refunded. Requests of staff and buyers are then
 * refused; where there is no request to refuse (the order expired, or the provider cancelled the payment), the
 * exchange is closed and staff is alerted.
 */

const unitsOf = statement('orders.traded-units', {
  params: { exchangeId: t.uuid },
  row: { orderLineId: t.uuid, quantity: t.int },
  sql: `SELECT t.order_line_id AS "orderLineId", t.exchanged AS quantity FROM order_return_line t JOIN order_return b ON b.id = t.return_id
   WHERE b.exchange_order_id = :exchangeId AND b.status = 'EXCHANGED' AND t.exchanged > 0`,
});

export interface ExchangeCreditDeps {
  readonly orders: OrderService;
  readonly refundRequests: RefundRequests;
  readonly refunding: OrderRefundService;
  readonly alerts: PaymentAlerts;
}

/** Credit that an exchange got from another order, with that order and its payments locked. */
interface HeldCredit {
  readonly exchange: OrderEntity;
  readonly first: OrderEntity;
  /** What pays for the exchange now and was not refunded yet, minor units. */
  readonly amount: number;
  readonly isDisputed: boolean;
}

export class ExchangeCredits {
  constructor(private readonly deps: ExchangeCreditDeps) {}

  /**
   * Checks that an exchange may be closed on request, and takes the locks that refunding its credit needs. Does
   * nothing for any other order. Requires the order lock; call before locking payments and stock levels.
   *
   * @throws DomainError PAYMENT_DISPUTED
   */
  async assertFree(tx: Tx, order: OrderEntity): Promise<void> {
    if ((await this.hold(tx, order))?.isDisputed)
      throw new DomainError('PAYMENT_DISPUTED', 'The buyer disputes this payment: the bank decides first.');
  }

  /**
   * Runs `end`, which closes the order, and refunds the credit if it is an exchange. Requires the order lock; call
   * before locking stock levels.
   */
  async around<T>(tx: Tx, order: OrderEntity, actor: Actor, end: () => Promise<T>): Promise<T> {
    const held = await this.hold(tx, order);
    const ended = await end();
    if (held) await this.refundCredit(tx, held, actor);
    return ended;
  }

  private async hold(tx: Tx, exchange: OrderEntity): Promise<HeldCredit | null> {
    const { orders, refunding } = this.deps;
    const credit = await refunding.creditOf(tx, exchange);
    if (!credit) return null;
    const first = await orders.lock(tx, credit.orderId);
    await refunding.lockFundingPayments(tx, first);
    // Read under these locks: a refund that the exchange decided and these payments carry may have failed while they
    // were waited for.
    const left = await tx.row(creditLeft, { exchangeId: exchange.id });
    const { isDisputed } = await refunding.ledger(tx, first);
    return { exchange, first, amount: left?.amount ?? 0, isDisputed };
  }

  private async refundCredit(tx: Tx, { exchange, first, amount }: HeldCredit, actor: Actor): Promise<void> {
    // Once the exchange is closed, the first order's ledger has the money again, unless it was refunded otherwise.
    const ledger = await this.deps.refunding.ledger(tx, first);
    const amountDue = Math.min(amount, ledger.refundable);
    if (amountDue === 0) return;
    if (ledger.isDisputed) return this.alertDisputed(tx, first);
    await this.deps.refunding.createRefund(tx, first, {
      requested: await this.requestFor(tx, exchange, { ledger, amountDue }),
      reason: AUTOMATIC_REASONS.EXCHANGE_ENDED,
      actor,
    });
  }

  /**
   * By line where the units are worth what is left of the credit; else the amount, and the lines only say which
   * units.
   */
  private async requestFor(
    tx: Tx,
    exchange: OrderEntity,
    { ledger, amountDue }: { ledger: RefundableOrder; amountDue: number },
  ): Promise<RequestedRefund> {
    const traded = await tx.rows(unitsOf, { exchangeId: exchange.id });
    const units = traded.flatMap(({ orderLineId, quantity }) => {
      const line = ledger.lines.find(({ id }) => id === orderLineId);
      const open = line ? Math.min(quantity, line.quantity - line.settledQuantity) : 0;
      return line && open > 0 ? [{ line, quantity: open }] : [];
    });
    const worth = units.reduce((sum, { line, quantity }) => sum + unitsWorth(line, quantity), 0);
    const lines = units.map(({ line, quantity }) => ({ orderLineId: line.id, quantity, restock: false }));
    return { lines, shipping: null, amount: worth === amountDue ? null : amountDue, sentBack: true };
  }

  private async alertDisputed(tx: Tx, first: OrderEntity): Promise<void> {
    const { refundRequests, refunding, alerts } = this.deps;
    const behind: PaymentEntity[] = [];
    for (const id of await refunding.lockFundingPayments(tx, first))
      behind.push(...(await refundRequests.lockCaptured(tx, id)));
    for (const payment of behind)
      if (await refundRequests.isDisputed(tx, payment)) await alerts.raise(tx, payment, 'disputed');
  }
}
