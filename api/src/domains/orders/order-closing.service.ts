import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import { statement, type Database, type Tx } from '../../platform/database/database.js';
import type { EarlierRequest, RequestKeys } from '../../platform/database/request-keys.js';
import type { StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { ExchangeCredits } from './exchange-credit.js';
import { assertGoodsAtHome, neverLeft } from './goods-at-home.js';
import type { OrderEntity, OrderLineEntity } from './order.entity.js';
import type { OrderRefundService } from './order-refund.service.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type Actor, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';
import type { Closing, PaymentFinalizer } from './payment-finalizer.js';

/*
 * Ending an order
 *
 * Unpaid, or placed with money that is only reserved on the card: the intent is cancelled first, outside any transaction,
 * and only the provider's answer decides. "canceled" gives the stock back; "succeeded" means that the buyer (or staff who
 * took the money) was quicker, so the finalizer places the order; "processing" extends the hold; no answer leaves
 * everything for the next round, with the stock still held.
 *
 * With its money, or without any provider to ask (cash on delivery, bank transfer, drafts): one transaction under the
 * order's lock writes status, restock and the refund of what really came in; a job sends the money back. Of an exchange,
 * also the credit that paid for it goes back then, by the order whose goods came back (see exchange-credit.ts).
 *
 * Sent unpaid and refused at the door: once staff noted of every parcel that it came back, the same transaction ends the
 * order; its payment that was to come is given up, and all its goods are at home again. A parcel is noted under the
 * order's lock too, so what is read here holds until the commit.
 *
 * With its money gone back without a word about the goods (at the provider's dashboard, or as a plain amount): the order
 * is REFUNDED and stays so. Nothing is restocked by itself, for the goods may have been handed over. Staff gives up what
 * never left: one transaction, order, then stock; no payment is touched.
 */

const openOffline = statement(
  'orders.open-offline-payment',
  `SELECT id FROM payment WHERE order_id = $1 AND provider = 'OFFLINE' AND status = 'PENDING'`,
);

const MOST_AT_ONCE = 100;

interface Due extends Record<string, unknown> {
  readonly id: string;
  /** Its time was over more than a day ago. */
  readonly isLongDue: boolean;
}

export interface CancelRequest {
  readonly orderId: string;
  /** The version the caller saw; null when it does not matter (the buyer's own wish). */
  readonly expectedVersion: number | null;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  /** For the timeline and the movements. */
  readonly actor: Actor;
  /** Whose idempotency key it is: `user:<id>`, `order:<id>`; and which mutation's. */
  readonly keyActor: string;
  readonly operation: string;
  /** False: what was sold stays off the shelf. Null: as long as nothing of it left, for what came back may be broken. */
  readonly restock: boolean | null;
}

export interface ClosingDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly finalizer: PaymentFinalizer;
  readonly keys: RequestKeys;
  readonly refunding: OrderRefundService;
  readonly credits: ExchangeCredits;
  readonly stock: StockService;
  readonly logger: Logger;
}

export class OrderClosingService {
  constructor(private readonly deps: ClosingDeps) {}

  /**
   * Ends unpaid orders whose hold has run out. One that cannot be decided now stands back until the others had their turn;
   * after a day the owner is told.
   */
  async expireDue(most = MOST_AT_ONCE): Promise<void> {
    const { database, orders, payments, finalizer, logger } = this.deps;
    const due = await database.rows<Due>(sql.claimDue, [orders.clock.now(), most]);
    for (const { id, isLongDue } of due) {
      try {
        await this.closeUnpaid(id, { status: OrderStatus.EXPIRED, actor: SYSTEM });
      } catch (error) {
        logger.warn({ orderId: id, err: error }, 'An unpaid order could not be closed yet');
        if (isLongDue) await finalizer.undecided(await payments.current(id));
      }
    }
  }

