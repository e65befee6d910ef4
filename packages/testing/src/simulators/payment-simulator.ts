import { randomUUID } from 'node:crypto';
import { createTestProvider } from '../../../../api/src/integrations/payments/sandbox/test-provider.js';
import { Provider } from '../drivers/provider.js';
import { STRIPE_TEST_KEY } from './stripe-requests.js';
import { startStripeServer, type StripeServer } from './stripe-server.js';
import { TestShop, type ShopOptions } from '../shop/test-shop.js';

export const WEBHOOK_SECRET = 'whsec_vitrine_test';

/** Simulates what happens at the payment provider: card payments, webhooks, refunds, disputes. */
export interface PaymentSimulator {
  readonly shop: TestShop;
  readonly stripe?: StripeServer;
  /** Pays at the provider without notifying the shop. */
  pay(clientSecret: string, card: string): Promise<void>;
  /** Sends the webhook event of the payment. */
  call(clientSecret: string, eventId?: string): Promise<Response>;
  /** Refunds at the provider's dashboard, and sends the webhook event. */
  refundAtDashboard(clientSecret: string, amount: number): Promise<string>;
  /** Lets a succeeded refund fail; `tell: false` sends no webhook event. */
  failRefund(refundReference: string, options?: { readonly tell?: boolean }): Promise<void>;
  /** A refund that had failed goes through after all. */
  reviveRefund(refundReference: string): Promise<void>;
  /** Opens a dispute; returns its reference. `tell` as above. */
  openDispute(clientSecret: string, options?: { readonly tell?: boolean }): Promise<string>;
  /** Closes the dispute. */
  decideDispute(disputeReference: string, outcome: 'WON' | 'LOST'): Promise<void>;
  /** Captures the payment at the provider without notifying the shop. */
  capture(clientSecret: string): Promise<void>;
  /** Lets the authorization expire. */
  lapse(clientSecret: string): Promise<void>;
  /** The provider's references of all refunds of a payment. */
  refundsOf(clientSecret: string): Promise<string[]>;
  /** Lets a payment succeed although the shop cancelled it. */
  succeedAgainstAllOdds(clientSecret: string): Promise<void>;
  close(): Promise<void>;
}

export function intentOf(clientSecret: string): string {
  return clientSecret.split('_secret_')[0] ?? '';
}

export async function openTestPayments(options: ShopOptions = {}): Promise<PaymentSimulator> {
  const shop = await TestShop.open(options);
  const provider = createTestProvider(shop.shop.database);
  const caller = new Provider(shop.url);
  return {
    shop,
    pay: async (clientSecret, card) => void (await provider.confirm(clientSecret, card)),
    call: (clientSecret, id) =>
      caller.call({ intent: intentOf(clientSecret) }, { id, type: 'payment_intent.succeeded' }),
    refundAtDashboard: async (clientSecret, amount) => {
      const refund = `re_dashboard_${randomUUID()}`;
      await shop.sql(
        `WITH given AS (UPDATE test_provider_intent SET refunded = refunded + $3 WHERE id = $2)
         INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount) VALUES ($1, $1, $2, $3)`,
        [refund, intentOf(clientSecret), amount],
      );
      await caller.call({ refund });
      return refund;
    },
    failRefund: async (refund, { tell: isCalled = true } = {}) => {
      await shop.sql(
        `WITH failed AS (UPDATE test_provider_refund SET status = 'failed', failure_code = 'expired_or_canceled_card' WHERE id = $1 RETURNING intent_id, amount)
         UPDATE test_provider_intent i SET refunded = refunded - f.amount FROM failed f WHERE f.intent_id = i.id`,
        [refund],
      );
      if (isCalled) await caller.call({ refund });
    },
    reviveRefund: async (refund) => {
      await shop.sql(
        `WITH passed AS (UPDATE test_provider_refund SET status = 'succeeded', failure_code = NULL WHERE id = $1 RETURNING intent_id, amount)
         UPDATE test_provider_intent i SET refunded = refunded + p.amount FROM passed p WHERE p.intent_id = i.id`,
        [refund],
      );
      await caller.call({ refund });
    },
    openDispute: async (clientSecret, { tell: isCalled = true } = {}) => {
      const dispute = `du_test_${randomUUID()}`;
      await shop.sql(
        `INSERT INTO test_provider_dispute (id, intent_id, amount, reason, evidence_due_at)
         SELECT $1, id, amount, 'fraudulent', now() + interval '7 days' FROM test_provider_intent WHERE id = $2`,
        [dispute, intentOf(clientSecret)],
      );
      if (isCalled) await caller.call({ dispute });
      return dispute;
    },
    decideDispute: async (dispute, outcome) => {
      await shop.sql('UPDATE test_provider_dispute SET status = $2, evidence_due_at = NULL WHERE id = $1', [
        dispute,
        outcome,
      ]);
      await caller.call({ dispute });
    },
    capture: async (clientSecret) => void (await provider.captureIntent(intentOf(clientSecret))),
    lapse: async (clientSecret) => void (await provider.cancelIntent(intentOf(clientSecret))),
    refundsOf: async (clientSecret) =>
      (await provider.refundsOf(intentOf(clientSecret))).map(({ reference }) => reference),
    succeedAgainstAllOdds: async (clientSecret) =>
      void (await shop.sql(
        `UPDATE test_provider_intent SET status = 'succeeded', received = amount WHERE client_secret = $1`,
        [clientSecret],
      )),
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

export async function openStripePayments(options: ShopOptions = {}): Promise<PaymentSimulator> {
  const stripe = await startStripeServer();
  const shop = await TestShop.open({ ...options, env: { ...stripeSettings(stripe), ...options.env } });
  const webhook = `${shop.url}/webhooks/stripe`;
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
    refundAtDashboard: async (clientSecret, amount) => {
      const { id } = stripe.refundAtDashboard(intentOf(clientSecret), amount);
      await stripe.deliver('refund.created', intentOf(clientSecret), webhook, WEBHOOK_SECRET, {
        refundId: id,
      });
      return id;
    },
    failRefund: async (refundId, { tell = true } = {}) => {
      const refund = stripe.changeRefund(refundId, 'failed');
      refund.failure_reason = 'expired_or_canceled_card';
      if (tell)
        await stripe.deliver('refund.failed', refund.payment_intent, webhook, WEBHOOK_SECRET, { refundId });
    },
    reviveRefund: async (refundId) => {
      const refund = stripe.changeRefund(refundId, 'succeeded');
      delete refund.failure_reason;
      await stripe.deliver('refund.updated', refund.payment_intent, webhook, WEBHOOK_SECRET, { refundId });
    },
    openDispute: async (clientSecret, { tell = true } = {}) => {
      const { id } = stripe.openDispute(intentOf(clientSecret));
      if (tell)
        await stripe.deliver('charge.dispute.created', intentOf(clientSecret), webhook, WEBHOOK_SECRET, {
          disputeId: id,
        });
      return id;
    },
    decideDispute: async (disputeId, outcome) => {
      stripe.changeDispute(disputeId, outcome.toLowerCase());
      await stripe.deliver('charge.dispute.closed', '', webhook, WEBHOOK_SECRET, { disputeId });
    },
    capture: async (clientSecret) => void stripe.capture(intentOf(clientSecret)),
    lapse: async (clientSecret) => void stripe.lapse(intentOf(clientSecret)),
    refundsOf: async (clientSecret) =>
      [...stripe.refunds.values()]
        .filter((refund) => refund.payment_intent === intentOf(clientSecret))
        .map(({ id }) => id),
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
