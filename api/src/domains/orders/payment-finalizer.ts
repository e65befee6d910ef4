import type { ProviderIntent } from '../../integrations/payments/port.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { StockService } from '../inventory/index.js';
import type { PaymentEntity, PaymentService } from '../payments/index.js';
import type { ExchangeCredits } from './exchange-credit.js';
import { putBackAll } from './goods-at-home.js';
import type { LatePayments } from './late-payments.js';
import type { OrderEntity } from './order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { SYSTEM, type Actor, type OrderService } from './order.service.js';
import * as sql from './order.statements.js';
import type { PaymentPurposes } from './payment-purposes.js';

/*
 * The law of the finalizer: the only writer of what a payment means for an order.
 *
 * Called by the webhook job, the reconciler, expiry, cancelling, capturing and the page that waits for a payment, always
 * with an intent that was read from the provider just now; events and redirects are hints to read, never facts. The
 * reading comes first, then the transaction: nothing is asked while rows are locked.
 *
 * Locks: order, payment, (of an exchange that ends, the order whose goods came back and its payments; or the cart of a late
 * payment,) reservations by variant, stock by variant. Every write is
 * conditional on the state found under the lock, so the second of two callers finds the work done. A captured payment
 * always ends in a placed order or in a refund written in the same transaction. Money that is only reserved places the
 * order too; when the order cannot be placed any more, the reservation is dropped by a job (`payment.void`).
 */

/** How an order ends whose payment was given up. */
export interface Closing {
  readonly status: OrderStatus.EXPIRED | OrderStatus.CANCELLED;
  readonly actor: Actor;
  /** False: goods of a placed order stay off the shelf (they are broken, or lost). */
  readonly restock?: boolean;
}

/** An intent with what the caller knows about it. */
interface Word {
  readonly intent: ProviderIntent;
  readonly closing: Closing | null;
  readonly actor: Actor;
}

// A slow method (bank debit) may take days; the goods wait for it, day by day when it takes longer than a week.
const PROCESSING_HOLD_MS = 7 * 86_400_000;
const LONGER_HOLD_MS = 86_400_000;
// When it fails in the end, the buyer gets half an hour to pay otherwise; nothing is held for days on a refusal.
const SECOND_TRY_HOLD_MS = 30 * 60_000;

export interface FinalizerDeps {
  readonly database: Database;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly stock: StockService;
  readonly late: LatePayments;
  readonly purposes: PaymentPurposes;
  readonly credits: ExchangeCredits;
}

export class PaymentFinalizer {
  constructor(private readonly deps: FinalizerDeps) {}

  /**
   * Applies an intent just read. `closing` says how the order ends if the intent turns out to be cancelled; `actor` who
   * asked for what happened (capturing), for the timeline. Money on an intent that names a payment of ours but is not the
   * one in its row (or is of another amount) changes no order: a person is told at once.
   */
  async apply(intent: ProviderIntent, closing: Closing | null = null, actor: Actor = SYSTEM): Promise<void> {
    const known = await this.deps.payments.ofIntent(this.deps.database, intent);
    if (!known) return this.stranger(intent);
    let isAnother = false;
    await this.deps.database.transaction(async (tx) => {
      const order = await this.deps.orders.lock(tx, known.orderId);
      const payment = await this.deps.payments.lock(tx, known.id);
      // Found by our id while the row named no intent; while we waited for the lock, it was given another one.
      isAnother = payment.providerReference !== null && payment.providerReference !== intent.reference;
      if (isAnother) return;
      await this.decide(tx, order, payment, { intent, closing, actor });
    });
    if (isAnother) return this.stranger(intent);
    this.deps.orders.notifyRelay();
  }

  private async stranger(intent: ProviderIntent): Promise<void> {
    if (!intent.paymentId || !['succeeded', 'requires_capture'].includes(intent.status)) return;
    await this.deps.database.transaction((tx) => this.deps.late.stranger(tx, intent));
    this.deps.orders.notifyRelay();
  }

  /** Nobody can say for a day what became of a payment whose time is over: the owner is told, once. */
  async undecided(payment: PaymentEntity | null): Promise<void> {
    if (!payment) return;
    await this.deps.database.transaction((tx) => this.deps.late.undecided(tx, payment));
    this.deps.orders.notifyRelay();
  }