  /** Cancels the intent of an order without money and closes the order if the provider agrees. */
  async closeUnpaid(orderId: string, closing: Closing): Promise<void> {
    const payment = await this.deps.payments.current(orderId);
    if (!payment || payment.provider === 'OFFLINE') return this.closeWithoutIntent(orderId, payment, closing);
    try {
      // A payment that is still being created may exist over there: find it by its key, then cancel it.
      const { reference } = await this.deps.payments.ensureIntent(payment);
      const provider = this.deps.payments.providerOf(payment);
      await this.deps.finalizer.apply(await provider.cancelIntent(reference), closing);
    } catch (error) {
      if (!(error instanceof PaymentRejectedError) || payment.providerReference) throw error;
      await this.closeWithoutIntent(orderId, payment, closing);
    }
  }

  /** Closes an unpaid order whose payment no provider holds: refused at the beginning, or none was to be asked. */
  async closeWithoutIntent(orderId: string, refused: PaymentEntity | null, closing: Closing): Promise<void> {
    await this.deps.database.transaction(async (tx) => {
      const order = await this.deps.orders.lock(tx, orderId);
      if (order.status !== OrderStatus.PENDING_PAYMENT) return;
      if (refused) {
        const payment = await this.deps.payments.lock(tx, refused.id);
        if (payment.providerReference || !(await this.deps.payments.move(tx, payment, 'CANCELLED', null)))
          return;
      }
      await this.deps.finalizer.close(tx, order, closing);
    });
    this.deps.orders.notifyRelay();
  }

  /** Drops money that is reserved on a card for an order that came to nothing. Safe to run any number of times. */
  async voidPayment(paymentId: string): Promise<void> {
    const { payments, orders, finalizer } = this.deps;
    const payment = await payments.find(paymentId);
    if (payment?.status !== 'AUTHORIZED' || !payment.providerReference) return;
    const order = await orders.find(payment.orderId);
    if (order && ![OrderStatus.EXPIRED, OrderStatus.CANCELLED].includes(order.status)) return;
    await finalizer.apply(await payments.providerOf(payment).cancelIntent(payment.providerReference));
  }

  /**
   * Cancels an order of which nothing has been shipped: releases the stock of an unpaid one, drops reserved money,
   * refunds what came in, and puts the goods back unless the caller says otherwise. Staff may also cancel one that was
   * sent unpaid and came back, and give up what never left of one whose money went back (that one stays REFUNDED).
   *
   * @throws StaleVersionError | DomainError ILLEGAL_TRANSITION | PAYMENT_UNDECIDED (the provider does not answer)
   *   | PAYMENT_DISPUTED
   */
  async cancel(request: CancelRequest): Promise<OrderEntity> {
    const order = await this.deps.orders.find(request.orderId);
    const isSeen = request.expectedVersion === null || order?.version === request.expectedVersion;
    if (order && isSeen && (await this.dependsOnProvider(order))) {
      // Before the effect, so that a repeat beside this one finds the key taken instead of another version; one that comes
      // after a crash finds the order unpaid still, and goes on from here.
      await this.deps.database.transaction((tx) => this.claim(tx, request));
      await this.cancelAtProvider(request);
    } else {
      await this.recordCancellation(request);
    }
    return (await this.deps.orders.find(request.orderId)) as OrderEntity;
  }

  /** Whether the provider's word decides: it holds a payment that may still become money. */
  private async dependsOnProvider({ id, status, fulfillmentStatus }: OrderEntity): Promise<boolean> {
    if (status === OrderStatus.PENDING_PAYMENT) return true;
    if (status !== OrderStatus.PLACED || fulfillmentStatus !== FulfillmentStatus.UNFULFILLED) return false;
    return (await this.deps.payments.current(id))?.status === 'AUTHORIZED';
  }

