import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestProvider } from '../../src/integrations/payments/test/test-provider.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import {
  intentOf,
  stripeSettings,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let stripe: StripeServer;

describe('a shop that changes its payment provider', () => {
  let before: TestShop;
  beforeAll(async () => {
    stripe = await startStripeServer();
    // It holds the database; whoever works on it knows Stripe.
    before = await TestShop.open({ worker: false });
  });
  afterAll(async () => {
    await before.close();
    await stripe.close();
  });

  it.each([
    ['the test provider', 'Stripe', {}, 'stripe'],
    ['Stripe', 'the test provider', { PAYMENT_PROVIDER: 'stripe' }, 'test'],
  ] as const)('from %s to %s refunds what the earlier one took', async (_from, _to, first, second) => {
    const keys = stripeSettings(stripe);
    const old = await before.beside({ env: { ...keys, PAYMENT_PROVIDER: 'test', ...first }, worker: false });
    const simulator = paymentSimulatorOf(old);
    const buyer = await new BuyerDriver(simulator).paid(GOOD_CARD);
    await old.close();
    const now = await before.beside({ env: { ...keys, PAYMENT_PROVIDER: second } });
    const at = new BuyerDriver({ ...simulator, shop: now });

    const cancelled = await at.staffDoes(await now.staff(), 'orderCancel', buyer);

    expect(cancelled.errors).toEqual([]);
    await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    await assertLedgerBalances(now, stripe);
    await now.close();
  });

  /** The buyer's card, at whichever provider the payment is. */
  function paymentSimulatorOf(shop: TestShop): PaymentSimulator {
    const test = createTestProvider(shop.shop.database);
    const pay = async (clientSecret: string, card: string): Promise<void> => {
      if (stripe.intents.has(intentOf(clientSecret))) stripe.confirm(intentOf(clientSecret), card);
      else await test.confirm(clientSecret, card);
    };
    return { shop, pay } as PaymentSimulator;
  }
});
