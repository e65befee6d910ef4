import type { PaymentAdapter } from './adapter.js';
import { stripeAdapter } from './stripe/stripe-adapter.js';
import { testAdapter } from './sandbox/test-adapter.js';

/**
 * Every payment provider. Without PAYMENT_PROVIDER the first one here that is set up takes new payments. The test provider
 * is always set up, so it stays last: before another it would take that one's payments.
 */
export const PAYMENT_ADAPTERS: readonly PaymentAdapter[] = [stripeAdapter, testAdapter];
