import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import {
  intentOf,
  stripeSettings,
  WEBHOOK_SECRET,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { createTestProvider } from '../../src/integrations/payments/sandbox/test-provider.js';

let stripe: StripeServer;
// It holds the database; whoever works on it knows Stripe.
let holder: TestShop;

beforeAll(async () => {
  stripe = await startStripeServer();
  holder = await TestShop.open({ worker: false });
});
afterAll(async () => {
  await holder.close();
  await stripe.close();
});

describe.each([
  ['the test provider', 'Stripe', 'test', 'stripe'],
  ['Stripe', 'the test provider', 'stripe', 'test'],
] as const)('a shop that went from %s to %s', (_from, _to, first, second) => {
  let now: TestShop;
  let at: BuyerDriver;
  let staff: GraphqlClient;
  let paid: Buyer;
  let reserved: Buyer;
  let untold: Buyer;
  let disputed: Buyer;
  let unpaid: Buyer;
  let stillPaying: Buyer;

  beforeAll(async () => {
    const before = await open(first);
    const buyers = new BuyerDriver(simulatorOf(before));
    paid = await buyers.paid(GOOD_CARD);
    disputed = await buyers.paid(GOOD_CARD);
    untold = await buyers.startCheckout();
    unpaid = await buyers.startCheckout();
    stillPaying = await buyers.startCheckout();
    await before.close();
    const careful = await open(first, { PAYMENT_CAPTURE: 'manual' });
    reserved = await new BuyerDriver(simulatorOf(careful)).paid(GOOD_CARD);
    await careful.close();
    now = await open(second, {}, true);
    at = new BuyerDriver(simulatorOf(now));
    staff = await now.staff();
  });
  afterAll(() => now.close());

  it('refunds what the earlier one took', async () => {
    const cancelled = await at.staffDoes(staff, 'orderCancel', paid);

    expect(cancelled.errors).toEqual([]);
    await at.until(paid, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
  });

  it('takes the money that is reserved there', async () => {
    expect((await at.order(reserved)).paymentStatus).toBe('AUTHORIZED');

    const captured = await at.staffDoes(staff, 'paymentCapture', reserved);

    expect(captured).toMatchObject({ errors: [], order: { paymentStatus: 'PAID' } });
    expect(await statusAt(reserved)).toBe('succeeded');
  });

  it('cancels there what is not paid, so that nobody can pay it any more', async () => {
    const cancelled = await at.staffDoes(staff, 'orderCancel', unpaid);

    expect(cancelled).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
    expect(await statusAt(unpaid)).toBe('canceled');
  });

  it('lets a buyer who was about to pay go on paying there, with the form and key of that provider', async () => {
    const text =
      'mutation($token: String!) { paymentSessionCreate(input: { orderToken: $token }) { paymentSession { provider publishableKey clientSecret } } }';

    const { paymentSessionCreate } = await now.guest().ask(text, { token: stillPaying.token });

    expect(paymentSessionCreate.paymentSession).toEqual({
      provider: first.toUpperCase(),
      publishableKey: first === 'stripe' ? 'pk_test_vitrine' : null,
      clientSecret: stillPaying.secret,
    });
  });

  it('places the order that was paid there and of which nobody told', async () => {
    await at.simulator.pay(untold.secret, GOOD_CARD);

    await now.shop.payments.reconciler.run('0 seconds');

    expect((await at.order(untold)).status).toBe('PAID');
  });

  it('hears of a dispute there, and sends no money back until the bank has decided', async () => {
    await disputeOf(disputed);
    await now.shop.payments.stalePayments.run();
    await at.until(disputed, ({ events }) =>
      events.some(({ kind }: { kind: string }) => kind === 'DISPUTED'),
    );

    const cancelled = await at.staffDoes(staff, 'orderCancel', disputed);

    expect((await at.staffOrder(disputed, staff)).disputes).toMatchObject([{ status: 'NEEDS_RESPONSE' }]);
    expect(cancelled.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
  });

  it('makes new payments at the new one', async () => {
    const buyer = await at.paid(GOOD_CARD);

    expect(stripe.intents.has(intentOf(buyer.secret))).toBe(second === 'stripe');
    expect((await at.order(buyer)).status).toBe('PAID');
  });

  it('leaves the ledger balanced', () => assertLedgerBalances(now, stripe));

  async function disputeOf({ secret }: Buyer): Promise<void> {
    if (first === 'stripe') stripe.openDispute(intentOf(secret));
    else await openTestDispute(`du_test_${randomUUID()}`, { secret });
  }

  async function statusAt({ secret }: Buyer): Promise<string> {
    return (await now.shop.payments.providers.of(upper(first)).retrieveIntent(intentOf(secret))).status;
  }
});

describe('webhooks of a provider that takes no new payments', () => {
  it('still place the order when Stripe signed them', async () => {
    const before = await open('stripe');
    const buyer = await new BuyerDriver(simulatorOf(before)).startCheckout();
    await before.close();
    const now = await open('test', {}, true);
    stripe.confirm(intentOf(buyer.secret), GOOD_CARD);

    const answer = await stripe.deliver(
      'payment_intent.succeeded',
      intentOf(buyer.secret),
      `${now.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );

    expect(answer.status).toBe(200);
    await new BuyerDriver(simulatorOf(now)).until(buyer, ({ status }) => status === 'PAID');
    await now.close();
  });

  it('are refused when nobody signed them, and nothing of them is kept', async () => {
    const now = await open('stripe');
    const id = `evt_${randomUUID()}`;

    const answer = await fetch(`${now.url}/webhooks/test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, type: 'payment_intent.succeeded', intent: 'pi_1' }),
    });

    expect(answer.status).toBe(400);
    expect(await holder.sql('SELECT 1 FROM webhook_inbox WHERE event_id = $1', [id])).toEqual([]);
    await now.close();
  });
});

