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
import { KEY_LIFE_MS, LIST_LAG_SECONDS } from './idempotency-keys.js';
import type { PaymentEntity, PaymentStatusName } from './payment.entity.js';
import { PaymentMethod } from './payment-method.js';
import type { PaymentProviders } from './payment-providers.js';
import * as sql from './payment.statements.js';

/** Which states a payment may come from to reach another. CAPTURED never goes back; what follows is a refund. */
const ARROWS: Readonly<Record<Exclude<PaymentStatusName, 'CREATING'>, readonly PaymentStatusName[]>> = {
  PENDING: ['CREATING', 'PENDING', 'PROCESSING'],
  PROCESSING: ['CREATING', 'PENDING'],
  AUTHORIZED: ['CREATING', 'PENDING', 'PROCESSING'],
  // From CANCELLED too: the provider's word that money came in always counts.
  CAPTURED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED', 'CANCELLED'],
  CANCELLED: ['CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'],
};

export interface NewPayment {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
  /** The edit whose difference it pays; left out for the order itself. */
  readonly orderEditId?: string | null;
}

export interface RequestedRefund {
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
    readonly providers: PaymentProviders,
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
    readonly status: 'CREATING' | 'PENDING';
  } {
    if (method !== PaymentMethod.CARD)
      return { provider: 'OFFLINE', captureMethod: 'AUTOMATIC', status: 'PENDING' };
    return { provider: this.providers.current.name, captureMethod: this.captureMethod, status: 'CREATING' };
  }

  /**
   * Begins a payment of a locked order: CREATING at the provider for a card, PENDING until staff's word for all else.
   * Fails on `payment_one_active` while another payment of the order is open.
   */
  async open(tx: Tx, { orderId, amount, currency, method, orderEditId }: NewPayment): Promise<PaymentEntity> {
    const { provider, captureMethod, status } = this.first(method);
    const payment = await tx.row<PaymentEntity>(sql.insertPayment, [
      newId(),
      orderId,
      provider,
      method,
      orderEditId ?? null,
      // What an edit costs more is for goods that are on their way already: nothing is reserved first.
      orderEditId ? 'AUTOMATIC' : captureMethod,
      status,
      amount,
      currency,
    ]);
    if (!payment) throw new Error('A payment that was just inserted is missing');
    return payment;
  }

  /** Who took this payment, whatever the settings say of new ones. @throws PaymentOutcomeUnknown when it cannot be asked */
  providerOf({ provider }: Pick<PaymentEntity, 'provider'>): PaymentProvider {
    return this.providers.of(provider);
  }

  /**
   * Makes the provider's intent for a payment, or finds the one made before: the key comes from the payment's row and
   * so does every parameter, so a repeat after a crash says exactly the same. Once the provider has forgotten the key,
   * or remembers nothing but its own failure, its list is searched first.
   *
   * The intent that is answered is always the one in the payment's row, so that whoever pays it pays an order of ours.
   * Another may be there before ours: key pi:P makes pi_1 and is answered by a remembered 500; the list does not show pi_1
   * yet; key pi:P:2 makes pi_2; meanwhile the provider's call about pi_1 has written pi_1 into the row. Then pi_2 is
   * cancelled, its secret told to nobody, and pi_1 is answered.
   *
   * @throws PaymentRejectedError          for a definite no; the caller closes the order
   * @throws PaymentOutcomeUnknown   when nobody can tell; the client's retry or the reconciler comes back
   */
  async ensureIntent(payment: PaymentEntity): Promise<ProviderIntent> {
    if (payment.provider === 'OFFLINE') throw new Error('No provider is asked about an offline payment');
    if (payment.providerReference) return this.providerOf(payment).retrieveIntent(payment.providerReference);
    const isOld = Date.now() - payment.createdAt.getTime() > KEY_LIFE_MS;
    const intent = (isOld ? await this.lookFor(payment) : null) ?? (await this.create(payment));
    const isFirst = (await this.database.count(sql.markPending, [payment.id, intent.reference])) === 1;
    return isFirst ? intent : this.asWritten(payment, intent);
  }

  /** The intent in the payment's row; what we have made beside it is cancelled, if the provider can do so now. */
  private async asWritten({ id }: PaymentEntity, made: ProviderIntent): Promise<ProviderIntent> {
    const payment = await this.find(id);
    const reference = payment?.providerReference;
    if (!payment || !reference || reference === made.reference) return made;
    const provider = this.providerOf(payment);
    try {
      await provider.cancelIntent(made.reference);
    } catch (error) {
      // It stays unpaid all the same, because its secret stays here.
      if (!(error instanceof PaymentRejectedError || error instanceof PaymentOutcomeUnknown)) throw error;
    }
    return provider.retrieveIntent(reference);
  }

  /** Whether the provider may be asked for a buyer's page: once per payment in so many seconds, over all processes. */
  async mayAsk({ id }: PaymentEntity, everySeconds: number): Promise<boolean> {
    return (await this.database.count(sql.claimAsking, [id, everySeconds])) === 1;
  }

  /**
   * The turn to ask the provider to take a reserved payment's money; null while somebody else has it. It ends with
   * `endCapture`, or by itself when whoever had it died. Call with the payment locked.
   */
  async claimCapture(tx: Tx, { id }: Pick<PaymentEntity, 'id'>, forSeconds: number): Promise<string | null> {
    return (await tx.row<{ turn: string }>(sql.claimCapture, [id, forSeconds]))?.turn ?? null;
  }

  async endCapture({ id }: Pick<PaymentEntity, 'id'>, turn: string): Promise<void> {
    await this.database.count(sql.endCapture, [id, turn]);
  }

  private lookFor(payment: PaymentEntity): Promise<ProviderIntent | null> {
    return this.providerOf(payment).findIntent(payment.id, payment.createdAt);
  }

  /**
   * A failure of the provider that is remembered for the key comes back for a day, whether the intent was made or not. It
   * may have been: so it is looked for, and since lists show late what was just made, for a minute from when the failure
   * was first seen. Until then nobody can tell. After that a new key is safe: the call is over and its key makes nothing
   * any more. The new key is written down before it is used, like the first, and has a minute of its own. A failure that
   * is not marked as remembered, however often it comes, ends nothing: a gateway may have failed before a call that works.
   */
  private async create(payment: PaymentEntity): Promise<ProviderIntent> {
    try {
      return await this.createWith(payment, payment.createKey);
    } catch (error) {
      if (!(error instanceof PaymentOutcomeUnknown) || error.because !== 'REPLAYED') throw error;
      // Before the list is read: it must be the list of a minute later.
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

  /** Notes that the key is remembered to have failed. Whether that is long enough ago for a list to show what it made. */
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

  /** Our payment of an intent: by its reference, else by our id in its metadata (the event came before our own note). */
  async ofIntent(querying: Querying, intent: ProviderIntent): Promise<PaymentEntity | null> {
    const known = await this.ofReference(querying, intent);
    // Another program on the same account may write what it likes under our name for it.
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
    to: Exclude<PaymentStatusName, 'CREATING'>,
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
  refundOrder(tx: Tx, orderId: string, requested: RequestedRefund): Promise<string[]> {
    return this.refundOrders(tx, [orderId], requested);
  }

  /** The same over the payments of several orders, those of the first one first. @throws DomainError like `refundOrder` */
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
