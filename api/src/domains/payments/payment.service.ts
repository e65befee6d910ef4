import {
  PaymentOutcomeUnknown,
  PaymentRejectedError,
  type CaptureMethod,
  type PaymentProvider,
  type ProviderIntent,
} from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import { money } from '../../kernel/money.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { isUuid, newId } from '../../kernel/ids.js';
import { refundChanged, refundRequested } from './payment.events.js';
import { KEY_LIFE_MS, LIST_LAG_SECONDS } from './idempotency-keys.js';
import type { PaymentEntity, PaymentStatusName } from './payment.entity.js';
import { PaymentMethod } from './payment-method.js';
import type { PaymentProviders } from './payment-providers.js';
import * as sql from './payment.statements.js';

/**
 * The statuses from which a payment may reach another. A CAPTURED payment keeps its status; what follows is a refund.
 */
const TRANSITIONS: Readonly<Record<Exclude<PaymentStatusName, 'CREATING'>, readonly PaymentStatusName[]>> = {
  PENDING: ['CREATING', 'PENDING', 'PROCESSING'],
  PROCESSING: ['CREATING', 'PENDING'],
  AUTHORIZED: ['CREATING', 'PENDING', 'PROCESSING'],
  // From CANCELLED too: a capture that the provider reports always counts.
  CAPTURED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED', 'CANCELLED'],
  CANCELLED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'],
};

export interface NewPayment {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
  /** The edit whose difference it pays; left out for the price of the order itself. */
  readonly orderEditId?: string | null;
}

export interface RequestedRefund {
  /** Minor units; null for everything that is left of the payment. */
  readonly amount: number | null;
  readonly reason: string;
  /** The refund decision of staff that it carries out; left out when there is none. */
  readonly orderRefundId?: string | null;
}

/**
 * Reads and changes payments. Asks the provider outside any transaction, and stores its results in the shop's own
 * rows.
 */
export class PaymentService {
  constructor(
    private readonly database: Database,
    readonly providers: PaymentProviders,
    private readonly outbox: Outbox,
    /** Whether a card is charged at once, or only authorized until staff captures. */
    readonly captureMethod: CaptureMethod,
  ) {}

