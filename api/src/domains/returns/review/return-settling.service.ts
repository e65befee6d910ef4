import { staff, type Actor } from '../../../kernel/actor.js';
import { reasonOfReturn } from '../../../kernel/automatic-reasons.js';
import { DomainError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import type { ExchangeRequest, ExchangeService } from '../../order-editing/index.js';
import {
  unitsWorth,
  type OrderRefundService,
  type RefundableLine,
  type RefundableOrder,
  type RequestedRefund,
} from '../../orders/index.js';
import type { OpenReturn, ReturnOutcome, ReturnRepository } from '../return-repository.js';
import type { Decision } from './return-review.service.js';
import type { ReturnLineRow } from '../return.loaders.js';
import { ReturnStatus } from '../return-states.js';
import * as sql from '../return.statements.js';

export interface RefundTerms {
  readonly shipping: number | null;
  /** A plain amount instead of what the units are worth, minor units; null for what they are worth. */
  readonly amount: number | null;
}

/** Refunds or exchanges what arrived. Stock was updated when it arrived: nothing is restocked here. */
export class ReturnSettlingService {
  constructor(
    private readonly repository: ReturnRepository,
    private readonly refunding: OrderRefundService,
    private readonly exchanges: ExchangeService,
  ) {}

  /**
   * Refunds what arrived. Goods that cost nothing, or whose money was refunded meanwhile without naming the return,
   * are settled all the same: nothing is refunded for them, and the return is over.
   *
   * @throws StaleVersionError | NotFoundError | InvalidInputError
   * @throws DomainError ILLEGAL_TRANSITION | REFUND_TOO_LARGE | PAYMENT_DISPUTED
   */
  refund(
    { returnId, expectedVersion, idempotencyKey: key, actorId }: Decision,
    terms: RefundTerms,
  ): Promise<ReturnOutcome> {
    const body = { returnId, expectedVersion, ...terms };
    const request = { actor: `user:${actorId}`, operation: 'returnRefund', key, body };
    return this.repository.once(request, async (tx) => {
      const open = await this.repository.lock(tx, returnId, expectedVersion);
      this.repository.assertTransition(open, ReturnStatus.REFUNDED);
      const actor = staff(actorId);
      // Before the ledger is read: a refund made at the provider may arrive in between and leave less to refund.
      await this.refunding.lockFundingPayments(tx, open.order);
      const units = await this.received(tx, open, await this.refunding.ledger(tx, open.order));
      if (isWorthless(units, terms)) {
        await this.repository.transition(tx, open, { to: ReturnStatus.REFUNDED, actor });
        return returnId;
      }
      const { order, refundId, plan } = await this.refunding.createRefund(tx, open.order, {
        requested: requestFor(units, terms),
        reason: reasonOfReturn(open.return.number),
        actor,
      });
      await this.repository.transition(
        tx,
        { ...open, order },
        { to: ReturnStatus.REFUNDED, actor, refundId, amount: plan.amount },
      );
      return returnId;
    });
  }

  /**
   * Exchanges what arrived for other goods, as an order of its own. Credit that they do not use up is refunded; what
   * they cost more the buyer is asked for by link. While the new order is live, the old order's money for these units
   * is spent.
   *
   * @throws StaleVersionError | NotFoundError | InvalidInputError | InsufficientStockError
   * @throws DomainError ILLEGAL_TRANSITION | REFUND_TOO_LARGE (this money was never received, or is refunded) |
   *   PAYMENT_DISPUTED | REFUND_NOT_ALLOWED (credit would be left over)
   */
  async exchange({
    returnId,
    expectedVersion,
    idempotencyKey: key,
    actorId,
  }: Decision): Promise<ReturnOutcome> {
    const body = { returnId, expectedVersion };
    const request = { actor: `user:${actorId}`, operation: 'returnExchange', key, body };
    const exchange = async (tx: Tx, terms: ExchangeRequest['terms']): Promise<string> => {
      const open = await this.repository.lock(tx, returnId, expectedVersion);
      this.repository.assertTransition(open, ReturnStatus.EXCHANGED);
      const { credit, lines } = await this.recordExchangeValue(tx, open);
      const made = await this.exchanges.create(tx, { order: open.order, lines, credit, actorId, terms });
      const actor = staff(actorId);
      const exchangeOrderId = made.order.id;
      await this.repository.transition(tx, open, {
        to: ReturnStatus.EXCHANGED,
        actor,
        exchangeOrderId,
        amount: credit,
      });
      if (made.creditLeft > 0) await this.refundUnusedCredit(tx, open, made.creditLeft, actor);
      return returnId;
    };
    const outcome = await this.exchanges.byPresentTerms((terms) =>
      this.repository.once(request, (tx) => exchange(tx, terms)),
    );
    // After the commit; for a repeat too, in case the first call was interrupted here.
    if (outcome.return.exchangeOrderId) await this.exchanges.begin(outcome.return.exchangeOrderId);
    return outcome;
  }

  /** Records what the received units are worth, and returns that credit with the goods that are requested instead. */
  private async recordExchangeValue(
    tx: Tx,
    open: OpenReturn,
  ): Promise<{ credit: number; lines: { variantId: string; quantity: number }[] }> {
    // Before the stock levels of the new goods: credit that they do not use up is refunded from these payments.
    await this.refunding.lockFundingPayments(tx, open.order);
    const ledger = await this.refunding.ledger(tx, open.order);
    assertUndisputed(ledger);
    const units = await this.received(tx, open, ledger);
    if (units.length === 0)
      throw new DomainError('REFUND_TOO_LARGE', 'All of these goods were paid back already.');
    const values = units.map(({ known, quantity }) => unitsWorth(known, quantity));
    const credit = values.reduce((sum, value) => sum + value, 0);
    if (credit > ledger.refundable)
      throw new DomainError('REFUND_TOO_LARGE', 'The money for these goods is not here, or not any more.');
    await tx.count(sql.tradeLines, {
      returnId: open.return.id,
      unitIds: units.map(({ line }) => line.id),
      quantities: units.map(({ quantity }) => quantity),
      values,
    });
    const wanted = new Map<string, number>();
    for (const { line, quantity } of units) {
      const variantId = line.exchangeVariantId ?? line.variantId;
      wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
    }
    return { credit, lines: [...wanted].map(([variantId, quantity]) => ({ variantId, quantity })) };
  }

  private async refundUnusedCredit(tx: Tx, open: OpenReturn, amount: number, actor: Actor): Promise<void> {
    const requested = { lines: [], shipping: null, amount };
    const reason = reasonOfReturn(open.return.number);
    const { refundId } = await this.refunding.createRefund(tx, open.order, { requested, reason, actor });
    await tx.count(sql.noteRefund, { returnId: open.return.id, refundId });
  }

  /** The received units, less those that were refunded meanwhile without naming the return. */
  private async received(tx: Tx, open: OpenReturn, { lines }: RefundableOrder): Promise<ReceivedUnits[]> {
    const received = await this.repository.lines(tx, open.return.id);
    return received.flatMap((line) => {
      const known = lines.find(({ id }) => id === line.orderLineId);
      if (!known) throw new Error('A return names a line of another order');
      const quantity = Math.min(line.received, Math.max(0, known.quantity - known.settledQuantity));
      return quantity > 0 ? [{ line, known, quantity }] : [];
    });
  }
}

interface ReceivedUnits {
  readonly line: ReturnLineRow;
  readonly known: RefundableLine;
  readonly quantity: number;
}

/** Whether nothing would be refunded, and staff names no amount. */
function isWorthless(units: readonly ReceivedUnits[], { shipping, amount }: RefundTerms): boolean {
  return (
    amount === null && !shipping && units.every(({ known, quantity }) => unitsWorth(known, quantity) === 0)
  );
}

function requestFor(units: readonly ReceivedUnits[], terms: RefundTerms): RequestedRefund {
  const lines = units.map(({ known, quantity }) => ({ orderLineId: known.id, quantity, restock: false }));
  return { lines, ...terms, sentBack: true };
}

function assertUndisputed({ isDisputed }: RefundableOrder): void {
  if (isDisputed)
    throw new DomainError('PAYMENT_DISPUTED', 'The buyer disputes this payment: the bank decides first.');
}
