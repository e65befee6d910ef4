import { PaymentOutcomeUnknown, PaymentRejectedError } from '../../integrations/payments/port.js';
import type { Actor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/errors.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { PaymentEntity } from './payment.entity.js';
import type { PaymentIntents } from './payment-intents.js';
import type { PaymentFinalizer } from './payment-finalizer.js';
import type { PaymentPurposes } from './payment-purposes.js';
import type { PaymentService } from './payment.service.js';
import * as sql from './payment.statements.js';

/*
 * Capturing and voiding authorized payments
 *
 * Locks of a claim: the order by the caller, then the payment. The provider is asked with no transaction open; the
 * finalizer then writes its result in a transaction of its own. A process that dies in between leaves the payment
 * AUTHORIZED and the claim taken until its time is over.
 */

// Longer than the provider's call with its retries usually takes; a second capture after that has no effect.
const CLAIM_SECONDS = 30;

/** An authorized payment, and the right to capture it. */
export interface CaptureClaim {
  readonly payment: PaymentEntity;
  /** Null while another request holds the claim. */
  readonly turn: string | null;
}

export interface CaptureDeps {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly finalizer: PaymentFinalizer;
  readonly purposes: PaymentPurposes;
}

export class CaptureService {
  constructor(private readonly deps: CaptureDeps) {}

  /** Locks the authorized payment of an order; null when it has none. Requires the order lock. */
  lockAuthorized(tx: Tx, orderId: string): Promise<PaymentEntity | null> {
    return tx.row(sql.lockAuthorized, { orderId });
  }

  /**
   * Claims the right to ask the provider to capture an authorized payment, unless another request holds it. The claim
   * ends with `capture`, or after 30 seconds when its process died. Requires the payment lock.
   */
  async claim(tx: Tx, payment: PaymentEntity): Promise<CaptureClaim> {
    const row = await tx.row(sql.claimCapture, { paymentId: payment.id, claimSeconds: CLAIM_SECONDS });
    return { payment, turn: row?.turn ?? null };
  }

  /**
   * Captures a claimed payment at its provider, applies the result and ends the claim. Call without a transaction.
   *
   * @throws DomainError PAYMENT_UNDECIDED (no answer: retry or wait) | PAYMENT_FAILED (the provider refused)
   */
  async capture(payment: PaymentEntity, turn: string, actor: Actor): Promise<void> {
    const { database, intents, finalizer } = this.deps;
    try {
      if (!payment.providerReference) return;
      const intent = await intents.providerOf(payment).captureIntent(payment.providerReference);
      await finalizer.apply(intent, null, actor);
    } catch (error) {
      throw asDomainError(error);
    } finally {
      await database.count(sql.endCapture, { paymentId: payment.id, turn });
    }
  }

  /** Cancels an authorization that is not needed any more. Safe to run any number of times. */
  async void(paymentId: string): Promise<void> {
    const { payments, intents, finalizer, purposes } = this.deps;
    const payment = await payments.find(paymentId);
    if (payment?.status !== 'AUTHORIZED' || !payment.providerReference) return;
    if (!(await purposes.of(payment).mayVoid(payment))) return;
    await finalizer.apply(await intents.providerOf(payment).cancelIntent(payment.providerReference));
  }
}

function asDomainError(error: unknown): unknown {
  if (error instanceof PaymentOutcomeUnknown)
    return new DomainError(
      'PAYMENT_UNDECIDED',
      'The payment provider does not answer; look again in a moment.',
    );
  if (error instanceof PaymentRejectedError)
    return new DomainError('PAYMENT_FAILED', 'The payment provider refused to take the money.');
  return error;
}
