import type { CaptureMethod, PaymentProvider, ProviderIntent } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import { money } from '../../kernel/money.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { newId } from '../../kernel/ids.js';
import type { PaymentEntity, PaymentStateName } from './payment.entity.js';
import { PaymentMethod } from './payment-method.js';
import * as sql from './payment.statements.js';

/** Which states a payment may come from to reach another. CAPTURED never goes back; what follows is a refund. */
const ARROWS: Readonly<Record<Exclude<PaymentStateName, 'CREATING'>, readonly PaymentStateName[]>> = {
  PENDING: ['CREATING', 'PENDING', 'PROCESSING'],
  PROCESSING: ['CREATING', 'PENDING'],
  AUTHORIZED: ['CREATING', 'PENDING', 'PROCESSING'],
  // From CANCELLED too: the provider's word that money came in always counts.
  CAPTURED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED', 'CANCELLED'],
  CANCELLED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'],
};

// Stripe forgets a key after a day: older than this, an intent (or a refund) is looked for before one is made.
export const KEY_LIFE_MS = 23 * 3_600_000;

export interface NewPayment {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
  /** The edit whose difference it pays; left out for the order itself. */
  readonly orderEditId?: string | null;
}

export interface RefundWish {
  /** Minor units; null for all that is left. */
  readonly amount: number | null;
  readonly reason: string;
  /** The decision it carries out, if a person made one. */
  readonly orderRefundId?: string | null;
}

/** Asks the provider, outside any transaction, and keeps our own rows of what it said. */
export class PaymentService {
  constructor(
    private readonly database: Database,
    readonly provider: PaymentProvider,
    private readonly outbox: Outbox,
    /** Whether a card is charged at once, or only when staff takes the money. */
    readonly captureMethod: CaptureMethod,
  ) {}

