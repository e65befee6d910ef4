import Stripe from 'stripe';
import type { IntegrationTestCode } from '../../../platform/integration.js';
import { stripeAddress } from './stripe-address.js';

/** Reads one payment, which needs the right that every payment needs. */
export async function tryStripe(secretKey: string, apiBase: string | null): Promise<IntegrationTestCode> {
  const stripe = new Stripe(secretKey, {
    ...stripeAddress(apiBase),
    ...{ timeout: 9_000, maxNetworkRetries: 0, telemetry: false },
  });
  try {
    await stripe.paymentIntents.list({ limit: 1 });
    return 'OK';
  } catch (error) {
    const { StripeAuthenticationError, StripePermissionError, StripeConnectionError } = Stripe.errors;
    if (error instanceof StripeAuthenticationError) return 'REFUSED';
    if (error instanceof StripePermissionError) return 'NOT_PERMITTED';
    return error instanceof StripeConnectionError ? 'UNREACHABLE' : 'FAILED';
  }
}
