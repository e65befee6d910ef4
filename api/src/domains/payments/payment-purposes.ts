import type { Actor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/database.js';
import type { PaymentEntity } from './payment.entity.js';

/** What a payment is for: the price of its order, or the difference of an edit of it. */
export type PurposeName = PaymentEntity['purpose'];

/** How what the payment is for ends when its intent is cancelled on request. */
export interface Cancellation {
  readonly reason: 'EXPIRED' | 'CANCELLED';
  readonly actor: Actor;
  /** False: goods that were sold for it are not restocked (they are broken, or lost). */
  readonly restock?: boolean;
}

/**
 * What the changes of a payment mean for that which it pays for; implemented by the module that asks for the payment.
 *
 * The hooks of a status (`captured` to `failed`) are called once for each transition, in the transaction that wrote
 * it, with the subject and the payment locked and the payment as it was before. What a hook throws undoes the
 * transition with everything else. No hook may ask a provider.
 */
export interface PaymentPurpose<Subject = unknown> {
  /**
   * Locks what is paid for, and returns it. It is the first row lock of every transaction that changes a payment: an
   * edit's subject is its order too. @throws NotFoundError
   */
  lock(tx: Tx, orderId: string): Promise<Subject>;
  /**
   * payment.captured: the agreed amount was captured by the provider. Returns null when it is used, else why it is
   * not: the caller then refunds it in full.
   */
  captured(tx: Tx, subject: Subject, payment: PaymentEntity, actor: Actor): Promise<string | null>;
  /** payment.received: staff recorded an offline payment. @throws DomainError when the money cannot be used */
  received(tx: Tx, subject: Subject, payment: PaymentEntity, actor: Actor): Promise<void>;
  /** payment.mismatched: another amount than the agreed one was captured; a person must decide. */
  mismatched(tx: Tx, subject: Subject, payment: PaymentEntity): Promise<void>;
  /** payment.authorized: the amount is reserved. Returns false when it is not needed: the caller voids it. */
  authorized(tx: Tx, subject: Subject, payment: PaymentEntity): Promise<boolean>;
  /** payment.cancelled: on request, or by the provider itself (`cancellation` is null then). */
  cancelled(tx: Tx, subject: Subject, payment: PaymentEntity, how: CancelledPayment): Promise<void>;
  /**
   * payment.processing: the buyer's bank has not decided. Called with each reading; what waits for the payment must
   * wait at least until `until`.
   */
  processing(tx: Tx, subject: Subject, payment: PaymentEntity, reading: ProcessingPayment): Promise<void>;
  /** payment.failed: an attempt failed, or the bank stopped processing. The buyer may try again on the same intent. */
  failed(tx: Tx, subject: Subject, payment: PaymentEntity, attempt: FailedAttempt): Promise<void>;
  /** payment.disputed: it would be refunded in full now, but its buyer disputes it at the bank, which decides. */
  disputed(tx: Tx, subject: Subject, payment: PaymentEntity): Promise<void>;
  /** Whether an authorization is not needed any more and may be voided. Called without a transaction. */
  mayVoid(payment: PaymentEntity): Promise<boolean>;
  /** The provider refuses for good to create the payment's intent. Called without a transaction. */
  rejected(payment: PaymentEntity): Promise<void>;
  /** Captured payments that neither paid for something nor were refunded nor reported; for the daily comparison. */
  findUnaccounted?(): Promise<Pick<PaymentEntity, 'id' | 'orderId'>[]>;
}

export interface CancelledPayment {
  readonly cancellation: Cancellation | null;
  readonly actor: Actor;
}

export interface ProcessingPayment {
  /** Whether the payment was not PROCESSING before. */
  readonly isFirst: boolean;
  readonly until: Date;
}

export interface FailedAttempt {
  /** The provider's reason; null when it gave none. */
  readonly failureCode: string | null;
  /** The bank had been processing the payment. */
  readonly wasProcessing: boolean;
}

/** The purposes that modules depending on payments have registered. */
export class PaymentPurposes {
  private readonly known = new Map<PurposeName, PaymentPurpose>();

  /** @throws Error when another module has registered the purpose */
  register<Subject>(name: PurposeName, purpose: PaymentPurpose<Subject>): void {
    if (this.known.has(name)) throw new Error(`Two modules handle payments of purpose ${name}`);
    this.known.set(name, purpose as PaymentPurpose);
  }

  /** @throws Error when no module has registered the purpose: nothing is written then, and its money stays visible */
  of({ purpose }: Pick<PaymentEntity, 'purpose'>): PaymentPurpose {
    const known = this.known.get(purpose);
    if (!known) throw new Error(`No module handles payments of purpose ${purpose}`);
    return known;
  }

  all(): readonly PaymentPurpose[] {
    return [...this.known.values()];
  }
}
