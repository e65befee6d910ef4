import { staff, type Actor } from '../../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { DomainError } from '../../../kernel/errors.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { Hooks } from '../../../platform/hooks/hooks.js';
import {
  paymentCaptured,
  type PaymentEntity,
  type PaymentService,
  type RefundRequests,
  type Tenders,
} from '../../payments/index.js';
import type { OrderEntity } from '../order.entity.js';
import { orderEvent, orderPaid, orderPlaced } from '../order.events.js';
import { OrderPaymentStatus, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';
import { replaceLines, repriceOrder } from '../placing/rewrite-order.js';
import { lockAcceptable } from './acceptable-payment.js';
import { forgetRefunded } from './acceptable-payment.statements.js';
import { acceptedPrice } from './accepted-price.js';
import type { LatePayments } from './late-payments.js';

/*
 * Accepting an amount other than agreed
 *
 * The provider captured another amount than the order's total (staff captured a part of it at the dashboard, or too
 * much), so the order waits in REVIEW. Staff accepts the money: the order is placed with it. No provider is asked.
 *
 * One transaction, with the locks in the order of a late payment: the request's key; the order's row, whose version is
 * the caller's; its captured payments; the carts of its buyer and the stock levels, where its stock was released.
 * Under the locks of order and payments it is read again what may be accepted: refunds and disputes are written under
 * the lock of their payment, so what is read holds until the commit.
 *
 * What may be accepted is what is left of the payment: of a surplus, a part may have gone back before. Such refunds are
 * no refunds of the price that is accepted: they are marked so (`refund.precedes_price`), the order begins with nothing
 * refunded, and neither its refunds nor its documents count them, also when one fails later and its money comes back. A
 * refund that had failed at that moment is not among them: its money is part of the price, and should it succeed after
 * all, it is a refund of that price like any other.
 *
 * - Refused, with nothing changed: the order is not in REVIEW, something of it was shipped or cancelled, it is an
 *   exchange, or its buyer was forgotten: ILLEGAL_TRANSITION. The payment is disputed: PAYMENT_DISPUTED. A refund is
 *   on its way, a lost dispute took money, another payment holds some too, or it is another amount than the caller saw:
 *   PAYMENT_CHANGED. The goods were sold since: STOCK_UNAVAILABLE. Each of these orders can be cancelled, which refunds
 *   all that is left, and be made anew as a draft:
 *   - An exchange is also paid by credit, which is money of another order: its price would be known only with the locks
 *     and the refunds of that order as well. Cancelling it refunds the credit.
 *   - Units that were cancelled were refunded at the price that was agreed, so what is left may be no price for the
 *     others. No order in REVIEW was shipped in part: nothing is shipped while its money is only authorized.
 * What was agreed is what tenders (accounts of the shop) leave of the total. They pay their part: still held they are
 * taken, and released when the order expired they are debited again with the stock, or the order cannot be placed.
 *
 * - Less came: the difference becomes a discount of the order (accepted-price.ts), so that its total is what came in, and what
 *   tenders pay.
 * - More came: the agreed price stays, and the surplus is refunded by a request of the same transaction, which a job
 *   sends. It is no refund of the order itself, so it gets no credit note: the invoice never stated it.
 * - As much as agreed came (a late payment whose dispute the shop has won): the order is placed as it is.
 *
 * An order that was never placed reserves its stock again and sells it, all lines or none, and is placed; one that was
 * placed when the money was authorized has sold its stock already, and is only paid. Both become PAID. `order.placed`
 * and `order.paid` are unique for each order in the outbox, and placed_at is written once, so confirmation and invoice
 * follow once. `payment.accepted_at` and `accepted_amount` record the decision: documents and audits treat that amount
 * as agreed from then on, while `payment.amount` stays what was asked for.
 *
 * An order edit is no simpler: it only changes orders that are placed, keeps the price of every line that stays, and
 * settles a difference by a payment or a refund, of which there is none here.
 */

export interface PaymentAcceptanceDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly refundRequests: RefundRequests;
  readonly late: LatePayments;
  readonly tenders: Tenders;
  readonly hooks: Hooks;
}

