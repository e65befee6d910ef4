import type { CaptureMethod, ProviderIntent } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { PaymentEntity, PaymentStatusName } from './payment.entity.js';
import { isOffline, type PaymentMethod } from './payment-method.js';
import type { PaymentProviders } from './providers/payment-providers.js';
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

/** Reads and changes the shop's own rows of payments. No provider is asked. */
export class PaymentService {
  constructor(
    private readonly database: Database,
    private readonly providers: PaymentProviders,
    /** Whether a card is charged at once, or only authorized until staff captures. */
    private readonly captureMethod: CaptureMethod,
  ) {}

  /** The payment that counts for an order; null for an order without one (total 0). */
  current(orderId: string): Promise<PaymentEntity | null> {
    return this.database.row(sql.currentPayment, { orderId });
  }

  /** The payment of an order that may still be captured; null when there is none. */
  openOf(querying: Querying, orderId: string): Promise<PaymentEntity | null> {
    return querying.row(sql.openPayment, { orderId });
  }

  find(id: string): Promise<PaymentEntity | null> {
    return this.database.row(sql.paymentById, { paymentId: id });
  }

  /**
   * The columns of an order's first payment, for the caller that inserts it together with the order.
   *
   * @throws DomainError PAYMENT_METHOD_NOT_OFFERED
   */
  first(method: PaymentMethod): {
    readonly provider: PaymentEntity['provider'];
    readonly captureMethod: CaptureMethod;
    readonly status: 'CREATING' | 'PENDING';
  } {
    if (isOffline(method)) return { provider: 'OFFLINE', captureMethod: 'AUTOMATIC', status: 'PENDING' };
    const provider = this.providers.forMethod(method);
    if (!provider)
      throw new DomainError('PAYMENT_METHOD_NOT_OFFERED', 'Nobody takes payments by this method.');
    return { provider: provider.name, captureMethod: this.captureMethod, status: 'CREATING' };
  }

  /**
   * Inserts a payment of a locked order: CREATING for a card, as the provider's intent is still to be created;
   * PENDING until staff confirms it for all other methods. Fails on `payment_one_active` while another payment of the
   * order is open.
   */
  async open(tx: Tx, { orderId, amount, currency, method, orderEditId }: NewPayment): Promise<PaymentEntity> {
    const { provider, captureMethod, status } = this.first(method);
    const payment = await tx.row(sql.insertPayment, {
      id: newId(),
      orderId,
      provider,
      method,
      orderEditId: orderEditId ?? null,
      captureMethod: orderEditId ? 'AUTOMATIC' : captureMethod,
      status,
      amount,
      currency,
    });
    if (!payment) throw new Error('A payment that was just inserted is missing');
    return payment;
  }

  ofReference(
    querying: Querying,
    { provider, reference }: { readonly provider: string; readonly reference: string },
  ): Promise<PaymentEntity | null> {
    return querying.row(sql.paymentByReference, { provider, reference });
  }

  /** Locks the payment's row. Lock the order first. */
  async lock(tx: Tx, id: string): Promise<PaymentEntity> {
    const payment = await tx.row(sql.lockPayment, { id });
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
    const moved = await tx.count(sql.markState, {
      paymentId: payment.id,
      to,
      reference: intent?.reference ?? null,
      failure,
      statuss: TRANSITIONS[to],
      capturedAmount: to === 'CAPTURED' ? receivedOf(payment, intent) : null,
    });
    return moved === 1;
  }

  /**
   * Records that staff accepted this much of what was captured (minor units) as the price of the order. Requires the
   * locks of order and payment.
   */
  async accept(tx: Tx, { id: paymentId }: Pick<PaymentEntity, 'id'>, amount: number): Promise<void> {
    const accepted = await tx.count(sql.markAccepted, { paymentId, amount });
    if (accepted !== 1) throw new Error('A payment that was just read cannot be accepted');
  }
}

/** The captured amount in the payment's own currency; 0 for another currency, about which staff decides. */
function receivedOf(payment: PaymentEntity, intent: ProviderIntent | null): number {
  if (!intent) return payment.amount;
  return intent.amountReceived.currency === payment.currency ? intent.amountReceived.amount : 0;
}
