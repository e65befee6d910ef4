import { SYSTEM, type Actor } from '../../../kernel/actor.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../../integrations/payments/port.js';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { DomainError } from '../../../kernel/errors.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { EarlierRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import type { RateLimiter } from '../../identity/index.js';
import type { StockService } from '../../inventory/index.js';
import type {
  Cancellation,
  OfflinePayments,
  PaymentEntity,
  PaymentFinalizer,
  PaymentIntents,
  PaymentService,
} from '../../payments/index.js';
import type { ExchangeCredits } from '../refunds/exchange-credit.js';
import { assertGoodsAtHome, neverLeft } from '../fulfillment/goods-at-home.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderRefundService } from '../refunds/order-refund.service.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import * as sql from '../order.statements.js';
import { hasLapsed, paidMeanwhile } from './after-asking.js';
import { assertMayEnd } from './gives-back.js';
import { BuyerCancellations } from './buyer-cancellations.js';
import type { OrderCloser } from './order-closer.js';

/*
 * Cancelling and expiring orders
 *
 * Unpaid, or placed with an authorized payment: the intent is cancelled first, outside any transaction, and only the
 * provider's result decides. "canceled" releases the stock; "succeeded" means that the buyer paid (or staff captured)
 * first, so the finalizer places the order; "processing" extends the hold; no answer leaves everything for the next
 * run, with the stock still held.
 *
 * Paid, or without a provider (cash on delivery, bank transfer, drafts): one transaction under the order's lock
 * writes status, restock and the refund of what was really received; a job sends the refund. For an exchange, the
 * credit that paid for it is refunded then too, by the order whose goods were returned (see exchange-credit.ts).
 *
 * Shipped unpaid and refused by the buyer: once staff recorded for every shipment that it came back, the same
 * transaction cancels the order and its open payment, and all its goods count as back. Shipments are updated under
 * the order's lock too, so what is read here holds until the commit.
 *
 * Staff without ORDER_REFUND cancels only what gives no money back (giving-back.ts). Where the provider decides, that is
 * asked before the provider is, under the order's lock; else with the refund, in the same transaction.
 *
 * Refunded without naming units (at the provider's dashboard, or as a plain amount): the order is and stays REFUNDED.
 * Nothing is restocked automatically, for the goods may have been handed over. Staff cancels the units that were
 * never shipped: one transaction locks order, then stock; no payment is touched.
 */

const MOST_AT_ONCE = 100;

export interface CancelRequest {
  readonly orderId: string;
  /** The version the caller saw; null when it is not checked (the buyer cancels). */
  readonly expectedVersion: number | null;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  /** Recorded in the timeline and in the stock movements. */
  readonly actor: Actor;
  /** The owner of the idempotency key: `user:<id>` or `order:<id>`; and the mutation it is for. */
  readonly keyActor: string;
  readonly operation: string;
  /**
   * False: sold units are not restocked. Null: restock only if nothing of the order was shipped, for returned goods
   * may be broken.
   */
  readonly restock: boolean | null;
}

export interface ClosingDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly finalizer: PaymentFinalizer;
  readonly offline: OfflinePayments;
  readonly closer: OrderCloser;
  readonly keys: RequestKeys;
  readonly refunding: OrderRefundService;
  readonly credits: ExchangeCredits;
  readonly stock: StockService;
  readonly limiter: RateLimiter;
  readonly logger: Logger;
}

export class OrderClosingService {
  private readonly buyers: BuyerCancellations;

  constructor(private readonly deps: ClosingDeps) {
    this.buyers = new BuyerCancellations(deps.limiter);
  }

  /**
   * Closes unpaid orders whose hold expired. An order that cannot be decided now is tried again after the others;
   * after a day the owner is alerted.
   */
  async expireDue(most = MOST_AT_ONCE): Promise<void> {
    const { database, orders, payments, finalizer, logger } = this.deps;
    const due = await database.rows(sql.claimExpired, { closeTriedAt: orders.clock.now(), most });
    for (const { id, isLongExpired } of due) {
      try {
        await this.closeUnpaid(id, { reason: 'EXPIRED', actor: SYSTEM });
      } catch (error) {
        logger.warn({ orderId: id, err: error }, 'An unpaid order could not be closed yet');
        if (isLongExpired) await finalizer.alertUndecided(await payments.current(id));
      }
    }
  }

