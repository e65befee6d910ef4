import Stripe from 'stripe';
import { newId } from '../../../kernel/ids.js';
import type {
  CreateIntent,
  PaymentProvider,
  ProviderEvent,
  ProviderIntent,
  ProviderRefund,
} from '../port.js';
import { fromStripeAmount, minimumAmount, toStripeAmount } from './amounts.js';
import { inOurWords } from './stripe-errors.js';
import { parseStripeWebhook } from './stripe-webhook.js';

export interface StripeSettings {
  readonly secretKey: string;
  /** Two during a rotation: an event signed with either is taken. */
  readonly webhookSecrets: readonly string[];
  readonly publishableKey: string;
  /** Another address than Stripe's own, for tests; null for the real one. */
  readonly apiBase: string | null;
  readonly timeoutMs?: number;
  /** How often the SDK asks again, with the same key, when no clear answer came. */
  readonly maxNetworkRetries?: number;
}

/**
 * Stripe with its own SDK, whose pinned API version is the one that is asked for.
 *
 * Every POST carries a key of ours: the SDK's own is new for each call and protects no process that died and
 * started again.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  return new StripeProvider(settings);
}

class StripeProvider implements PaymentProvider {
  readonly name = 'STRIPE';
  readonly publishableKey: string;
  private readonly stripe: Stripe;

  constructor(private readonly settings: StripeSettings) {
    this.publishableKey = settings.publishableKey;
    this.stripe = new Stripe(settings.secretKey, {
      ...address(settings.apiBase),
      timeout: settings.timeoutMs ?? 10_000,
      maxNetworkRetries: settings.maxNetworkRetries ?? 2,
      telemetry: false,
      appInfo: { name: 'Vitrine' },
    });
  }

  minimumAmount(currency: string): number {
    return minimumAmount(currency);
  }

  createIntent({ paymentId, orderId, amount, idempotencyKey }: CreateIntent): Promise<ProviderIntent> {
    return inOurWords(async () => {
      // Nothing but what the payment's row holds: a repeat with the same key must have the same body.
      const params: Stripe.PaymentIntentCreateParams = {
        amount: toStripeAmount(amount),
        currency: amount.currency.toLowerCase(),
        metadata: { payment_id: paymentId, order_id: orderId },
      };
      return intentOf(await this.stripe.paymentIntents.create(params, { idempotencyKey }));
    });
  }

  retrieveIntent(reference: string): Promise<ProviderIntent> {
    return inOurWords(async () => intentOf(await this.stripe.paymentIntents.retrieve(reference)));
  }

  cancelIntent(reference: string): Promise<ProviderIntent> {
    return inOurWords(async () => {
      try {
        // A key for each call: cancelling twice does no harm, but a remembered refusal (it was processing) would
        // be repeated for a day, after the intent has become cancellable again.
        const key = `cancel:${reference}:${newId()}`;
        return intentOf(
          await this.stripe.paymentIntents.cancel(reference, undefined, { idempotencyKey: key }),
        );
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError) || error.code !== 'payment_intent_unexpected_state')
          throw error;
        return intentOf(await this.stripe.paymentIntents.retrieve(reference));
      }
    });
  }

  refund({
    intentReference,
    amount,
    idempotencyKey,
    refundId,
  }: Parameters<PaymentProvider['refund']>[0]): Promise<ProviderRefund> {
    return inOurWords(async () => {
      const params: Stripe.RefundCreateParams = {
        payment_intent: intentReference,
        amount: toStripeAmount(amount),
        metadata: { refund_id: refundId },
      };
      return refundOf(await this.stripe.refunds.create(params, { idempotencyKey }));
    });
  }

  retrieveRefund(reference: string): Promise<ProviderRefund> {
    return inOurWords(async () => refundOf(await this.stripe.refunds.retrieve(reference)));
  }

  parseWebhook(rawBody: Buffer, signature: string | undefined): ProviderEvent {
    const { secretKey, webhookSecrets } = this.settings;
    return parseStripeWebhook(
      this.stripe,
      { secrets: webhookSecrets, livemode: /^[a-z]+_live_/.test(secretKey) },
      rawBody,
      signature,
    );
  }
}

function address(apiBase: string | null): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (apiBase === null) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  const isPlain = protocol === 'http:';
  return { host: hostname, port: port || (isPlain ? '80' : '443'), protocol: isPlain ? 'http' : 'https' };
}

function intentOf(intent: Stripe.PaymentIntent): ProviderIntent {
  return {
    reference: intent.id,
    status: statusOf(intent.status),
    amount: fromStripeAmount(intent.amount, intent.currency),
    amountReceived: fromStripeAmount(intent.amount_received, intent.currency),
    paymentId: intent.metadata.payment_id ?? null,
    clientSecret: intent.client_secret,
    failureCode: failureOf(intent.last_payment_error),
  };
}

function statusOf(status: string): ProviderIntent['status'] {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_action':
    case 'processing':
    case 'requires_capture':
    case 'succeeded':
    case 'canceled':
      return status;
    case 'requires_confirmation':
      return 'requires_action';
    default:
      return 'unknown';
  }
}

/** The bank's reason where it gave one (`insufficient_funds`), else Stripe's code (`card_declined`). */
function failureOf(failure: Stripe.PaymentIntent['last_payment_error']): string | null {
  if (!failure) return null;
  const reason = failure.decline_code;
  return (reason && reason !== 'generic_decline' ? reason : failure.code) ?? failure.type;
}

function refundOf(refund: Stripe.Refund): ProviderRefund {
  switch (refund.status) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return { reference: refund.id, status: refund.status };
    default:
      // `requires_action` and whatever Stripe invents next: money is not back yet, ask again.
      return { reference: refund.id, status: 'pending' };
  }
}
