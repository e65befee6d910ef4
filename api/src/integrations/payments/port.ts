import type { Money } from '../../kernel/money.js';

/** Every provider, with its description for the schema. A payment keeps the name of the provider that took it. */
export const PROVIDERS = {
  STRIPE: 'Stripe PaymentIntents.',
  TEST: 'The built-in test provider: takes no money, knows only test cards.',
} as const;

export type ProviderName = keyof typeof PROVIDERS;

/** The ways of paying that providers take; each is a `PaymentMethod` of the shop. */
export type ProviderMethod = 'CARD';

/** AUTOMATIC captures the money at once; MANUAL only authorizes it until `captureIntent`. */
export type CaptureMethod = 'AUTOMATIC' | 'MANUAL';

/** The object of a provider's event. */
export type ProviderObjectKind = 'INTENT' | 'REFUND' | 'DISPUTE';

/** An intent as it is at the provider now: never taken from an event's snapshot. */
export interface ProviderIntent {
  /** The provider that holds it. */
  readonly provider: ProviderName;
  readonly reference: string;
  readonly status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'succeeded'
    | 'canceled'
    /** Any status that this version does not know: treated as pending. */
    | 'unknown';
  readonly amount: Money;
  /** The amount really received, once succeeded. */
  readonly amountReceived: Money;
  /** From our own metadata; null if the intent is not of this shop. */
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
  /** From the payment's row: a repeat after a crash finds the first one's intent. */
  readonly idempotencyKey: string;
}

export interface ProviderRefund {
  readonly reference: string;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly intentReference: string | null;
  readonly amount: Money;
  /** From our own metadata; null for a refund created in the provider's dashboard. */
  readonly refundId: string | null;
  /** Why it failed, or null. */
  readonly failureCode: string | null;
}

/** A dispute: the buyer asked their bank for the money back. */
export interface ProviderDispute {
  readonly reference: string;
  readonly intentReference: string | null;
  readonly amount: Money;
  /** The bank's reason: `fraudulent`, `product_not_received`. */
  readonly reason: string;
  readonly status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST';
  /** Until when the shop may respond; null when it no longer can. */
  readonly evidenceDueAt: Date | null;
}

/** An event, verified unless no secret is configured: a hint that an object changed. */
export interface ProviderEvent {
  readonly id: string;
  readonly type: string;
  /** The object of the event; both null for a type that we do not follow. */
  readonly objectKind: ProviderObjectKind | null;
  readonly objectReference: string | null;
  readonly apiVersion: string | null;
  readonly verified: boolean;
  readonly payload: unknown;
}

export type AmountRejection = 'TOO_SMALL' | 'TOO_LARGE' | 'TOO_FINE';

/** The provider refused for good: the same call will not succeed. */
export class PaymentRejectedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Why the outcome is unknown. */
export type UnknownBecause =
  /** No response arrived: the call may still be in progress. */
  | 'NO_ANSWER'
  /** The provider failed while processing the call (5xx); the call is over. */
  | 'FAILED'
  /** The provider stored its failure and returns it for each repeat with this key, so repeating never helps. */
  | 'REPLAYED'
  /** The provider does not accept our API key: every call fails until a person acts. */
  | 'LOCKED_OUT'
  /** Too many calls, or another call with this key is in progress. */
  | 'BUSY';

/**
 * No response, or an inconclusive one: the call may have taken effect. Repeat with the same key, or read the object.
 */
export class PaymentOutcomeUnknown extends Error {
  constructor(
    message: string,
    readonly because: UnknownBecause = 'NO_ANSWER',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A header of a webhook's request, by its name in small letters; undefined when it was not sent once. */
export type WebhookHeader = (name: string) => string | undefined;

/** The webhook's signature or form is wrong: respond with 400, store nothing. */
export class InvalidWebhook extends Error {}

/** Notes a row of a list that cannot be read. Its id as far as it can be said, for a log. */
export type OnUnreadable = (row: { readonly id: string; readonly error: unknown }) => void;

/**
 * A payment provider. No method may be called inside a database transaction.
 *
 * Each method throws PaymentRejectedError for a definite rejection and PaymentOutcomeUnknown if the outcome is unknown.
 *
 * Lists without a payment of ours in the question hold whatever stands in the account, also what other programs made.
 * A row that cannot be read is noted by `onUnreadable` and left out, so that it never hides the others. `refundsOf` is
 * no such list: a sum over a part of a payment's refunds would be wrong, so it throws.
 */
export interface PaymentProvider {
  readonly name: ProviderName;
  /** What buyers may pay by at this provider. */
  readonly methods: readonly ProviderMethod[];
  /** For the browser's library; null if there is none. */
  readonly publishableKey: string | null;
  /** The smallest amount that the provider accepts in this currency, in minor units. */
  minimumAmount(currency: string): number;
  /** Why the provider could never accept this amount, or null if it can. Checked before stock is reserved. */
  amountRejectionOf(amount: Money): AmountRejection | null;
  createIntent(request: CreateIntent): Promise<ProviderIntent>;
  retrieveIntent(reference: string): Promise<ProviderIntent>;
  /** Returns the intent after the call; check its status, because it may have succeeded meanwhile. */
  cancelIntent(reference: string): Promise<ProviderIntent>;
  /** Captures authorized money. Returns the intent after the call: it may have been cancelled, or captured before. */
  captureIntent(reference: string): Promise<ProviderIntent>;
  /** The intent with our payment's id, created at `since` or later; null if there is none. */
  findIntent(paymentId: string, since: Date): Promise<ProviderIntent | null>;
  /** Every intent created at `since` or later. */
  listIntents(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderIntent>;
  refund(request: {
    intentReference: string;
    amount: Money;
    idempotencyKey: string;
    refundId: string;
  }): Promise<ProviderRefund>;
  retrieveRefund(reference: string): Promise<ProviderRefund>;
  /** Every refund of an intent, including those created in the provider's dashboard. */
  refundsOf(intentReference: string): Promise<ProviderRefund[]>;
  /** Every refund created at `since` or later. */
  listRefunds(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderRefund>;
  retrieveDispute(reference: string): Promise<ProviderDispute>;
  /** Every dispute opened at `since` or later. */
  listDisputes(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderDispute>;
  /** Events since then whose delivery failed according to the provider; empty for a provider without webhooks. */
  listMissedEvents(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderEvent>;
  /** @throws InvalidWebhook */
  parseWebhook(rawBody: Buffer, header: WebhookHeader): ProviderEvent;
}
