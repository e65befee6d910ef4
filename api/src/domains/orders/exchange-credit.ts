import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import { DomainError } from '../../kernel/errors.js';
import { statement, type Tx } from '../../platform/database/database.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { LatePayments } from './late-payments.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderRefundService } from './order-refund.service.js';
import type { Actor, OrderService } from './order.service.js';
import { unitsWorth, type RefundableOrder, type RequestedRefund } from './refund-plan.js';
import { creditLeft } from './refund.statements.js';

/*
 * The credit of an exchange that comes to nothing
 *
 * Goods came back, and others were to go out for them. When those will not go out (the exchange is cancelled, or its
 * difference is never paid), the money of the first goods has no order any more: it goes back to the buyer in the transaction
 * that ends the exchange, as a decision of the order whose goods came back, from its payments.
 *
 * Locks: the exchange, its own payments where the caller has them, the order whose goods came back (an exchange is always
 * younger, and the younger of two orders is locked first), the payments behind that order, then stock. So `hold` comes before
 * any shelf, and what it reads is read under these locks. The units were put on the shelf, or not, when they arrived: giving
 * their money back touches no shelf.
 *
 * While the buyer's bank decides about this money, it cannot go back. Staff and buyers are then refused; where nobody is
 * there to be refused (the time is over, or the provider gave the payment up), the exchange ends and a person is told.
 */

const unitsOf = statement(
  'orders.traded-units',
  `SELECT t.order_line_id AS "orderLineId", t.received AS quantity FROM order_return_line t JOIN order_return b ON b.id = t.return_id
   WHERE b.exchange_order_id = $1 AND b.status = 'EXCHANGED' AND t.traded IS NOT NULL`,
);

export interface ExchangeCreditDeps {
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly refunding: OrderRefundService;
  readonly late: LatePayments;
}

/** Money that an exchange takes from another order, with that order and its payments under lock. */
interface HeldCredit {
  readonly exchange: OrderEntity;
  readonly first: OrderEntity;
  /** What pays for the exchange now and did not go back yet, minor units. */
  readonly amount: number;
  readonly isDisputed: boolean;
}

export class ExchangeCredits {
  constructor(private readonly deps: ExchangeCreditDeps) {}

  /**
   * For somebody who asks to end an exchange and can be told no: takes the locks that giving its credit back needs. Nothing
   * happens for any other order. Call with the order locked, before payments and shelves.
   *
   * @throws DomainError PAYMENT_DISPUTED
   */
  async assertFree(tx: Tx, order: OrderEntity): Promise<void> {
    if ((await this.hold(tx, order))?.isDisputed)
      throw new DomainError('PAYMENT_DISPUTED', 'The buyer disputes this payment: the bank decides first.');
  }

  /** Does what ends an order, and gives the credit back if it is an exchange. Call with the order locked, before shelves. */
  async around<T>(tx: Tx, order: OrderEntity, actor: Actor, end: () => Promise<T>): Promise<T> {
    const held = await this.hold(tx, order);
    const ended = await end();
    if (held) await this.giveBack(tx, held, actor);
    return ended;
  }

  private async hold(tx: Tx, exchange: OrderEntity): Promise<HeldCredit | null> {
    const { orders, refunding } = this.deps;
    const credit = await refunding.creditOf(tx, exchange);
    if (!credit) return null;
    const first = await orders.lock(tx, credit.orderId);
    await refunding.lockPayers(tx, first);
    // Only now: a refund that the exchange decided and these payments carry may have failed while they were waited for.
    const left = await tx.row<{ amount: number }>(creditLeft, [exchange.id]);
    const { isDisputed } = await refunding.ledger(tx, first);
    return { exchange, first, amount: left?.amount ?? 0, isDisputed };
  }

  private async giveBack(tx: Tx, { exchange, first, amount }: HeldCredit, actor: Actor): Promise<void> {
    // With the exchange gone, the book of the first order has the money again, unless it went back otherwise.
    const ledger = await this.deps.refunding.ledger(tx, first);
    const due = Math.min(amount, ledger.refundable);
    if (due === 0) return;
    if (ledger.isDisputed) return this.tellOf(tx, first);
    await this.deps.refunding.give(tx, first, {
      requested: await this.requestFor(tx, exchange, { ledger, due }),
      reason: AUTOMATIC_REASONS.EXCHANGE_ENDED,
      actor,
    });
  }

  /** By line where the units are worth what is left of the credit; else the sum, and the lines only say which units. */
  private async requestFor(
    tx: Tx,
    exchange: OrderEntity,
    { ledger, due }: { ledger: RefundableOrder; due: number },
  ): Promise<RequestedRefund> {
    const traded = await tx.rows<{ orderLineId: string; quantity: number }>(unitsOf, [exchange.id]);
    const units = traded.flatMap(({ orderLineId, quantity }) => {
      const line = ledger.lines.find(({ id }) => id === orderLineId);
      const open = line ? Math.min(quantity, line.quantity - line.settledQuantity) : 0;
      return line && open > 0 ? [{ line, quantity: open }] : [];
    });
    const worth = units.reduce((sum, { line, quantity }) => sum + unitsWorth(line, quantity), 0);
    const lines = units.map(({ line, quantity }) => ({ orderLineId: line.id, quantity, restock: false }));
    return { lines, shipping: null, amount: worth === due ? null : due, sentBack: true };
  }

  private async tellOf(tx: Tx, first: OrderEntity): Promise<void> {
    const { payments, refunding, late } = this.deps;
    const behind: PaymentEntity[] = [];
    for (const id of await refunding.lockPayers(tx, first))
      behind.push(...(await payments.lockCaptured(tx, id)));
    for (const payment of behind)
      if (await payments.isDisputed(tx, payment)) await late.stuck(tx, { id: payment.orderId }, payment);
  }
}
