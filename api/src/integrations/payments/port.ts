import type { Money } from '../../kernel/money.js';

export type ProviderName = 'STRIPE' | 'TEST';

/** An intent as the provider has it at this moment: never taken from an event's snapshot. */
export interface ProviderIntent {
  readonly reference: string;
  readonly status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'succeeded'
    | 'canceled'
    /** Any status this version does not know: treated as "wait and ask again". */
    | 'unknown';
  readonly amount: Money;
  /** What really came in, once succeeded. */
  readonly amountReceived: Money;
  /** From our own metadata; null when the intent is not of this shop. */
  readonly paymentId: string | null;
  /** For the buyer's browser only: never stored, logged or put into a URL. */
  readonly clientSecret: string | null;
  /** Why the last attempt failed (`card_declined`), or null. */
  readonly failureCode: string | null;
}

export interface CreateIntent {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: Money;
  /** Ours, from the payment's row: a repeat after a crash finds the first one's intent. */
  readonly idempotencyKey: string;
}

export interface ProviderRefund {
  readonly reference: string;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
}

/** A verified (or, without a secret, unverified) event: a hint that an object changed. */
export interface ProviderEvent {
  readonly id: string;
  readonly type: string;
  /** The intent the event is about, or null for a type that we do not follow. */
  readonly intentReference: string | null;
  readonly apiVersion: string | null;
  readonly verified: boolean;
  readonly payload: unknown;
}

/** The provider said no, for good: the same call will not succeed. */
export class PaymentRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer, or none that tells: it may have happened. Repeat with the same key, or look. */
export class PaymentOutcomeUnknown extends Error {}

/** The webhook's signature or form is wrong: answer 400, store nothing. */
export class InvalidWebhook extends Error {}

/**
 * A payment service. No method is ever called inside a database transaction.
 *
 * Each throws PaymentRefused for a definite no and PaymentOutcomeUnknown when nobody can tell.
 */
export interface PaymentProvider {
  readonly name: ProviderName;
  /** For the browser's own library; null when there is none. */
  readonly publishableKey: string | null;
  /** The least amount the provider takes in this currency, in minor units. */
  minimumAmount(currency: string): number;
  createIntent(request: CreateIntent): Promise<ProviderIntent>;
  retrieveIntent(reference: string): Promise<ProviderIntent>;
  /** Answers the intent as it is afterwards: look at the status, it may have succeeded meanwhile. */
  cancelIntent(reference: string): Promise<ProviderIntent>;
  refund(request: {
    intentReference: string;
    amount: Money;
    idempotencyKey: string;
    refundId: string;
  }): Promise<ProviderRefund>;
  retrieveRefund(reference: string): Promise<ProviderRefund>;
  /** @throws InvalidWebhook */
  parseWebhook(rawBody: Buffer, signature: string | undefined): ProviderEvent;
}
