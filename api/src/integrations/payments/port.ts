import type { Money } from '../../kernel/money.js';

export type ProviderName = 'STRIPE' | 'TEST';

/** AUTOMATIC takes the money at once; MANUAL reserves it on the card until `captureIntent`. */
export type CaptureMethod = 'AUTOMATIC' | 'MANUAL';

/** What an event of the provider can be about. */
export type ProviderObjectKind = 'INTENT' | 'REFUND' | 'DISPUTE';

/** An intent as the provider has it at this moment: never taken from an event's snapshot. */
export interface ProviderIntent {
  /** Who has it. */
  readonly provider: ProviderName;
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
  readonly captureMethod: CaptureMethod;
  /** Ours, from the payment's row: a repeat after a crash finds the first one's intent. */
  readonly idempotencyKey: string;
}

export interface ProviderRefund {
  readonly reference: string;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly intentReference: string | null;
  readonly amount: Money;
  /** From our own metadata; null for a refund begun at the provider's dashboard. */
  readonly refundId: string | null;
  /** Why it failed, or null. */
  readonly failureCode: string | null;
}

/** The buyer asked their bank for the money back. */
export interface ProviderDispute {
  readonly reference: string;
  readonly intentReference: string | null;
  readonly amount: Money;
  /** The bank's word for it: `fraudulent`, `product_not_received`. */
  readonly reason: string;
  readonly status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST';
  /** Until when the shop may answer; null when it cannot any more. */
  readonly evidenceDueAt: Date | null;
}

/** A verified (or, without a secret, unverified) event: a hint that an object changed. */
export interface ProviderEvent {
  readonly id: string;
  readonly type: string;
  /** What the event is about; both null for a type that we do not follow. */
  readonly objectKind: ProviderObjectKind | null;
  readonly objectReference: string | null;
  readonly apiVersion: string | null;
  readonly verified: boolean;
  readonly payload: unknown;
}

export type AmountRejection = 'TOO_SMALL' | 'TOO_LARGE' | 'TOO_FINE';

/** The provider said no, for good: the same call will not succeed. */
export class PaymentRejectedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Why nobody can tell. */
export type UnknownBecause =
  /** No answer came: the call may be under way still. */
  | 'NO_ANSWER'
  /** The provider failed while it worked on the call (5xx); the call is over. */
  | 'FAILED'
  /** The provider remembers that it failed, and says so again for each repeat with this key: asking again never helps. */
  | 'REPLAYED'
  /** The provider does not know our keys (any more): every call will fail until a person acts. */
  | 'LOCKED_OUT'
  /** Too many calls, or another call with this key is under way. */
  | 'BUSY';

/** No answer, or none that tells: it may have happened. Repeat with the same key, or look. */
export class PaymentOutcomeUnknown extends Error {
  constructor(
    message: string,
    readonly because: UnknownBecause = 'NO_ANSWER',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The webhook's signature or form is wrong: answer 400, store nothing. */
export class InvalidWebhook extends Error {}

/**
 * A payment service. No method is ever called inside a database transaction.
 *
 * Each throws PaymentRejectedError for a definite no and PaymentOutcomeUnknown when nobody can tell.
 */
export interface PaymentProvider {
  readonly name: ProviderName;
  /** For the browser's own library; null when there is none. */
  readonly publishableKey: string | null;
  /** The least amount the provider takes in this currency, in minor units. */
  minimumAmount(currency: string): number;
  /** Why the provider could never take this amount, or null when it can. Asked before stock is taken. */
  userErrorOf(amount: Money): AmountRejection | null;
  createIntent(request: CreateIntent): Promise<ProviderIntent>;
  retrieveIntent(reference: string): Promise<ProviderIntent>;
  /** Answers the intent as it is afterwards: look at the status, it may have succeeded meanwhile. */
  cancelIntent(reference: string): Promise<ProviderIntent>;
  /** Takes reserved money. Answers the intent as it is afterwards: it may have been cancelled, or taken before. */
  captureIntent(reference: string): Promise<ProviderIntent>;
  /** The intent that carries our payment's id, begun at `since` or later; null when there is none. */
  findIntent(paymentId: string, since: Date): Promise<ProviderIntent | null>;
  /** Every intent begun at `since` or later. */
  listIntents(since: Date): AsyncIterable<ProviderIntent>;
  refund(request: {
    intentReference: string;
    amount: Money;
    idempotencyKey: string;
    refundId: string;
  }): Promise<ProviderRefund>;
  retrieveRefund(reference: string): Promise<ProviderRefund>;
  /** Every refund of an intent, whoever began it. */
  refundsOf(intentReference: string): Promise<ProviderRefund[]>;
  /** Every refund begun at `since` or later. */
  listRefunds(since: Date): AsyncIterable<ProviderRefund>;
  retrieveDispute(reference: string): Promise<ProviderDispute>;
  /** Every dispute opened at `since` or later. */
  listDisputes(since: Date): AsyncIterable<ProviderDispute>;
  /** Events since then whose delivery the provider says has failed; empty for a provider that calls nobody. */
  listMissedEvents(since: Date): AsyncIterable<ProviderEvent>;
  /** @throws InvalidWebhook */
  parseWebhook(rawBody: Buffer, signature: string | undefined): ProviderEvent;
}
