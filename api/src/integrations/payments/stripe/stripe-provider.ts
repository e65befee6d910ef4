import Stripe from 'stripe';
import { newId } from '../../../kernel/ids.js';
import type { Money } from '../../../kernel/money.js';
import type {
  AmountRejection,
  CreateIntent,
  OnUnreadable,
  PaymentProvider,
  ProviderDispute,
  ProviderEvent,
  ProviderIntent,
  ProviderRefund,
  WebhookHeader,
} from '../port.js';
import { minimumAmount, amountRejectionOf, toStripeAmount } from '../amounts.js';
import { stripeAddress } from './stripe-address.js';
import { asDomainError } from './stripe-errors.js';
import { listed, readable } from './stripe-lists.js';
import { disputeOf, intentOf, refundOf } from './stripe-objects.js';
import { FOLLOWED_EVENTS, parseStripeWebhook, toEvent } from './stripe-webhook.js';

export interface StripeSettings {
  readonly secretKey: string;
  /** Two during a rotation: an event signed with either is accepted. */
  readonly webhookSecrets: readonly string[];
  readonly publishableKey: string;
  /** An address instead of Stripe's own, for tests; null for the real one. */
  readonly apiBase: string | null;
  readonly timeoutMs?: number;
  /** How often the SDK repeats a call, with the same key, after an unclear response. */
  readonly maxNetworkRetries?: number;
}

/**
 * Stripe with its own SDK and the API version that the SDK pins.
 *
 * Every POST carries a key of ours: the SDK generates a new one for each call, which does not protect a process that
 * crashed and restarted.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  return new StripeProvider(settings);
}

/**
 * How long a call may take, and how often the SDK repeats it after an unclear response. Together well below the timeouts
 * of a proxy, a buyer and a stopping process; the reconciler checks later.
 */
export const CALL = { timeoutMs: 5_000, repeats: 1 } as const;

class StripeProvider implements PaymentProvider {
  readonly name = 'STRIPE';
  readonly methods = ['CARD'] as const;
  readonly publishableKey: string;
  private readonly stripe: Stripe;
  private readonly isLive: boolean;

  constructor(private readonly settings: StripeSettings) {
    this.publishableKey = settings.publishableKey;
    this.isLive = /^[a-z]+_live_/.test(settings.secretKey);
    this.stripe = new Stripe(settings.secretKey, {
      ...stripeAddress(settings.apiBase),
      timeout: settings.timeoutMs ?? CALL.timeoutMs,
      maxNetworkRetries: settings.maxNetworkRetries ?? CALL.repeats,
      telemetry: false,
      appInfo: { name: 'Vitrine' },
    });
  }

  minimumAmount(currency: string): number {
    return minimumAmount(currency);
  }

  amountRejectionOf(amount: Money): AmountRejection | null {
    return amountRejectionOf(amount);
  }

  createIntent(request: CreateIntent): Promise<ProviderIntent> {
    const { paymentId, orderId, amount, captureMethod, idempotencyKey } = request;
    return asDomainError(async () => {
      // Only values of the payment's row: a repeat with the same key must have the same body.
      const params: Stripe.PaymentIntentCreateParams = {
        amount: toStripeAmount(amount),
        currency: amount.currency.toLowerCase(),
        capture_method: captureMethod === 'MANUAL' ? 'manual' : 'automatic',
        metadata: { payment_id: paymentId, order_id: orderId },
      };
      return intentOf(await this.stripe.paymentIntents.create(params, { idempotencyKey }));
    });
  }

  retrieveIntent(reference: string): Promise<ProviderIntent> {
    return asDomainError(async () => intentOf(await this.stripe.paymentIntents.retrieve(reference)));
  }

  async findIntent(paymentId: string, since: Date): Promise<ProviderIntent | null> {
    for await (const intent of this.listIntents(since)) if (intent.paymentId === paymentId) return intent;
    return null;
  }