  /** Cancels the intent of an unpaid order and closes the order if the provider agrees. */
  async closeUnpaid(orderId: string, closing: Cancellation): Promise<void> {
    const payment = await this.deps.payments.current(orderId);
    if (!payment || payment.provider === 'OFFLINE') return this.closeWithoutIntent(orderId, payment, closing);
    try {
      // The intent of a payment in CREATING may exist at the provider: find it by its key, then cancel it.
      const { reference } = await this.deps.intents.ensure(payment);
      const provider = this.deps.intents.providerOf(payment);
      await this.deps.finalizer.apply(await provider.cancelIntent(reference), closing);
    } catch (error) {
      if (!(error instanceof PaymentRejectedError) || payment.providerReference) throw error;
      await this.closeWithoutIntent(orderId, payment, closing);
    }
  }

  /** Closes an unpaid order without an intent at a provider: the provider refused it, or was not to be asked. */
  async closeWithoutIntent(
    orderId: string,
    refused: PaymentEntity | null,
    closing: Cancellation,
  ): Promise<void> {
    await this.deps.database.transaction(async (tx) => {
      const order = await this.deps.orders.lock(tx, orderId);
      if (order.status !== OrderStatus.PENDING_PAYMENT) return;
      if (refused) {
        const payment = await this.deps.payments.lock(tx, refused.id);
        if (
          payment.providerReference ||
          !(await this.deps.payments.transition(tx, payment, 'CANCELLED', null))
        )
          return;
      }
      await this.deps.closer.close(tx, order, closing);
    });
    this.deps.orders.notifyRelay();
  }

  /**
   * Cancels an order of which nothing has been shipped: releases the stock of an unpaid one, voids an authorization,
   * refunds what was received, and restocks unless the caller says otherwise. Staff may also cancel an order that was
   * shipped unpaid and came back, and the units that were never shipped of an order that was refunded (that order
   * stays REFUNDED).
   *
   * @throws StaleVersionError | DomainError ILLEGAL_TRANSITION | PAYMENT_UNDECIDED (the provider does not answer) |
   *   PAYMENT_DISPUTED | REFUND_NOT_ALLOWED | PLUGIN_FAILED, or a code of a plugin that handles order.beforeChange
   */
  async cancel(request: CancelRequest): Promise<OrderEntity> {
    const order = await this.deps.orders.find(request.orderId);
    const isSeen = request.expectedVersion === null || order?.version === request.expectedVersion;
    if (order && isSeen && (await this.dependsOnProvider(order))) {
      // Claims the key before the effect, so a concurrent repeat finds the key taken instead of another version; a
      // repeat after a crash finds the order still unpaid, and resumes.
      await this.deps.database.transaction((tx) => this.claimAndAsk(tx, request));
      await this.cancelAtProvider(request);
    } else {
      await this.recordCancellation(request, (tx, locked) => this.ask(tx, locked, request));
    }
    return (await this.deps.orders.find(request.orderId)) as OrderEntity;
  }

  /**
   * For a request that does more than cancelling: refuses what cancelling an order would refuse, before anything is
   * done. Takes no lock. @throws DomainError REFUND_NOT_ALLOWED
   */
  async assertMayCancel(tx: Tx, orderId: string, actor: Actor): Promise<void> {
    const order = await tx.row(sql.orderById, { id: orderId });
    if (order) await assertMayEnd(tx, this.deps.refunding, order, actor);
  }

  /** Whether the provider decides: it has a payment that may still be captured. */
  private async dependsOnProvider({ id, status, fulfillmentStatus }: OrderEntity): Promise<boolean> {
    if (status === OrderStatus.PENDING_PAYMENT) return true;
    if (status !== OrderStatus.PLACED || fulfillmentStatus !== FulfillmentStatus.UNFULFILLED) return false;
    return (await this.deps.payments.current(id))?.status === 'AUTHORIZED';
  }

