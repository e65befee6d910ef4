import { z } from 'zod';
import { definePaymentAdapter } from '../adapter.js';

const KEYS = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'] as const;

export const stripeAdapter = definePaymentAdapter({
  name: 'STRIPE',
  title: 'Stripe',
  isReal: true,
  variables: {
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_/, "write the secret key from Stripe's dashboard; it begins with sk_")
      .optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .regex(
        /^whsec_/,
        'write the signing secret of the webhook endpoint; it begins with whsec_ (two during a rotation: comma-separated)',
      )
      .optional(),
    STRIPE_PUBLISHABLE_KEY: z
      .string()
      .regex(/^pk_/, "write the publishable key from Stripe's dashboard; it begins with pk_")
      .optional(),
    STRIPE_API_BASE: z
      .url({ protocol: /^https?$/, error: 'write an address such as https://shop.example' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  },
  required: ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'],
  contradictions(given) {
    const [secret, publishable] = KEYS.map((name) => /_(test|live)_/.exec(given[name] ?? '')?.[1]);
    if (!secret || !publishable || secret === publishable) return [];
    return [
      `STRIPE_PUBLISHABLE_KEY is wrong: it is a ${publishable} key and STRIPE_SECRET_KEY a ${secret} one; copy both from the same page`,
    ];
  },
  weakSecrets(given) {
    const hooks = (given['STRIPE_WEBHOOK_SECRET'] ?? '').split(',').map((secret) => secret.trim());
    return hooks.some((secret) => secret !== '' && secret.length < 'whsec_'.length + 16)
      ? [
          "STRIPE_WEBHOOK_SECRET is wrong: what follows whsec_ is missing; copy it from the webhook endpoint in Stripe's dashboard",
        ]
      : [];
  },
  noMoney(given) {
    return KEYS.filter((name) => /^[a-z]+_test_/.test(given[name] ?? '')).map(
      (name) =>
        `${name} is wrong: it is a test key, with which no money moves; write the live one, or STAGING=true`,
    );
  },
  settings: (env) =>
    env.STRIPE_SECRET_KEY
      ? {
          secretKey: env.STRIPE_SECRET_KEY,
          webhookSecrets: (env.STRIPE_WEBHOOK_SECRET ?? '').split(',').map((secret) => secret.trim()),
          publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? '',
          apiBase: env.STRIPE_API_BASE ?? null,
        }
      : null,
  async connect(settings) {
    const { createStripeProvider } = await import('./stripe-provider.js');
    return createStripeProvider(settings);
  },
});