  private async decide(tx: Tx, order: OrderEntity, payment: PaymentEntity, word: Word): Promise<void> {
    const { intent } = word;
    switch (intent.status) {
      case 'succeeded':
        return this.captured(tx, order, payment, word);
      case 'canceled':
        return this.givenUp(tx, order, payment, word);
      case 'processing':
        return this.processing(tx, order, payment, intent);
      case 'requires_capture':
        return this.authorized(tx, order, payment, intent);
      case 'requires_payment_method':
      case 'requires_action':
        return this.waiting(tx, order, payment, intent);
      case 'unknown':
        return undefined;
    }
  }

  private async captured(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { intent, actor }: Word,
  ): Promise<void> {
    const { orders, payments, stock, late, purposes } = this.deps;
    if (!(await payments.move(tx, payment, 'CAPTURED', intent))) return;
    const { amount, currency } = intent.amountReceived;
    if (amount !== payment.amount || currency !== payment.currency)
      return late.mismatch(tx, order, payment, 'amount');
    const purpose = purposes.of(payment);
    if (purpose) {
      if (await purpose.captured(tx, order, payment)) return;
      return late.sendBack(tx, order, payment, 'the change is off');
    }
    if (order.status === OrderStatus.PENDING_PAYMENT) {
      const sold = await stock.sell(tx, order.id);
      if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
      await orders.place(tx, order, payment.amount, actor);
    } else if (payment.status === 'AUTHORIZED' && isPlaced(order)) {
      await orders.paid(tx, order, { event: 'CAPTURED', amount: payment.amount, actor });
    } else if (order.status === OrderStatus.EXPIRED && (await late.takeAgain(tx, order))) {
      await orders.place(tx, order, payment.amount, actor);
    } else {
      await late.sendBack(tx, order, payment, 'late payment');
    }
  }

  private async authorized(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const { orders, payments, stock, late } = this.deps;
    if (!(await payments.move(tx, payment, 'AUTHORIZED', intent))) return;
    if (order.status === OrderStatus.PENDING_PAYMENT) {
      const sold = await stock.sell(tx, order.id);
      if (sold === 0) throw new Error(`Order ${order.number} is unpaid but holds nothing`);
      await orders.placeUnpaid(tx, order, OrderPaymentStatus.AUTHORIZED);
    } else if (order.status === OrderStatus.EXPIRED && (await late.takeAgain(tx, order))) {
      await orders.placeUnpaid(tx, order, OrderPaymentStatus.AUTHORIZED);
    } else {
      await late.void(tx, order, payment);
    }
  }

  /** The provider says that no money will come: on our request, or because it gave the buyer up. */
  private async givenUp(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    { intent, closing, actor }: Word,
  ): Promise<void> {
    if (!(await this.deps.payments.move(tx, payment, 'CANCELLED', intent))) return;
    const purpose = this.deps.purposes.of(payment);
    if (purpose) return purpose.givenUp(tx, order, payment);
    if (order.status === OrderStatus.PENDING_PAYMENT)
      return this.close(tx, order, closing ?? { status: OrderStatus.CANCELLED, actor });
    if (payment.status !== 'AUTHORIZED' || !isPlaced(order)) return;
    const isUntouched =
      order.status === OrderStatus.PLACED && order.fulfillmentStatus === FulfillmentStatus.UNFULFILLED;
    // Nobody asked for it, or the goods left in the meantime: a person must look for the money.
    if (!closing || !isUntouched) return this.deps.late.lapsed(tx, order, payment);
    await this.cancelPlaced(tx, order, { ...closing, paymentStatus: OrderPaymentStatus.CANCELLED });
  }

  /** Ends an unpaid order and gives its stock back. The order is locked and its payment is given up or was refused. */
  async close(tx: Tx, order: OrderEntity, { status, actor }: Closing): Promise<void> {
    await this.deps.credits.around(tx, order, actor, async () => {
      await this.deps.stock.release(tx, order.id);
      await this.deps.orders.change(tx, order, {
        status,
        paymentStatus: OrderPaymentStatus.CANCELLED,
        expiresAt: null,
        event: status,
        actor,
        // Not once in its life: an order that expired, was paid late and is then cancelled ends twice.
        updates: 'order.closed',
      });
    });
  }

