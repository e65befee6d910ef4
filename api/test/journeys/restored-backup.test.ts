import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import {
  intentOf,
  openStripePayments,
  stripeSettings,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import type { StripeServer } from '@vitrine/testing/simulators/stripe-server.js';

const DAY_SECONDS = 86_400;
const OWNER = 'owner@example.test';

let simulator: PaymentSimulator;
let stripe: StripeServer;
let at: BuyerDriver;
/** The shop as it was before it sold anything: no order of `simulator.shop` is known to it. */
let restored: TestShop;

beforeAll(async () => {
  simulator = await openStripePayments();
  if (!simulator.stripe) throw new Error('This simulator has no Stripe');
  stripe = simulator.stripe;
  at = new BuyerDriver(simulator);
  restored = await TestShop.open({ env: { ...stripeSettings(stripe), ADMIN_ALERT_EMAIL: OWNER } });
});
afterAll(async () => {
  await restored.close();
  await simulator.close();
});

async function paid(daysAgo: number): Promise<string> {
  const buyer: Buyer = await at.paid(GOOD_CARD);
  const intent = stripe.intents.get(intentOf(buyer.secret));
  if (!intent) throw new Error('Nobody paid');
  Object.assign(intent, { created: Math.floor(Date.now() / 1000) - daysAgo * DAY_SECONDS });
  return intent.id;
}

/** The night of the backup: it was compared then for the last time. */
const lastNight = (daysAgo: number): Promise<unknown> =>
  restored.sql(
    `INSERT INTO payment_comparison (provider, compared_until) VALUES ('STRIPE', now() - $1 * interval '1 day')
     ON CONFLICT (provider) DO UPDATE SET compared_until = EXCLUDED.compared_until`,
    [daysAgo],
  );

const told = async (): Promise<string[]> =>
  (
    await restored.sql<{ reference: string }>(
      `SELECT payload ->> 'reference' AS reference FROM outbox WHERE kind = 'payment.mismatch' ORDER BY 1`,
    )
  ).map(({ reference }) => reference);

const comparedDaysAgo = async (): Promise<number> => {
  const [row] = await restored.sql<{ days: number }>(
    `SELECT round(extract(epoch FROM now() - compared_until) / 86400)::int AS days FROM payment_comparison WHERE provider = 'STRIPE'`,
  );
  return row?.days ?? -1;
};

describe('after going back to a backup', () => {
  it('a night on which the provider did not answer is made up for in the next', async () => {
    await lastNight(9);
    stripe.failNext('listIntents', 'status-503', 9);
    await restored.shop.payments.stalePayments.run();
    stripe.recover();

    expect(await comparedDaysAgo()).toBe(9);
  });

  it('payments of the whole time since are told, however old: five singly, the rest in one mail', async () => {
    const references = await Promise.all([10, 8, 7, 6, 5, 4, 3, 1].map(paid));

    await restored.shop.payments.stalePayments.run();
    await restored.shop.payments.stalePayments.run();
    await workIsDone(restored);

    expect(await told()).toEqual([...references].sort());
    expect(await comparedDaysAgo()).toBe(0);
    const mails = await restored.sql<{ count: number | null }>(
      `SELECT (model ->> 'count')::int AS count FROM email WHERE recipient = $1 ORDER BY 1 NULLS LAST`,
      [OWNER],
    );
    expect(mails.filter(({ count }) => count === null).length).toBeGreaterThanOrEqual(5);
    expect(mails.reduce((sum, { count }) => sum + (count ?? 1), 0)).toBe(references.length);
  });

  it('and a shop that was compared last night looks no further back than it needs', async () => {
    const before = await told();
    await paid(20);

    await restored.shop.payments.stalePayments.run();
    await workIsDone(restored);

    expect(await told()).toEqual(before);
  });
});
