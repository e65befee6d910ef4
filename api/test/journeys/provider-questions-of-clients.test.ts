import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  openStripePayments,
  stripeSettings,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import type { StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';

const HOUR_SECONDS = 3600;

let simulator: PaymentSimulator;
let other: TestShop;
let stripe: StripeServer;

/** The same document many times at once, as an attacker sends it; four aliases are what one document may cost. */
const SESSION = 'paymentSession { clientSecret }';
const aliases = (field: string): string =>
  `mutation { ${Array.from({ length: 4 }, (_, i) => `a${i}: ${field}`).join(' ')} }`;

interface Answered {
  readonly paymentSession: { clientSecret: string | null } | null;
  readonly errors: { code: string }[];
}

async function often(browsers: readonly GraphqlClient[], field: string): Promise<Answered[]> {
  const documents = Array.from({ length: 30 }, (_, i) => browsers[i % browsers.length] as GraphqlClient);
  const answers = await Promise.all(documents.map((browser) => browser.ask(aliases(field))));
  return answers.flatMap((answer) => Object.values(answer) as Answered[]);
}

const sessionOf = ({ token }: Buyer): string =>
  `paymentSessionCreate(input: { orderToken: "${token}" }) { ${SESSION} errors { code } }`;

describe('a client that repeats itself does not use up the shop’s requests to the provider', () => {
  beforeAll(async () => {
    simulator = await openStripePayments({ askAgainSeconds: HOUR_SECONDS, worker: false });
    if (!simulator.stripe) throw new Error('This simulator has no Stripe');
    stripe = simulator.stripe;
    other = await simulator.shop.beside({
      env: stripeSettings(stripe),
      askAgainSeconds: HOUR_SECONDS,
      worker: false,
    });
  });
  afterAll(async () => {
    await other.close();
    await simulator.close();
  });

  it('who completes the same checkout again and again is answered without a question', async () => {
    const buyer = await new BuyerDriver(simulator).startCheckout();
    const before = stripe.requests.length;
    const { key, cart } = buyer;
    const field = `checkoutComplete(input: { idempotencyKey: "${key}", cartVersion: ${cart.version}, expectedTotal: ${cart.total.gross.amount} }) { ${SESSION} errors { code } }`;

    const answers = await often([buyer.browser], field);

    expect(stripe.requests.length).toBe(before);
    for (const answer of answers)
      expect(answer).toEqual({ paymentSession: { clientSecret: buyer.secret }, errors: [] });
  });

  it('who asks for the session again and again is answered without a question', async () => {
    const buyer = await new BuyerDriver(simulator).startCheckout();
    const before = stripe.requests.length;

    const answers = await often([simulator.shop.guest()], sessionOf(buyer));

    expect(stripe.requests.length).toBe(before);
    for (const answer of answers)
      expect(answer).toEqual({ paymentSession: { clientSecret: buyer.secret }, errors: [] });
  });

  it('all processes of the shop together ask once, and every one answers what it knows', async () => {
    const buyer = await new BuyerDriver(simulator).startCheckout();
    const third = await simulator.shop.beside({
      env: stripeSettings(stripe),
      askAgainSeconds: HOUR_SECONDS,
      worker: false,
    });
    const before = stripe.requests.length;

    const answers = await often([other.guest(), third.guest()], sessionOf(buyer));
    await third.close();

    expect(stripe.requests.length).toBe(before + 1);
    const secrets = new Set(answers.map(({ paymentSession }) => paymentSession?.clientSecret));
    expect(secrets).toEqual(new Set([buyer.secret, null]));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('a provider that does not answer is not asked again for each repeat', async () => {
    const buyer = await new BuyerDriver(simulator).startCheckout();
    const before = stripe.requests.length;
    stripe.failNext('retrieve', 'status-503', 200);

    const answers = await often([other.guest()], sessionOf(buyer));
    stripe.recover();

    // The SDK repeats a failed call once.
    expect(stripe.requests.length).toBeLessThanOrEqual(before + 2);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('who cancels again and again while the provider fails is told to try later, without a question', async () => {
    const buyer = await new BuyerDriver(simulator).startCheckout();
    stripe.failNext('cancel', 'status-503', 500);
    const before = stripe.requests.length;
    const cancel = (i: number): Promise<unknown> =>
      buyer.browser.send(
        `mutation { orderCancelByCustomer(input: { orderToken: "${buyer.token}", idempotencyKey: "cancel-again-${i}-00000000" }) { errors { code } } }`,
      );

    const answers: unknown[] = [];
    for (let i = 0; i < 30; i++) answers.push(await cancel(i));
    stripe.recover();

    expect(JSON.stringify(answers[0])).toContain('PAYMENT_UNDECIDED');
    expect(JSON.stringify(answers[29])).toContain('PAYMENT_UNDECIDED');
    expect(stripe.requests.length - before).toBeLessThanOrEqual(60);
  });
});