  private async cancelAtProvider(request: CancelRequest): Promise<void> {
    const { orderId, actor, restock } = request;
    const close = (): Promise<void> =>
      this.closeUnpaid(orderId, { reason: 'CANCELLED', actor, restock: restock ?? true });
    try {
      await (actor.kind === 'CUSTOMER' ? this.buyers.once(orderId, close) : close());
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

  /** Rights are checked and plugins asked before the provider is: what it cancels cannot be taken back. */
  private async claimAndAsk(tx: Tx, request: CancelRequest): Promise<void> {
    const isRepeat = (await this.claim(tx, request)) !== null;
    const order = await this.deps.orders.lock(tx, request.orderId);
    await assertMayEnd(tx, this.deps.refunding, order, request.actor);
    if (!isRepeat) await this.ask(tx, order, request);
  }

  private ask(tx: Tx, order: OrderEntity, { actor }: CancelRequest): Promise<void> {
    return this.deps.orders.beforeChange(tx, { change: 'CANCEL', order, actor });
  }

  private claim(tx: Tx, request: CancelRequest): Promise<EarlierRequest | null> {
    const { keyActor, operation, idempotencyKey: key, orderId, expectedVersion, reason, restock } = request;
    const body = { orderId, expectedVersion, reason, restock };
    return this.deps.keys.claim(tx, { actor: keyActor, operation, key, body });
  }

  /** `ask` comes last, and not at all where the provider has cancelled the payment already. */
  private async recordCancellation(
    request: CancelRequest,
    ask: (tx: Tx, order: OrderEntity) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { orderId, expectedVersion, actor } = request;
    await this.deps.database.transaction(async (tx) => {
      const isRepeat = await this.claim(tx, request);
      const order =
        expectedVersion === null || isRepeat
          ? await this.deps.orders.lock(tx, orderId)
          : await this.deps.orders.lockVersion(tx, orderId, expectedVersion);
      if (order.status === OrderStatus.CANCELLED) return;
      if (order.status === OrderStatus.REFUNDED && actor.kind === 'STAFF')
        await this.giveUpUnits(tx, order, { ...request, isRepeat: isRepeat !== null });
      else if (isRepeat && !hasLapsed(order)) throw paidMeanwhile();
      else await this.cancelAndRefund(tx, order, request);
      if (!isRepeat) await ask(tx, order);
    });
    this.deps.orders.notifyRelay();
  }

  private async cancelAndRefund(
    tx: Tx,
    order: OrderEntity,
    { actor, reason, restock }: CancelRequest,
  ): Promise<void> {
    await assertGoodsAtHome(tx, order, actor.kind === 'STAFF');
    await this.deps.credits.assertFree(tx, order);
    await assertMayEnd(tx, this.deps.refunding, order, actor);
    // Before the stock levels: the refund locks these payments.
    await this.deps.refunding.lockFundingPayments(tx, order);
    const hasNoMoney = await this.dropOffline(tx, order);
    const cancelled = await this.deps.closer.cancelPlaced(tx, order, {
      actor,
      restock: restock ?? order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED,
      paymentStatus: hasNoMoney ? OrderPaymentStatus.CANCELLED : order.paymentStatus,
    });
    await this.deps.refunding.refundRemaining(tx, cancelled, reason ?? AUTOMATIC_REASONS.CANCELLED, actor);
  }

  /** Cancels the units of a refunded order that were never shipped. Requires the order lock. */
  private async giveUpUnits(
    tx: Tx,
    order: OrderEntity,
    { actor, restock, isRepeat }: CancelRequest & { readonly isRepeat: boolean },
  ): Promise<void> {
    const { orders, stock } = this.deps;
    const lines = await tx.rows(sql.linesByOrder, { ids: [order.id] });
    const left = lines.filter((line) => neverLeft(line) > 0);
    if (left.length === 0 && isRepeat) return;
    if (left.length === 0)
      throw new DomainError('ILLEGAL_TRANSITION', 'Nothing of it is left to give up.', ['orderId']);
    const units = left.map((line) => ({ variantId: line.variantId, quantity: neverLeft(line) }));
    const orderId = order.id;
    if (restock ?? true)
      await stock.restock(tx, { orderId, actorId: actor.userId, reason: 'cancelled', lines: units });
    else await stock.dropBackordered(tx, { orderId, lines: null });
    await tx.count(sql.giveUpUnits, { orderId });
    const isPart = order.fulfillmentStatus === FulfillmentStatus.PARTIALLY_FULFILLED;
    await orders.change(tx, order, {
      ...(isPart && { fulfillmentStatus: FulfillmentStatus.FULFILLED }),
      event: 'CANCELLED',
      actor,
    });
  }

  /** Cancels the open offline payment. Returns true when no payment of the order is captured or can still be. */
  private async dropOffline(tx: Tx, order: OrderEntity): Promise<boolean> {
    const wasOpen = await this.deps.offline.cancelOpen(tx, order.id);
    return wasOpen || order.status === OrderStatus.DRAFT;
  }
}