  listIntents(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderIntent> {
    const read = (intent: Stripe.PaymentIntent): ProviderIntent | null =>
      // Skips intents that another program created on this account.
      intent.metadata.payment_id ? intentOf(intent) : null;
    return readable(listed(this.stripe.paymentIntents.list(from(since))), read, onUnreadable);
  }

  cancelIntent(reference: string): Promise<ProviderIntent> {
    return this.change(reference, 'cancel');
  }

  captureIntent(reference: string): Promise<ProviderIntent> {
    return this.change(reference, 'capture');
  }

  private change(reference: string, verb: 'cancel' | 'capture'): Promise<ProviderIntent> {
    return asDomainError(async () => {
      try {
        // A new key for each call: a repeat is harmless, but Stripe would return a stored rejection (the intent was
        // processing) for a day, after the intent has become cancellable again.
        const idempotencyKey = `${verb}:${reference}:${newId()}`;
        return intentOf(await this.stripe.paymentIntents[verb](reference, undefined, { idempotencyKey }));
      } catch (error) {
        // The intent has another status by now; or Stripe failed, and returns that stored failure whatever it did
        // before.
        if (!isLookupWorthwhile(error)) throw error;
        const intent = intentOf(await this.stripe.paymentIntents.retrieve(reference));
        if (isRefused(error) || intent.status === WHEN_DONE[verb]) return intent;
        throw error;
      }
    });
  }

  refund({
    intentReference,
    amount,
    idempotencyKey,
    refundId,
  }: Parameters<PaymentProvider['refund']>[0]): Promise<ProviderRefund> {
    return asDomainError(async () => {
      const params: Stripe.RefundCreateParams = {
        payment_intent: intentReference,
        amount: toStripeAmount(amount),
        metadata: { refund_id: refundId },
      };
      return refundOf(await this.stripe.refunds.create(params, { idempotencyKey }));
    });
  }

  retrieveRefund(reference: string): Promise<ProviderRefund> {
    return asDomainError(async () => refundOf(await this.stripe.refunds.retrieve(reference)));
  }

  refundsOf(intentReference: string): Promise<ProviderRefund[]> {
    return asDomainError(async () => {
      const refunds = await this.stripe.refunds
        .list({ payment_intent: intentReference, limit: 100 })
        .autoPagingToArray({ limit: 1000 });
      return refunds.map(refundOf);
    });
  }

  listRefunds(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderRefund> {
    return readable(listed(this.stripe.refunds.list(from(since))), refundOf, onUnreadable);
  }

  retrieveDispute(reference: string): Promise<ProviderDispute> {
    return asDomainError(async () => disputeOf(await this.stripe.disputes.retrieve(reference)));
  }

  listDisputes(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderDispute> {
    return readable(listed(this.stripe.disputes.list(from(since))), disputeOf, onUnreadable);
  }

  listMissedEvents(since: Date, onUnreadable?: OnUnreadable): AsyncIterable<ProviderEvent> {
    const wanted = { ...from(since), delivery_success: false, types: FOLLOWED_EVENTS };
    const read = (event: Stripe.Event): ProviderEvent | null =>
      event.livemode === this.isLive ? toEvent(event, true) : null;
    return readable(listed(this.stripe.events.list(wanted)), read, onUnreadable);
  }

  parseWebhook(rawBody: Buffer, header: WebhookHeader): ProviderEvent {
    const { webhookSecrets } = this.settings;
    return parseStripeWebhook(
      this.stripe,
      { secrets: webhookSecrets, livemode: this.isLive },
      rawBody,
      header('stripe-signature'),
    );
  }
}

const WHEN_DONE = { cancel: 'canceled', capture: 'succeeded' } as const;

function isRefused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state';
}

function isLookupWorthwhile(error: unknown): boolean {
  return isRefused(error) || (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500);
}

/** A filter from then on, a little earlier: Stripe's clock differs from ours. */
function from(since: Date): { created: { gte: number }; limit: number } {
  return { created: { gte: Math.floor(since.getTime() / 1000) - 300 }, limit: 100 };
}
