import type { PaymentProvider, ProviderIntent } from '../../integrations/payments/port.js';
import { money } from '../../kernel/money.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { PaymentEntity, PaymentStateName } from './payment.entity.js';
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

/** Asks the provider, outside any transaction, and keeps our own rows of what it said. */
export class PaymentService {
  constructor(
    private readonly database: Database,
    readonly provider: PaymentProvider,
  ) {}

  /** The payment that counts for an order, or null for an order without any (total 0). */
  current(orderId: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.currentPayment, [orderId]);
  }

  find(id: string): Promise<PaymentEntity | null> {
    return this.database.row<PaymentEntity>(sql.paymentById, [id]);
  }

  /**
   * Makes the provider's intent for a payment, or finds the one made before: the key comes from the payment's row and
   * so does every parameter, so a repeat after a crash says exactly the same.
   *
   * @throws PaymentRefused          for a definite no; the caller closes the order
   * @throws PaymentOutcomeUnknown   when nobody can tell; the client's retry or the reconciler comes back
   */
  async ensureIntent(payment: PaymentEntity): Promise<ProviderIntent> {
    if (payment.providerReference) return this.provider.retrieveIntent(payment.providerReference);
    const intent = await this.provider.createIntent({
      paymentId: payment.id,
      orderId: payment.orderId,
      amount: money(payment.amount, payment.currency),
      idempotencyKey: payment.createKey,
    });
    await this.database.count(sql.markPending, [payment.id, intent.reference]);
    return intent;
  }

  /** Our payment of an intent: by its reference, else by our id in its metadata (the event came before our own note). */
  async ofIntent(querying: Querying, intent: ProviderIntent): Promise<PaymentEntity | null> {
    const known = await querying.row<PaymentEntity>(sql.paymentByReference, [
      this.provider.name,
      intent.reference,
    ]);
    if (known || !intent.paymentId) return known;
    const payment = await querying.row<PaymentEntity>(sql.paymentById, [intent.paymentId]);
    const fits =
      payment?.providerReference == null &&
      payment?.amount === intent.amount.amount &&
      payment.currency === intent.amount.currency;
    return fits ? payment : null;
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
    ]);
    return moved === 1;
  }

  /**
   * Writes down that money goes back; a job sends it. Call with the payment locked.
   * Answers the refund's id, or null when nothing is left to refund. Never more than was captured.
   */
  async requestRefund(tx: Tx, payment: PaymentEntity, reason: string): Promise<string | null> {
    const sum = await tx.row<{ refunded: number }>(sql.sumRefunds, [payment.id]);
    const left = payment.amount - (sum?.refunded ?? 0);
    if (left <= 0) return null;
    const id = newId();
    await tx.count(sql.insertRefund, [id, payment.id, left, reason, `re:${id}`]);
    return id;
  }
}