  /** The payment that counts for an order; null for an order without one (total 0). */
  current(orderId: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.currentPayment, [orderId]);
  }

  /** The payment of an order that may still be captured; null when there is none. */
  openOf(querying: Querying, orderId: string): Promise<PaymentEntity | null> {
    return querying.row<PaymentEntity>(sql.openPayment, [orderId]);
  }

  find(id: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.paymentById, [id]);
  }

  /** The columns of an order's first payment, for the caller that inserts it together with the order. */
  first(method: PaymentMethod): {
    readonly provider: PaymentEntity['provider'];
    readonly captureMethod: CaptureMethod;
    readonly status: 'CREATING' | 'PENDING';
  } {
    if (method !== PaymentMethod.CARD)
      return { provider: 'OFFLINE', captureMethod: 'AUTOMATIC', status: 'PENDING' };
    return { provider: this.providers.current.name, captureMethod: this.captureMethod, status: 'CREATING' };
  }

  /**
   * Inserts a payment of a locked order: CREATING for a card, as the provider's intent is still to be created;
   * PENDING until staff confirms it for all other methods. Fails on `payment_one_active` while another payment of the
   * order is open.
   */
  async open(tx: Tx, { orderId, amount, currency, method, orderEditId }: NewPayment): Promise<PaymentEntity> {
    const { provider, captureMethod, status } = this.first(method);
    const payment = await tx.row<PaymentEntity>(sql.insertPayment, [
      newId(),
      orderId,
      provider,
      method,
      orderEditId ?? null,
      // The difference of an edit is for goods that are already being shipped, so it is captured at once.
      orderEditId ? 'AUTOMATIC' : captureMethod,
      status,
      amount,
      currency,
    ]);
    if (!payment) throw new Error('A payment that was just inserted is missing');
    return payment;
  }

  /**
   * The provider that took this payment, whatever the settings say of new ones. @throws PaymentOutcomeUnknown when it
   * cannot be asked
   */
  providerOf({ provider }: Pick<PaymentEntity, 'provider'>): PaymentProvider {
    return this.providers.of(provider);
  }

  /**
   * Creates the provider's intent for a payment, or finds the one created before: the key and every parameter come
   * from the payment's row, so a repeat after a crash sends exactly the same request. Once the provider has forgotten
   * the key, or replays a stored failure for it, its list is searched first.
   *
   * The intent that is returned is always the one in the payment's row, so that whoever pays it pays an order of
   * ours. Another intent may be created besides: key pi:P creates pi_1 and gets a replayed 500; the list does not
   * show pi_1 yet; key pi:P:2 creates pi_2; meanwhile the provider's webhook about pi_1 has written pi_1 into the
   * row. Then pi_2 is cancelled, its secret is given to no client, and pi_1 is returned.
   *
   * @throws PaymentRejectedError for a definite refusal; the caller closes the order
   * @throws PaymentOutcomeUnknown when the outcome is not known; the client's retry or the reconciler tries again
   */
  async ensureIntent(payment: PaymentEntity): Promise<ProviderIntent> {
    if (payment.provider === 'OFFLINE') throw new Error('No provider is asked about an offline payment');
    if (payment.providerReference) return this.providerOf(payment).retrieveIntent(payment.providerReference);
    const isOld = Date.now() - payment.createdAt.getTime() > KEY_LIFE_MS;
    const intent = (isOld ? await this.lookFor(payment) : null) ?? (await this.create(payment));
    const isFirst = (await this.database.count(sql.markPending, [payment.id, intent.reference])) === 1;
    return isFirst ? intent : this.recordedIntent(payment, intent);
  }

  /**
   * The intent in the payment's row; a second intent that was created besides is cancelled, if the provider can do so
   * now.
   */
  private async recordedIntent({ id }: PaymentEntity, made: ProviderIntent): Promise<ProviderIntent> {
    const payment = await this.find(id);
    const reference = payment?.providerReference;
    if (!payment || !reference || reference === made.reference) return made;
    const provider = this.providerOf(payment);
    try {
      await provider.cancelIntent(made.reference);
    } catch (error) {
      // The second intent cannot be paid all the same, because its secret is given to no client.
      if (!(error instanceof PaymentRejectedError || error instanceof PaymentOutcomeUnknown)) throw error;
    }
    return provider.retrieveIntent(reference);
  }

  /**
   * Whether the provider may be asked for a buyer's page: once per payment in so many seconds, over all processes.
   */
  async mayAsk({ id }: PaymentEntity, everySeconds: number): Promise<boolean> {
    return (await this.database.count(sql.claimAsking, [id, everySeconds])) === 1;
  }

  private lookFor(payment: PaymentEntity): Promise<ProviderIntent | null> {
    return this.providerOf(payment).findIntent(payment.id, payment.createdAt);
  }

  /**
   * The provider replays a stored failure of a key for a day, whether the intent was created or not. It may have been
   * created, so it is searched for in the provider's list; since lists show new objects with a delay, the search
   * waits until a minute after the failure was first seen. Until then the outcome is unknown. After that a new key is
   * safe: the call under the old key is over and creates nothing any more. The new key is stored before it is used,
   * like the first, and has a minute of its own. A failure that is not marked as replayed, however often it occurs,
   * does not end a key: a gateway may have failed before a call that still runs.
   */
  private async create(payment: PaymentEntity): Promise<ProviderIntent> {
    try {
      return await this.createWith(payment, payment.createKey);
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown) || error.because !== 'REPLAYED') throw error;
      // Before the list is read: the list must be read a minute after the failure was noted.
      const isListed = await this.isListed(payment);
      const made = await this.lookFor(payment);
      if (made) return made;
      if (!isListed) throw error;
      return this.createWith(payment, await this.newKey(payment));
    }
  }

  private createWith(payment: PaymentEntity, idempotencyKey: string): Promise<ProviderIntent> {
    return this.providerOf(payment).createIntent({
      paymentId: payment.id,
      orderId: payment.orderId,
      amount: money(payment.amount, payment.currency),
      captureMethod: payment.captureMethod,
      idempotencyKey,
    });
  }

  /**
   * Notes that the provider replays a failure for the key. Returns whether that is long enough ago for a list to show
   * what the key created.
   */
  private async isListed({ id, createKey }: PaymentEntity): Promise<boolean> {
    const noted = await this.database.row<{ isListed: boolean }>(sql.noteCreateFailure, [
      id,
      createKey,
      LIST_LAG_SECONDS,
    ]);
    return noted?.isListed ?? false;
  }

  private async newKey({ id, createKey }: PaymentEntity): Promise<string> {
    const [, , attempt = '1'] = createKey.split(':');
    await this.database.count(sql.renewCreateKey, [id, createKey, `pi:${id}:${Number(attempt) + 1}`]);
    return (await this.find(id))?.createKey ?? createKey;
  }

  /**
   * The payment of an intent: found by its reference, else by our id in its metadata (the event arrived before the
   * reference was stored).
   */
  async ofIntent(querying: Querying, intent: ProviderIntent): Promise<PaymentEntity | null> {
    const known = await this.ofReference(querying, intent);
    // Another program on the same account may write any text under our metadata key.
    if (known || !intent.paymentId || !isUuid(intent.paymentId)) return known;
    const payment = await querying.row<PaymentEntity>(sql.paymentById, [intent.paymentId]);
    const fits =
      payment?.providerReference == null &&
      payment?.provider === intent.provider &&
      payment?.amount === intent.amount.amount &&
      payment.currency === intent.amount.currency;
    return fits ? payment : null;
  }

  ofReference(
    querying: Querying,
    { provider, reference }: { readonly provider: string; readonly reference: string },
  ): Promise<PaymentEntity | null> {
    return querying.row<PaymentEntity>(sql.paymentByReference, [provider, reference]);
  }

  /** Locks the payment's row. Lock the order first. */
  async lock(tx: Tx, id: string): Promise<PaymentEntity> {
    const payment = await tx.row<PaymentEntity>(sql.lockPayment, [id]);
    if (!payment) throw new Error('A payment that was just read is missing');
    return payment;
  }

  /**
   * Changes the status of the payment as TRANSITIONS allows. Returns false when its present status does not allow it.
   */
  async transition(
    tx: Tx,
    payment: PaymentEntity,
    to: Exclude<PaymentStatusName, 'CREATING'>,
    intent: ProviderIntent | null,
  ): Promise<boolean> {
    const failure = to === 'PENDING' ? (intent?.failureCode ?? null) : null;
    const moved = await tx.count(sql.markState, [
      payment.id,
      to,
      intent?.reference ?? null,
      failure,
      TRANSITIONS[to],
      to === 'CAPTURED' ? receivedOf(payment, intent) : null,
    ]);
    return moved === 1;
  }

  /**
   * Inserts a refund request; a job sends it (an offline refund is complete with it, because staff pays it out).
   * Requires the payment lock. Returns the refund's id, or null when nothing is left to refund. Never refunds more
   * than was captured.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED (the bank decides about this money)
   */
  async requestRefund(tx: Tx, payment: PaymentEntity, requested: RequestedRefund): Promise<string | null> {
    const left = await this.refundable(tx, payment);
    if (requested.amount !== null && requested.amount > left)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payment.', ['amount']);
    const amount = requested.amount ?? left;
    if (amount <= 0) return null;
    const id = newId();
    const isOffline = payment.provider === 'OFFLINE';
    await tx.count(sql.insertRefund, [
      id,
      payment.id,
      amount,
      requested.reason,
      `re:${id}`,
      isOffline ? 'SUCCEEDED' : 'REQUESTED',
      requested.orderRefundId ?? null,
    ]);
    const data = { refundId: id };
    await this.outbox.append(
      tx,
      isOffline ? refundChanged(payment.orderId, data, id) : refundRequested(payment.orderId, data),
    );
    return id;
  }

  /**
   * Refunds money of an order, from its newest captured payment to its oldest: one refund row for each payment used.
   * Requires the order lock. Returns the refunds' ids; empty when nothing is left.
   *
   * @throws DomainError REFUND_TOO_LARGE | PAYMENT_DISPUTED
   */
  refundOrder(tx: Tx, orderId: string, requested: RequestedRefund): Promise<string[]> {
    return this.refundOrders(tx, [orderId], requested);
  }

  /**
   * Refunds over the payments of several orders like `refundOrder`, those of the first order first. @throws
   * DomainError like `refundOrder`
   */
  async refundOrders(tx: Tx, orderIds: readonly string[], requested: RequestedRefund): Promise<string[]> {
    const payments: PaymentEntity[] = [];
    for (const id of orderIds) payments.push(...(await this.lockCaptured(tx, id)));
    const ids: string[] = [];
    let open = requested.amount;
    for (const payment of payments) {
      const left = await this.refundable(tx, payment);
      const amount = open === null ? left : Math.min(left, open);
      if (amount <= 0) continue;
      const id = await this.requestRefund(tx, payment, { ...requested, amount });
      if (id) ids.push(id);
      if (open !== null) open -= amount;
    }
    if (open !== null && open > 0)
      throw new DomainError('REFUND_TOO_LARGE', 'This is more than what is left of the payments.', [
        'amount',
      ]);
    return ids;
  }

  /** Locks the captured payments of a locked order, newest first. */
  lockCaptured(tx: Tx, orderId: string): Promise<PaymentEntity[]> {
    return tx.rows<PaymentEntity>(sql.lockCaptured, [orderId]);
  }

  /** Whether the buyer disputes this payment, and the bank has not decided. */
  async isDisputed(tx: Tx, { id }: PaymentEntity): Promise<boolean> {
    return (await tx.row<{ isDisputed: boolean }>(sql.moneyGone, [id]))?.isDisputed ?? false;
  }

  /** What is left of a captured payment, minor units: neither refunded, nor being refunded, nor lost to a dispute. */
  private async refundable(tx: Tx, payment: PaymentEntity): Promise<number> {
    // Read again: the caller may have written the captured amount just before.
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

/** The captured amount in the payment's own currency; 0 for another currency, about which staff decides. */
function receivedOf(payment: PaymentEntity, intent: ProviderIntent | null): number {
  if (!intent) return payment.amount;
  return intent.amountReceived.currency === payment.currency ? intent.amountReceived.amount : 0;
}