describe('two providers that number their refunds and disputes alike', () => {
  it('each keep their own in the ledger', async () => {
    const before = await open('test');
    const atTest = await new BuyerDriver(simulatorOf(before)).paid(GOOD_CARD);
    const refundedAtTest = await new BuyerDriver(simulatorOf(before)).paid(GOOD_CARD);
    await before.close();
    const now = await open('stripe', {}, true);
    const at = new BuyerDriver(simulatorOf(now));
    const atStripe = await at.paid(GOOD_CARD);
    const refundedAtStripe = await at.paid(GOOD_CARD);
    const { id: dispute } = stripe.openDispute(intentOf(atStripe.secret));
    await openTestDispute(dispute, atTest);
    const { id: refund } = stripe.refundAtDashboard(intentOf(refundedAtStripe.secret), 1_000);
    await holder.sql(
      `WITH given AS (UPDATE test_provider_intent SET refunded = refunded + 1000 WHERE id = $2)
       INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount) VALUES ($1, $1, $2, 1000)`,
      [refund, intentOf(refundedAtTest.secret)],
    );

    await now.shop.payments.stalePayments.run();

    const staff = await now.staff();
    for (const buyer of [atTest, atStripe])
      expect((await at.staffOrder(buyer, staff)).disputes).toHaveLength(1);
    for (const buyer of [refundedAtTest, refundedAtStripe])
      await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 1_000);
    await assertLedgerBalances(now, stripe);
    await now.close();
  });
});

describe('a shop with two providers of new payments', () => {
  it('offers each method at the first that takes it, and says so', async () => {
    const now = await open('stripe,test');
    const at = new BuyerDriver(simulatorOf(now));
    const { shop } = await now
      .guest()
      .ask(
        '{ shop { paymentMethods payment { provider } paymentProviders { provider publishableKey methods } } }',
      );

    const buyer = await at.paid(GOOD_CARD);

    expect(shop).toMatchObject({
      payment: { provider: 'STRIPE' },
      paymentProviders: [
        { provider: 'STRIPE', publishableKey: 'pk_test_vitrine', methods: ['CARD'] },
        { provider: 'TEST', publishableKey: null, methods: [] },
      ],
    });
    expect(stripe.intents.has(intentOf(buyer.secret))).toBe(true);
    await now.close();
  });
});

function open(
  provider: 'stripe' | 'test' | 'stripe,test',
  env: Record<string, string> = {},
  worker = false,
): Promise<TestShop> {
  return holder.beside({ env: { ...stripeSettings(stripe), PAYMENT_PROVIDER: provider, ...env }, worker });
}

async function openTestDispute(id: string, { secret }: Pick<Buyer, 'secret'>): Promise<void> {
  await holder.sql(
    `INSERT INTO test_provider_dispute (id, intent_id, amount, reason, evidence_due_at)
     SELECT $1, id, amount, 'fraudulent', now() + interval '7 days' FROM test_provider_intent WHERE id = $2`,
    [id, intentOf(secret)],
  );
}

/** The buyer's card, at whichever provider the payment is. */
function simulatorOf(shop: TestShop): PaymentSimulator {
  const test = createTestProvider(shop.shop.database);
  const pay = async (clientSecret: string, card: string): Promise<void> => {
    if (stripe.intents.has(intentOf(clientSecret))) stripe.confirm(intentOf(clientSecret), card);
    else await test.confirm(clientSecret, card);
  };
  return { shop, pay } as PaymentSimulator;
}

function upper(provider: 'stripe' | 'test'): 'STRIPE' | 'TEST' {
  return provider === 'stripe' ? 'STRIPE' : 'TEST';
}
