import type { PaymentAdapter } from './adapter.js';
import { stripeAdapter } from './stripe/stripe-adapter.js';
import { testAdapter } from './test/test-adapter.js';

/** Every payment provider. Without PAYMENT_PROVIDER the first that is set up takes new payments. */
export const PAYMENT_ADAPTERS: readonly PaymentAdapter[] = [stripeAdapter, testAdapter];