  /** The payment that counts for an order, or null for an order without any (total 0). */
  current(orderId: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.currentPayment, [orderId]);
  }

  /** The payment of an order whose money may still come; null when there is none. */
  openOf(querying: Querying, orderId: string): Promise<PaymentEntity | null> {
    return querying.row<PaymentEntity>(sql.openPayment, [orderId]);
  }

  find(id: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.paymentById, [id]);
  }

  /** How the first payment of an order begins, for whoever writes it together with the order. */
  first(method: PaymentMethod): {
    readonly provider: PaymentEntity['provider'];
    readonly captureMethod: CaptureMethod;
    readonly state: 'CREATING' | 'PENDING';
  } {
    if (method !== PaymentMethod.CARD)
      return { provider: 'OFFLINE', captureMethod: 'AUTOMATIC', state: 'PENDING' };
    return { provider: this.provider.name, captureMethod: this.captureMethod, state: 'CREATING' };
  }

  /**
   * Begins a payment of a locked order: CREATING at the provider for a card, PENDING until staff's word for all else.
   * Fails on `payment_one_active` while another payment of the order is open.
   */
  async open(tx: Tx, { orderId, amount, currency, method, orderEditId }: NewPayment): Promise<PaymentEntity> {
    const { provider, captureMethod, state } = this.first(method);
    const payment = await tx.row<PaymentEntity>(sql.insertPayment, [
      newId(),
      orderId,
      provider,
      method,
      orderEditId ?? null,
      // What an edit costs more is for goods that are on their way already: nothing is reserved first.
      orderEditId ? 'AUTOMATIC' : captureMethod,
      state,
      amount,
      currency,
    ]);
    if (!payment) throw new Error('A payment that was just inserted is missing');
    return payment;
  }

  /**
   * Makes the provider's intent for a payment, or finds the one made before: the key comes from the payment's row and
   * so does every parameter, so a repeat after a crash says exactly the same. Once the provider has forgotten the key,
   * its list is searched first.
   *
   * @throws PaymentRefused          for a definite no; the caller closes the order
   * @throws PaymentOutcomeUnknown   when nobody can tell; the client's retry or the reconciler comes back
   */
  async ensureIntent(payment: PaymentEntity): Promise<ProviderIntent> {
    if (payment.provider === 'OFFLINE') throw new Error('No provider is asked about an offline payment');
    if (payment.providerReference) return this.provider.retrieveIntent(payment.providerReference);
    const isOld = Date.now() - payment.createdAt.getTime() > KEY_LIFE_MS;
    const found = isOld ? await this.provider.findIntent(payment.id, payment.createdAt) : null;
    const intent =
      found ??
      (await this.provider.createIntent({
        paymentId: payment.id,
        orderId: payment.orderId,
        amount: money(payment.amount, payment.currency),
        captureMethod: payment.captureMethod,
        idempotencyKey: payment.createKey,
      }));
    await this.database.count(sql.markPending, [payment.id, intent.reference]);
    return intent;
  }

  /** Our payment of an intent: by its reference, else by our id in its metadata (the event came before our own note). */
  async ofIntent(querying: Querying, intent: ProviderIntent): Promise<PaymentEntity | null> {
    const known = await this.ofReference(querying, intent.reference);
    if (known || !intent.paymentId) return known;
    const payment = await querying.row<PaymentEntity>(sql.paymentById, [intent.paymentId]);
    const fits =
      payment?.providerReference == null &&
      payment?.amount === intent.amount.amount &&
      payment.currency === intent.amount.currency;
    return fits ? payment : null;
  }

  ofReference(querying: Querying, intentReference: string): Promise<PaymentEntity | null> {
    return querying.row<PaymentEntity>(sql.paymentByReference, [this.provider.name, intentReference]);
  }

  /** The payment's row under lock. Lock the order first. */
  async lock(tx: Tx, id: string): Promise<PaymentEntity> {
    const payment = await tx.row<PaymentEntity>(sql.lockPayment, [id]);
    if (!payment) throw new Error('A payment that was just read is missing');
    return payment;
  }

  /** Moves the payment along an arrow of the table. False when it was not in a state from which that is legal. */
  async move(
    tx: Tx,
    payment: PaymentEntity,
    to: Exclude<PaymentStateName, 'CREATING'>,
    intent: ProviderIntent | null,
  ): Promise<boolean> {
    const failure = to === 'PENDING' ? (intent?.failureCode ?? null) : null;
    const moved = await tx.count(sql.markState, [
      payment.id,
      to,
      intent?.reference ?? null,
      failure,
      ARROWS[to],
      to === 'CAPTURED' ? receivedOf(payment, intent) : null,
    ]);
    return moved === 1;
  }

  /**
   * Writes down that money goes back; a job sends it (of an offline payment, staff's word is the deed). Call with the
   * payment locked. Answers the refund's id, or null when nothing is left to refund. Never more than came in.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED (the bank decides about this money)
   */
  async requestRefund(tx: Tx, payment: PaymentEntity, wish: RefundWish): Promise<string | null> {
    const left = await this.refundable(tx, payment);
    if (wish.amount !== null && wish.amount > left)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payment.', ['amount']);
    const amount = wish.amount ?? left;
    if (amount <= 0) return null;
    const id = newId();
    const isOffline = payment.provider === 'OFFLINE';
    await tx.count(sql.insertRefund, [
      id,
      payment.id,
      amount,
      wish.reason,
      `re:${id}`,
      isOffline ? 'SUCCEEDED' : 'REQUESTED',
      wish.orderRefundId ?? null,
    ]);
    const kind = isOffline ? 'refund.changed' : 'refund.requested';
    await this.outbox.append(tx, {
      kind,
      aggregateId: payment.orderId,
      dedupeKey: `${kind}:${id}`,
      payload: { refundId: id },
    });
    return id;
  }

  /**
   * Sends money of an order back, from its newest captured payment to its oldest: one refund row for each that is
   * touched. Call with the order locked. Answers the refunds' ids; empty when nothing is left.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED
   */
  refundOrder(tx: Tx, orderId: string, wish: RefundWish): Promise<string[]> {
    return this.refundOrders(tx, [orderId], wish);
  }

  /** The same over the payments of several orders, those of the first one first. @throws DomainError like `refundOrder` */
  async refundOrders(tx: Tx, orderIds: readonly string[], wish: RefundWish): Promise<string[]> {
    const payments: PaymentEntity[] = [];
    for (const id of orderIds) payments.push(...(await this.lockCaptured(tx, id)));
    const ids: string[] = [];
    let open = wish.amount;
    for (const payment of payments) {
      const left = await this.refundable(tx, payment);
      const amount = open === null ? left : Math.min(left, open);
      if (amount <= 0) continue;
      const id = await this.requestRefund(tx, payment, { ...wish, amount });
      if (id) ids.push(id);
      if (open !== null) open -= amount;
    }
    if (open !== null && open > 0)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payments.', [
        'amount',
      ]);
    return ids;
  }

  /** The captured payments of a locked order, newest first, under lock. */
  lockCaptured(tx: Tx, orderId: string): Promise<PaymentEntity[]> {
    return tx.rows<PaymentEntity>(sql.lockCaptured, [orderId]);
  }

  /** Whether the buyer asked the bank for this money back, and the bank has not decided. */
  async isDisputed(tx: Tx, { id }: PaymentEntity): Promise<boolean> {
    return (await tx.row<{ isDisputed: boolean }>(sql.moneyGone, [id]))?.isDisputed ?? false;
  }

  /** What is left of a captured payment: neither sent back, nor on its way back, nor lost to a dispute. */
  private async refundable(tx: Tx, payment: PaymentEntity): Promise<number> {
    // Read again: the caller may have noted a moment ago how much came in.
    const { capturedAmount } = await this.lock(tx, payment.id);
    const sums = await tx.row<{ gone: number; isDisputed: boolean }>(sql.moneyGone, [payment.id]);
    if (sums?.isDisputed)
      throw new DomainError(
        'PAYMENT_DISPUTED',
        'The buyer disputes this payment: the bank decides, and nothing can be refunded until then.',
      );
    return Math.max(0, (capturedAmount ?? 0) - (sums?.gone ?? 0));
  }
}

/** What came in, in the payment's own currency; another currency counts for nothing, a person decides. */
function receivedOf(payment: PaymentEntity, intent: ProviderIntent | null): number {
  if (!intent) return payment.amount;
  return intent.amountReceived.currency === payment.currency ? intent.amountReceived.amount : 0;
}