  private async cancelAtProvider(request: CancelRequest): Promise<void> {
    const { orderId, actor, restock } = request;
    try {
      await this.closeUnpaid(orderId, { status: OrderStatus.CANCELLED, actor, restock: restock ?? true });
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown)) throw error;
      throw new DomainError(
        'PAYMENT_UNDECIDED',
        'The payment provider does not answer; try again in a moment.',
      );
    }
    const after = await this.deps.orders.find(orderId);
    if (after && hasLapsed(after)) return this.recordCancellation(request);
    if (after?.status !== OrderStatus.CANCELLED) throw paidMeanwhile();
  }

  private claim(tx: Tx, request: CancelRequest): Promise<EarlierRequest | null> {
    const { keyActor, operation, idempotencyKey: key, orderId, expectedVersion, reason, restock } = request;
    const body = { orderId, expectedVersion, reason, restock };
    return this.deps.keys.claim(tx, { actor: keyActor, operation, key, body });
  }

  private async recordCancellation(request: CancelRequest): Promise<void> {
    const { orderId, expectedVersion, actor, reason, restock } = request;
    await this.deps.database.transaction(async (tx) => {
      const isRepeat = await this.claim(tx, request);
      const order =
        expectedVersion === null || isRepeat
          ? await this.deps.orders.lock(tx, orderId)
          : await this.deps.orders.lockVersion(tx, orderId, expectedVersion);
      if (order.status === OrderStatus.CANCELLED) return;
      const isStaff = actor.kind === 'STAFF';
      if (order.status === OrderStatus.REFUNDED && isStaff)
        return this.giveUpUnits(tx, order, { ...request, isRepeat: isRepeat !== null });
      if (isRepeat && !hasLapsed(order)) throw paidMeanwhile();
      await assertGoodsAtHome(tx, order, isStaff);
      await this.deps.credits.assertFree(tx, order);
      // Before the shelves: what came in goes back from these payments.
      await this.deps.refunding.lockPayers(tx, order);
      const hasNoMoney = await this.dropOffline(tx, order);
      const cancelled = await this.deps.finalizer.cancelPlaced(tx, order, {
        status: OrderStatus.CANCELLED,
        actor,
        restock: restock ?? order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED,
        paymentStatus: hasNoMoney ? OrderPaymentStatus.CANCELLED : order.paymentStatus,
      });
      await this.deps.refunding.giveAll(tx, cancelled, reason ?? AUTOMATIC_REASONS.CANCELLED, actor);
    });
    this.deps.orders.notifyRelay();
  }

  /** What never left of an order whose money is back will not leave any more. */
  private async giveUpUnits(
    tx: Tx,
    order: OrderEntity,
    { actor, restock, isRepeat }: CancelRequest & { readonly isRepeat: boolean },
  ): Promise<void> {
    const { orders, stock } = this.deps;
    const lines = await tx.rows<OrderLineEntity>(sql.linesByOrder, [[order.id]]);
    const left = lines.filter((line) => neverLeft(line) > 0);
    if (left.length === 0 && isRepeat) return;
    if (left.length === 0)
      throw new DomainError('ILLEGAL_TRANSITION', 'Nothing of it is left to give up.', ['orderId']);
    const units = left.map((line) => ({ variantId: line.variantId, quantity: neverLeft(line) }));
    const orderId = order.id;
    if (restock ?? true)
      await stock.restock(tx, { orderId, actorId: actor.userId, reason: 'cancelled', lines: units });
    else await stock.dropBackordered(tx, { orderId, lines: null });
    await tx.count(sql.giveUpUnits, [orderId]);
    const isPart = order.fulfillmentStatus === FulfillmentStatus.PARTIALLY_FULFILLED;
    await orders.change(tx, order, {
      ...(isPart && { fulfillmentStatus: FulfillmentStatus.FULFILLED }),
      event: 'CANCELLED',
      actor,
    });
  }

  /** Gives up money that was to come without a provider. True when no money of the order is here or on its way. */
  private async dropOffline(tx: Tx, order: OrderEntity): Promise<boolean> {
    const open = await tx.row<{ id: string }>(openOffline, [order.id]);
    if (open)
      await this.deps.payments.move(tx, await this.deps.payments.lock(tx, open.id), 'CANCELLED', null);
    return open !== null || order.status === OrderStatus.DRAFT;
  }
}

/** The provider's call, that the reserved money is dropped, was quicker than its answer to whoever cancels. */
function hasLapsed({ status, paymentStatus }: OrderEntity): boolean {
  return status === OrderStatus.REVIEW && paymentStatus === OrderPaymentStatus.CANCELLED;
}

function paidMeanwhile(): DomainError {
  return new DomainError(
    'PAYMENT_UNDECIDED',
    'The order was paid, or is being paid, in the meantime. Look again.',
  );
}
