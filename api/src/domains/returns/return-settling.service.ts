import { staff, type OrderRefundService, type RefundWish } from '../orders/index.js';
import type { Tx } from '../../platform/database/database.js';
import type { Decision } from './return-desk.service.js';
import type { OpenReturn, Outcome, ReturnBook } from './return-book.js';
import { ReturnState } from './return-states.js';

export interface RefundTerms {
  readonly shipping: number | null;
  /** A plain amount instead of what the units are worth. */
  readonly amount: number | null;
}

/** Staff gives money or other goods for what arrived. The shelf was settled when it arrived: nothing is restocked here. */
export class ReturnSettlingService {
  constructor(
    private readonly book: ReturnBook,
    private readonly refunding: OrderRefundService,
  ) {}

  /**
   * Gives money back for what arrived.
   * @throws StaleVersionError | NotFoundError | InvalidInputError
   * @throws DomainError ILLEGAL_TRANSITION | REFUND_TOO_LARGE | PAYMENT_DISPUTED
   */
  refund(
    { returnId, expectedVersion, idempotencyKey: key, actorId }: Decision,
    terms: RefundTerms,
  ): Promise<Outcome> {
    const body = { returnId, expectedVersion, ...terms };
    const request = { actor: `user:${actorId}`, operation: 'returnRefund', key, body };
    return this.book.once(request, async (tx) => {
      const open = await this.book.lock(tx, returnId, expectedVersion);
      this.book.assertMove(open, ReturnState.REFUNDED);
      const actor = staff(actorId);
      const { order, refundId, plan } = await this.refunding.give(tx, open.order, {
        wish: await this.wishFor(tx, open, terms),
        reason: `return ${open.return.number}`,
        actor,
      });
      await this.book.move(
        tx,
        { ...open, order },
        { to: ReturnState.REFUNDED, actor, refundId, amount: plan.amount },
      );
      return returnId;
    });
  }

  /** Sends other goods for what arrived. */
  exchange(_decision: Decision): Promise<Outcome> {
    throw new Error('The desk makes exchange orders');
  }

  /** The received units, as far as they were not paid back meanwhile without a word about the return. */
  private async wishFor(tx: Tx, open: OpenReturn, terms: RefundTerms): Promise<RefundWish> {
    const { lines } = await this.refunding.book(tx, open.order);
    const received = await this.book.lines(tx, open.return.id);
    const units = received.map((line) => {
      const known = lines.find(({ id }) => id === line.orderLineId);
      const left = known ? Math.max(0, known.quantity - known.settledQuantity) : 0;
      return {
        orderLineId: line.orderLineId,
        quantity: Math.min(line.received, left),
        restock: false,
      };
    });
    return { lines: units.filter(({ quantity }) => quantity > 0), ...terms, sentBack: true };
  }
}
