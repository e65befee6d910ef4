import { z } from 'zod';
import { webAddress } from '../../../kernel/web-address.js';
import { definePaymentAdapter } from '../adapter.js';
import { stripeIntegration } from './stripe-integration.js';
import { contradictoryKeys, partsOf, publishableKey, secretKey, testKeys, weakKeys } from './stripe-keys.js';

export const stripeAdapter = definePaymentAdapter({
  name: 'STRIPE',
  title: 'Stripe',
  isReal: true,
  integration: stripeIntegration,
  variables: {
    STRIPE_SECRET_KEY: secretKey.optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .refine(
        (text) => partsOf(text).length > 0 && partsOf(text).every((secret) => /^whsec_/.test(secret)),
        'write the signing secret of the webhook endpoint; it begins with whsec_ (two during a rotation: comma-separated)',
      )
      .optional(),
    STRIPE_PUBLISHABLE_KEY: publishableKey.optional(),
    STRIPE_API_BASE: webAddress.optional(),
  },
  required: ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'],
  contradictions: contradictoryKeys,
  weakSecrets: weakKeys,
  noMoney(given) {
    const test = testKeys(given);
    return given['STRIPE_API_BASE']
      ? [...test, 'STRIPE_API_BASE is wrong: it is for tests, payments would not reach Stripe; leave it out']
      : test;
  },
  settings: (env) =>
    env.STRIPE_SECRET_KEY
      ? {
          secretKey: env.STRIPE_SECRET_KEY,
          webhookSecrets: partsOf(env.STRIPE_WEBHOOK_SECRET ?? ''),
          publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? '',
          apiBase: env.STRIPE_API_BASE ?? null,
        }
      : null,
  async connect(settings) {
    const { createStripeProvider } = await import('./stripe-provider.js');
    return createStripeProvider(settings);
  },
});
