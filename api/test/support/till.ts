import { randomUUID } from 'node:crypto';
import { createTestProvider } from '../../src/integrations/payments/test/test-provider.js';
import { startStripeServer, STRIPE_TEST_KEY, type StripeServer } from './stripe-server.js';
import { TestShop, type ShopOptions } from './test-shop.js';

export const WEBHOOK_SECRET = 'whsec_vitrine_test';

/** What happens at the payment provider, away from the shop: the buyer's card, the provider's call, its second thoughts. */
export interface Till {
  readonly shop: TestShop;
  readonly stripe?: StripeServer;
  /** The buyer's browser pays at the provider and closes; the shop has not heard of it. */
  pay(clientSecret: string, card: string): Promise<void>;
  /** The provider calls our webhook about the payment. */
  call(clientSecret: string, eventId?: string): Promise<Response>;
  /** The money comes in although the payment was given up. */
  succeedAgainstAllOdds(clientSecret: string): Promise<void>;
  close(): Promise<void>;
}

export function intentOf(clientSecret: string): string {
  return clientSecret.split('_secret_')[0] ?? '';
}

export async function openTestTill(options: ShopOptions = {}): Promise<Till> {
  const shop = await TestShop.open(options);
  const provider = createTestProvider(shop.shop.database);
  return {
    shop,
    pay: async (clientSecret, card) => void (await provider.confirm(clientSecret, card)),
    call: (clientSecret, id = randomUUID()) =>
      fetch(`${shop.url}/webhooks/stripe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, type: 'payment_intent.succeeded', intent: intentOf(clientSecret) }),
      }),
    succeedAgainstAllOdds: async (clientSecret) =>
      void (await shop.sql(`UPDATE test_provider_intent SET status = 'succeeded' WHERE client_secret = $1`, [
        clientSecret,
      ])),
    close: () => shop.close(),
  };
}

export function stripeSettings(stripe: StripeServer): Record<string, string> {
  return {
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: STRIPE_TEST_KEY,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_vitrine',
    STRIPE_API_BASE: stripe.url,
  };
}

export async function openStripeTill(options: ShopOptions = {}): Promise<Till> {
  const stripe = await startStripeServer();
  const shop = await TestShop.open({ ...options, env: { ...stripeSettings(stripe), ...options.env } });
  return {
    shop,
    stripe,
    pay: async (clientSecret, card) => void stripe.confirm(intentOf(clientSecret), card),
    call: (clientSecret, eventId) =>
      stripe.deliver(
        'payment_intent.succeeded',
        intentOf(clientSecret),
        `${shop.url}/webhooks/stripe`,
        WEBHOOK_SECRET,
        eventId ? { eventId } : {},
      ),
    succeedAgainstAllOdds: async (clientSecret) => {
      const intent = stripe.intents.get(intentOf(clientSecret));
      if (intent) Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
    },
    close: async () => {
      await shop.close();
      await stripe.close();
    },
  };
}