export interface AcceptanceRequest {
  readonly orderId: string;
  readonly expectedVersion: number;
  /** What the caller saw that came in, minor units. */
  readonly expectedAmount: number;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export class PaymentAcceptanceService {
  constructor(private readonly deps: PaymentAcceptanceDeps) {}

  /**
   * Places an order in REVIEW with the money that came in. A repeat with the same key changes nothing more.
   *
   * @throws StaleVersionError | NotFoundError
   * @throws DomainError ILLEGAL_TRANSITION | PAYMENT_CHANGED | PAYMENT_DISPUTED | STOCK_UNAVAILABLE |
   *   REFUND_NOT_ALLOWED (a surplus would go back)
   */
  async accept(request: AcceptanceRequest): Promise<OrderEntity> {
    const { database, keys, orders, refundRequests } = this.deps;
    const { actorId, idempotencyKey: key, ...body } = request;
    await database.transaction(async (tx) => {
      const claim = { actor: `user:${actorId}`, operation: 'paymentAccept', key, body };
      if (await keys.claim(tx, claim)) return;
      const order = await orders.lockVersion(tx, request.orderId, request.expectedVersion);
      const payment = await lockAcceptable(tx, refundRequests, order, request.expectedAmount);
      await this.place(tx, order, payment, { accepted: request.expectedAmount, actor: staff(actorId) });
      await this.deps.hooks.run(tx, paymentCaptured, { purpose: payment.purpose, payment });
    });
    orders.notifyRelay();
    return (await orders.find(request.orderId)) as OrderEntity;
  }

  private async place(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { accepted, actor }: { accepted: number; actor: Actor },
  ): Promise<void> {
    const { orders, payments } = this.deps;
    const agreed = order.totalGross - order.tendered;
    await payments.accept(tx, payment, accepted);
    if (accepted > agreed) await this.refundSurplus(tx, payment, { surplus: accepted - agreed, actor });
    if (order.placedAt === null) await this.takeStock(tx, order);
    if (accepted < agreed) await reduceTo(tx, order, agreed - accepted);
    await this.deps.tenders.take(tx, order);
    await orders.change(tx, order, {
      status: OrderStatus.PAID,
      paymentStatus: OrderPaymentStatus.PAID,
      placedAt: order.placedAt ?? orders.clock.now(),
      expiresAt: null,
      refunded: 0,
      event: 'PAYMENT_ACCEPTED',
      details: { amount: accepted, agreedAmount: agreed },
      actor,
      events: (paid) =>
        order.placedAt === null
          ? [orderEvent(orderPlaced, paid), orderEvent(orderPaid, paid)]
          : [orderEvent(orderPaid, paid)],
    });
  }

  private async refundSurplus(
    tx: Tx,
    payment: PaymentEntity,
    { surplus, actor }: { surplus: number; actor: Actor },
  ): Promise<void> {
    const reason = AUTOMATIC_REASONS.PAID_TOO_MUCH;
    await this.deps.refundRequests.request(tx, payment, { amount: surplus, reason, actor });
    await this.deps.orders.appendTimelineEntryBy(tx, payment.orderId, {
      event: 'REFUND_REQUESTED',
      details: { amount: surplus },
      actor,
    });
  }

  /** Its stock was released when the money came in, or when the order expired. */
  private async takeStock(tx: Tx, order: OrderEntity): Promise<void> {
    if (await this.deps.late.reserveAgain(tx, order)) return;
    throw new DomainError(
      'STOCK_UNAVAILABLE',
      'The goods were sold since, their buyer has bought them again, or an account that paid a part was spent. Send the money back.',
      ['orderId'],
    );
  }
}

/** Lowers the price of a locked order; `OrderService.change` follows. */
async function reduceTo(tx: Tx, order: OrderEntity, missing: number): Promise<void> {
  const lines = await tx.rows(sql.linesByOrder, { ids: [order.id] });
  const price = acceptedPrice(order, lines, missing);
  await tx.count(forgetRefunded, { orderId: order.id });
  await replaceLines(tx, order.id, price.lines);
  await repriceOrder(tx, order.id, price.totals, price.adjustments);
}