  /** Ends an order that holds no reservations; what it took from the shelf goes back there. Order locked. */
  cancelPlaced(
    tx: Tx,
    order: OrderEntity,
    closing: Closing & { readonly paymentStatus: OrderPaymentStatus },
  ): Promise<OrderEntity> {
    return this.deps.credits.around(tx, order, closing.actor, () => this.endPlaced(tx, order, closing));
  }

  private async endPlaced(
    tx: Tx,
    order: OrderEntity,
    { actor, restock = true, paymentStatus }: Closing & { readonly paymentStatus: OrderPaymentStatus },
  ): Promise<OrderEntity> {
    const cancelled = await this.deps.orders.change(tx, order, {
      status: OrderStatus.CANCELLED,
      paymentStatus,
      event: 'CANCELLED',
      actor,
      updates: 'order.closed',
    });
    if (restock) await putBackAll(tx, this.deps.stock, order.id, actor.userId);
    // What it still waits for will not come to it in any case.
    else await this.deps.stock.dropBackordered(tx, { orderId: order.id, lines: null });
    return cancelled;
  }

  /**
   * The bank decides, and it may take longer than anybody thought: a debit takes up to two weeks. Nothing can be cancelled
   * at the provider until then, so what is due waits another day, however often.
   */
  private async processing(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const isFirst = await this.deps.payments.move(tx, payment, 'PROCESSING', intent);
    if (!isFirst && payment.status !== 'PROCESSING') return;
    const now = this.deps.orders.clock.now();
    const until = new Date(now.getTime() + LONGER_HOLD_MS);
    const purpose = this.deps.purposes.of(payment);
    if (purpose) return purpose.undecided(tx, order, payment, until);
    if (order.status !== OrderStatus.PENDING_PAYMENT) return;
    if (isFirst) return this.holdOn(tx, order, new Date(now.getTime() + PROCESSING_HOLD_MS));
    if (order.expiresAt && order.expiresAt <= now) await this.holdOn(tx, order, until);
  }

  private async holdOn(tx: Tx, order: OrderEntity, expiresAt: Date): Promise<void> {
    await tx.count(sql.extendHolds, [order.id, expiresAt]);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PROCESSING,
      expiresAt,
      event: 'STATUS_CHANGED',
      actor: SYSTEM,
    });
  }

  /** The buyer has not paid yet, or a try failed: no final state, another card may follow on the same intent. */
  private async waiting(
    tx: Tx,
    order: OrderEntity,
    payment: PaymentEntity,
    intent: ProviderIntent,
  ): Promise<void> {
    const isBack = payment.status === 'PROCESSING';
    const isFirst = intent.failureCode !== null && (payment.failureCode !== intent.failureCode || isBack);
    if (payment.status === 'PENDING' && !isFirst) return;
    if (!(await this.deps.payments.move(tx, payment, 'PENDING', intent))) return;
    if (isBack && order.status === OrderStatus.PENDING_PAYMENT) await this.payAgain(tx, order, intent);
    else if (isFirst)
      await this.deps.orders.tell(tx, order.id, 'PAYMENT_FAILED', { failureCode: intent.failureCode });
  }

  /** A bank that was deciding is not any more, whether it says why or not: the buyer may pay otherwise. */
  private async payAgain(tx: Tx, order: OrderEntity, { failureCode }: ProviderIntent): Promise<void> {
    const expiresAt = new Date(this.deps.orders.clock.now().getTime() + SECOND_TRY_HOLD_MS);
    await tx.count(sql.extendHolds, [order.id, expiresAt]);
    await this.deps.orders.change(tx, order, {
      paymentStatus: OrderPaymentStatus.PENDING,
      expiresAt,
      event: failureCode === null ? 'STATUS_CHANGED' : 'PAYMENT_FAILED',
      ...(failureCode !== null && { details: { failureCode } }),
      actor: SYSTEM,
    });
  }
}

const PLACED = [OrderStatus.PLACED, OrderStatus.FULFILLED, OrderStatus.COMPLETED];

/** Placed before its money, which is still to come. */
function isPlaced(order: OrderEntity): boolean {
  return PLACED.includes(order.status);
}
