import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import type { StripeIntent, StripeRefund } from '@vitrine/testing/simulators/stripe-objects.js';
import { type StripeFailure, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import {
  intentOf,
  openStripePayments,
  stripeSettings,
  WEBHOOK_SECRET,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { localId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/logger.js';

/** Whether the failing call did its work nevertheless. */
const FAILURES = ['remembered-500', 'done-then-500'] as const;

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
let stripe: StripeServer;

async function open(env: Record<string, string> = {}): Promise<void> {
  simulator = await openStripePayments({ env });
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
  if (!simulator.stripe) throw new Error('This simulator has no Stripe');
  stripe = simulator.stripe;
}

const intentsOf = async ({ email }: Buyer): Promise<StripeIntent[]> => {
  const [order] = await simulator.shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE email = $1', [
    email,
  ]);
  return [...stripe.intents.values()].filter(({ metadata }) => metadata.order_id === order?.id);
};
const completeAgain = ({ browser, cart, key }: Buyer): Promise<Answer> => complete(browser, cart, key);
const CANCEL_MINE =
  'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { order { status } errors { code } } }';

describe('an order is never stuck because the provider remembers that it failed', () => {
  beforeAll(() => open());
  afterAll(() => simulator.close());
  afterEach(() => {
    stripe.recover();
    stripe.listsAreLate(false);
  });

  it('the buyer pays at once what was made after all', async () => {
    stripe.failNext('create', 'done-then-500');

    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);

    expect((await at.ask(buyer)).order.status).toBe('PAID');
    expect(await intentsOf(buyer)).toHaveLength(1);
  });

  it('the buyer pays a minute later what was not made', async () => {
    stripe.failNext('create', 'remembered-500');

    const buyer = await at.startCheckout();
    const [tooEarly, , again] = [
      await completeAgain(buyer),
      await aMinuteLater(),
      await completeAgain(buyer),
    ];
    await simulator.pay(again.paymentSession.clientSecret, GOOD_CARD);

    expect(buyer.answer).toMatchObject({ errors: [], warnings: [{ code: 'PAYMENT_UNREACHABLE' }] });
    expect(tooEarly.paymentSession.clientSecret).toBeNull();
    expect((await at.ask(buyer)).order.status).toBe('PAID');
    expect(await intentsOf(buyer)).toHaveLength(1);
  });

  it('no second intent is made while the list may not show the first', async () => {
    stripe.listsAreLate(true);
    stripe.failNext('create', 'done-then-500');
    const buyer = await at.startCheckout();

    const tooEarly = await completeAgain(buyer);
    stripe.listsAreLate(false);
    const again = await completeAgain(buyer);

    expect([buyer.secret, tooEarly.paymentSession.clientSecret]).toEqual(['', null]);
    expect(await intentsOf(buyer)).toMatchObject([{ client_secret: again.paymentSession.clientSecret }]);
  });

  it('failures that are not remembered end nothing: the same key is used again', async () => {
    stripe.failNext('create', 'status-503', 6);
    const buyer = await at.startCheckout();
    await aMinuteLater();
    for (let i = 0; i < 2; i++) await completeAgain(buyer);

    const again = await completeAgain(buyer);

    expect(again.paymentSession.clientSecret).toContain('_secret_');
    const keys = stripe.requests.filter(({ operation, params }) => {
      return operation === 'create' && params['metadata[order_id]'] === orderIdOf(again);
    });
    expect(new Set(keys.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  // pi_1 is made under the first key and answered by a remembered 500; the list does not show it even after the minute;
  // while pi_2 is being made under the second key, the provider's call about pi_1 writes pi_1 into the payment.
  it('the buyer is given the intent that the shop knows, also when another was made beside it', async () => {
    stripe.listsAreLate(true);
    stripe.failNext('create', 'done-then-500');
    const buyer = await at.startCheckout();
    const [first] = await intentsOf(buyer);
    await aMinuteLater();
    let goOn: (value?: unknown) => void = () => undefined;
    // Twice under the first key, for the client asks again by itself.
    for (const until of [Promise.resolve(), Promise.resolve(), new Promise((resolve) => (goOn = resolve))])
      stripe.failNext('create', { until });

    const pressed = completeAgain(buyer);
    await simulator.shop.eventually(async () =>
      stripe.requests.some((it) => it.idempotencyKey === `pi:${first?.metadata.payment_id}:2`),
    );
    await stripe.deliver(
      'payment_intent.created',
      first?.id ?? '',
      `${simulator.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );
    await simulator.shop.eventually(async () => (await stateOf(buyer)) === 'PENDING');
    goOn();
    const { clientSecret } = (await pressed).paymentSession;
    stripe.listsAreLate(false);
    await simulator.pay(clientSecret, GOOD_CARD);

    expect(intentOf(clientSecret)).toBe(first?.id);
    const [, second] = await intentsOf(buyer);
    expect(second).toMatchObject({ status: 'canceled' });
    expect((await at.ask(buyer)).order.status).toBe('PAID');
    (stripe.intents as Map<string, unknown>).delete(second?.id ?? '');
  });

  it('money on another intent than the one of its payment is told to a person at once', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const known = stripe.intents.get(intentOf(buyer.secret));
    if (known) (stripe.intents as Map<string, typeof known>).set('pi_beside', { ...known, id: 'pi_beside' });

    await stripe.deliver(
      'payment_intent.succeeded',
      'pi_beside',
      `${simulator.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );

    const events = await simulator.shop.eventually(async () => {
      const updates = await simulator.shop.sql(
        `SELECT payload FROM outbox WHERE kind = 'payment.mismatch' AND payload ->> 'reference' = 'pi_beside'`,
      );
      return updates.length > 0 && updates;
    });
    expect(events).toMatchObject([
      { payload: { reason: 'unknown-to-us', amount: known?.amount, currency: 'RON' } },
    ]);
    (stripe.intents as Map<string, unknown>).delete('pi_beside');
  });

  it('an intent of another program on the same account, with a payment_id that is none of ours, is told as well', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const known = stripe.intents.get(intentOf(buyer.secret));
    const metadata = { ...known?.metadata, payment_id: 'order-17' };
    if (known)
      (stripe.intents as Map<string, typeof known>).set('pi_foreign', {
        ...known,
        id: 'pi_foreign',
        metadata,
      });

    await stripe.deliver(
      'payment_intent.succeeded',
      'pi_foreign',
      `${simulator.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );

    const [updates] = await simulator.shop.eventually(async () => {
      const found = await simulator.shop.sql(
        `SELECT payload FROM outbox WHERE kind = 'payment.mismatch' AND payload ->> 'reference' = 'pi_foreign'`,
      );
      return found.length > 0 && found;
    });
    expect(updates).toMatchObject({ payload: { reason: 'unknown-to-us' } });
    (stripe.intents as Map<string, unknown>).delete('pi_foreign');
  });

  it.each(FAILURES)('with the list away as well, the next press goes on from there: %s', async (failure) => {
    stripe.failNext('create', failure);
    stripe.failNext('listIntents', 'status-503', 2);
    const buyer = await at.startCheckout();
    await aMinuteLater();

    const again = await completeAgain(buyer);

    expect(buyer.answer).toMatchObject({ order: { status: 'PENDING_PAYMENT' }, errors: [] });
    expect(buyer.secret).toBe('');
    expect(again.paymentSession.clientSecret).toContain('_secret_');
    expect(await intentsOf(buyer)).toHaveLength(1);
  });

  it.each(FAILURES)('its buyer cancels it: %s', async (failure) => {
    const buyer = await stuck(failure);
    await aMinuteLater();

    const { orderCancelByCustomer: answer } = await simulator.shop.guest().ask(CANCEL_MINE, {
      input: { orderToken: buyer.token, idempotencyKey: randomUUID() },
    });

    expect(answer).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it.each(FAILURES)('it expires and gives its goods back: %s', async (failure) => {
    const buyer = await stuck(failure);
    await aMinuteLater();

    await at.runOut(buyer);

    expect((await at.order(buyer)).status).toBe('EXPIRED');
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it.each(FAILURES)('the shop goes on by itself: %s', async (failure) => {
    const buyer = await stuck(failure);
    await aMinuteLater();

    await simulator.shop.shop.payments.reconciler.run('0 seconds');

    const again = await completeAgain(buyer);
    expect(again.paymentSession.clientSecret).toContain('_secret_');
  });

  it('hears of the intent by the call that tells of its creation', async () => {
    stripe.failNext('create', 'answer-lost', 2);
    const buyer = await at.startCheckout();
    const [made] = await intentsOf(buyer);

    await stripe.deliver(
      'payment_intent.created',
      made?.id ?? '',
      `${simulator.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );

    await simulator.shop.eventually(async () => (await stateOf(buyer)) === 'PENDING');
  });

  it.each(FAILURES)('a refund arrives once: %s', async (failure) => {
    const buyer = await at.paid(GOOD_CARD);
    stripe.failNext('refund', failure);
    await at.staffDoes(staff, 'orderCancel', buyer);
    await failureSeen(buyer);

    // What the list shows late is waited for before another call is made.
    await aMinuteLater();
    for (let round = 0; round < 2; round++) await reconcileRefunds();

    await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(refundsOf(buyer)).toHaveLength(1);
  });

  // The refund is first sent minutes after it was written down; re_1 is made and answered by a remembered 500; the list does
  // not show re_1 yet. Counted from the row's beginning, the next key would be used at once and make re_2.
  it.each(['the first', 'the second'])(
    'a refund is not made again while %s key has just failed',
    async (which) => {
      const buyer = await at.paid(GOOD_CARD);
      stripe.failNext('refund', which === 'the first' ? 'done-then-500' : 'remembered-500');
      if (which === 'the first') stripe.listsAreLate(true);
      await at.staffDoes(staff, 'orderCancel', buyer);
      await failureSeen(buyer);
      if (which === 'the second') {
        await aMinuteLater();
        await reconcileRefunds();
        stripe.listsAreLate(true);
        stripe.failNext('refund', 'done-then-500');
      }
      await simulator.shop.sql(`UPDATE refund SET created_at = created_at - interval '10 minutes'`);

      for (let round = 0; round < 3; round++) await reconcileRefunds();
      const made = refundsOf(buyer).length;
      stripe.listsAreLate(false);
      await reconcileRefunds();

      expect(made).toBe(1);
      await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
      expect(refundsOf(buyer)).toHaveLength(1);
    },
  );

  it('a refund that the provider made twice stands in the ledger twice, and a person is alerted', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const input = {
      ...{ orderId: buyer.orderId, expectedVersion: await at.version(buyer) },
      ...{ amount: 3_000, idempotencyKey: randomUUID() },
    };
    await staff.ask(
      'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }',
      {
        input,
      },
    );
    await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 3_000);
    const [first] = refundsOf(buyer);
    if (first) (stripe.refunds as Map<string, typeof first>).set('re_twice', { ...first, id: 're_twice' });

    await stripe.deliver(
      'refund.created',
      intentOf(buyer.secret),
      `${simulator.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
      { refundId: 're_twice' },
    );

    await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 6_000);
    const [{ refunds }] = (await at.staffOrder(buyer, staff)).payments;
    expect(refunds).toMatchObject([
      { origin: 'SHOP', providerReference: first?.id, amount: { amount: 3_000 } },
      { origin: 'PROVIDER', providerReference: 're_twice', amount: { amount: 3_000 } },
    ]);
    expect(await at.updates(buyer, 'payment.mismatch')).toMatchObject([
      { payload: { reason: 'refunded-twice', reference: 're_twice', amount: 3_000 } },
    ]);
  });

  it('leaves the ledger balanced', async () => {
    await assertLedgerBalances(simulator.shop, stripe);
  });
});

describe('one bad event never holds the others', () => {
  beforeAll(() => open());
  afterAll(() => simulator.close());

  it('what a database cannot hold is stored all the same, and those after it', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    const object = { id: intentOf(buyer.secret), note: 'a\u0000b\ud800' };
    const bad = stripe.missEvent('payment_intent.succeeded', object);
    const good = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });

    await simulator.shop.shop.payments.reconciler.run();

    await at.until(buyer, ({ status }) => status === 'PAID');
    const stored = await simulator.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = ANY($1)', [
      [bad.id, good.id],
    ]);
    expect(stored).toHaveLength(2);
  });

  it('what is no event at all is passed over, and so is an id that a database cannot hold', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    Object.assign(stripe.missEvent('payment_intent.succeeded', { id: 'pi_1' }), { data: { object: null } });
    const good = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });
    Object.assign(stripe.missEvent('payment_intent.succeeded', { id: 'pi_2' }), { id: 'evt_\u0000' });
    const other = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });

    await simulator.shop.shop.payments.reconciler.run();

    await at.until(buyer, ({ status }) => status === 'PAID');
    const stored = await simulator.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = ANY($1)', [
      [good.id, other.id],
    ]);
    expect(stored).toHaveLength(2);
  });

  it('an event that cannot be written at all is passed over', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    await simulator.shop.sql(
      `ALTER TABLE webhook_inbox ADD CONSTRAINT never CHECK (type <> 'payment_intent.processing') NOT VALID`,
    );
    stripe.missEvent('payment_intent.processing', { id: intentOf(buyer.secret) });
    const good = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });

    await simulator.shop.shop.payments.reconciler.run();
    await simulator.shop.sql('ALTER TABLE webhook_inbox DROP CONSTRAINT never');

    expect(
      await simulator.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = $1', [good.id]),
    ).toHaveLength(1);
  });

  it('one that hangs does not hold a buyer who has paid behind it', async () => {
    const [slow, quick] = [await at.startCheckout(), await at.startCheckout()];
    for (const buyer of [slow, quick]) await simulator.pay(buyer.secret, GOOD_CARD);
    // No event of another test is still to be looked up: it would be the one that hangs.
    await workIsDone(simulator.shop);
    stripe.failNext('retrieve', 'hang');

    await simulator.call(slow.secret);
    await simulator.shop.eventually(async () =>
      stripe.requests.some((it) => it.path.endsWith(intentOf(slow.secret))),
    );
    await simulator.call(quick.secret);
    await at.until(quick, ({ status }) => status === 'PAID');

    expect((await at.order(slow)).status).toBe('PENDING_PAYMENT');
  });
});

describe('an outage of the payment provider is loud', () => {
  let log = '';
  beforeAll(async () => {
    const output = new Writable({ write: (chunk, _encoding, done) => ((log += String(chunk)), done()) });
    simulator = await openStripePayments({
      env: { ADMIN_ALERT_EMAIL: 'owner@example.test' },
      logger: createLogger('error', output),
    });
    at = new BuyerDriver(simulator);
    if (!simulator.stripe) throw new Error('This simulator has no Stripe');
    stripe = simulator.stripe;
  });
  afterAll(() => simulator.close());
  afterEach(() => stripe.recover());

  const ready = async (): Promise<unknown> => (await fetch(`${simulator.shop.url}/ready`)).json();
  const mails = (): Promise<unknown[]> =>
    simulator.shop.sql(
      `SELECT subject FROM dev_inbox WHERE recipient = 'owner@example.test' AND subject LIKE '%STRIPE%'`,
    );

  it('a single failure is none', async () => {
    stripe.failNext('create', 'answer-lost', 2);

    const buyer = await at.startCheckout();

    expect(buyer.answer.warnings).toMatchObject([{ code: 'PAYMENT_UNREACHABLE' }]);
    expect(await ready()).toEqual({ status: 'ready' });
    expect(await mails()).toEqual([]);
  });

  it('a revoked key is told at once: in the log, to the owner, at /ready and to the buyer', async () => {
    stripe.failNext('create', 'status-401', 2);

    const buyers = [await at.startCheckout(), await at.startCheckout()];

    for (const { answer } of buyers)
      expect(answer).toMatchObject({ errors: [], warnings: [{ code: 'PAYMENT_UNREACHABLE' }] });
    expect(await ready()).toEqual({ status: 'ready', degraded: ['payments'] });
    expect(log.match(/The payment provider gave no outcome/g)).toHaveLength(2);
    await simulator.shop.eventually(async () => (await mails()).length === 1);
  });

  it('and its end is seen as well', async () => {
    const buyer = await at.startCheckout();

    expect(buyer.secret).toContain('_secret_');
    expect(await ready()).toEqual({ status: 'ready' });
  });

  it('a card or an amount that is refused is none', async () => {
    stripe.failNext('create', 'refused', 1);

    await at.startCheckout();

    expect(await ready()).toEqual({ status: 'ready' });
  });

  it('every new payment refused for good is one, though the provider answers', async () => {
    stripe.failNext('create', 'refused', 5);

    for (let i = 0; i < 5; i++) await at.startCheckout();

    expect(await ready()).toEqual({ status: 'ready', degraded: ['payments'] });
    expect(log).toContain('"because":"REFUSED"');
    await at.startCheckout();
    expect(await ready()).toEqual({ status: 'ready' });
  });

  it('failed payments are one, though what is read between them comes', async () => {
    const paid = await at.startCheckout();
    stripe.failNext('create', 'status-503', 20);

    for (let i = 0; i < 5; i++) {
      await at.startCheckout();
      await at.ask(paid);
    }

    expect(await ready()).toEqual({ status: 'ready', degraded: ['payments'] });
    stripe.recover();
    await at.startCheckout();
    expect(await ready()).toEqual({ status: 'ready' });
  });
});

describe('pages that ask after a payment', () => {
  beforeAll(async () => {
    simulator = await openStripePayments({ askAgainSeconds: 60, worker: false });
    at = new BuyerDriver(simulator);
    if (!simulator.stripe) throw new Error('This simulator has no Stripe');
    stripe = simulator.stripe;
  });
  afterAll(() => simulator.close());

  it('cost one question to the provider, however often and from how many processes they ask', async () => {
    const buyer = await at.startCheckout();
    const other = await simulator.shop.beside({
      env: stripeSettings(stripe),
      askAgainSeconds: 60,
      worker: false,
    });
    const before = stripe.requests.length;
    const often = Array.from(
      { length: 4 },
      (_, i) =>
        `a${i}: paymentStatusRefresh(input: { orderToken: "${buyer.token}" }) { paymentStatus { status } errors { code } }`,
    ).join(' ');

    const answers = await Promise.all(
      [simulator.shop, other, simulator.shop, other].map((shop) => shop.guest().ask(`mutation { ${often} }`)),
    );
    await other.close();

    expect(stripe.requests.length).toBe(before + 1);
    for (const { a0 } of answers) expect(a0).toEqual({ paymentStatus: { status: 'PENDING' }, errors: [] });
  });

  it('change nothing by reading', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    const before = stripe.requests.length;

    const query = 'query($token: String!) { paymentStatus(orderToken: $token) { status order { status } } }';
    const { paymentStatus } = await buyer.browser.ask(query, { token: buyer.token });

    expect(paymentStatus).toEqual({ status: 'PENDING', order: { status: 'PENDING_PAYMENT' } });
    expect(stripe.requests.length).toBe(before);
    expect((await at.ask(buyer)).order.status).toBe('PAID');
  });

  it('are told apart from strangers', async () => {
    const answer = await simulator.shop
      .guest()
      .ask(
        'mutation { paymentStatusRefresh(input: { orderToken: "x" }) { paymentStatus { status } errors { code } } }',
      );

    expect(answer.paymentStatusRefresh).toEqual({ paymentStatus: null, errors: [{ code: 'NOT_FOUND' }] });
  });
});

/** Since it was seen that a key has failed. */
async function aMinuteLater(): Promise<void> {
  for (const table of ['payment', 'refund'])
    await simulator.shop.sql(`UPDATE ${table} SET key_failed_at = key_failed_at - interval '61 seconds'`);
}

async function reconcileRefunds(): Promise<void> {
  await simulator.shop.sql(
    `UPDATE refund SET last_checked_at = NULL, updated_at = updated_at - interval '2 minutes' WHERE status = 'REQUESTED'`,
  );
  await simulator.shop.shop.payments.reconciler.run();
}

/** The refund of an order was sent and failed. */
async function failureSeen({ email }: Buyer): Promise<void> {
  await simulator.shop.eventually(async () => {
    const seen = await simulator.shop.sql(
      `SELECT 1 FROM refund r JOIN payment p ON p.id = r.payment_id JOIN shop_order o ON o.id = p.order_id
       WHERE o.email = $1 AND (r.key_failed_at IS NOT NULL OR r.status = 'SUCCEEDED')`,
      [email],
    );
    return seen.length > 0;
  });
}

function refundsOf({ secret }: Buyer): StripeRefund[] {
  return [...stripe.refunds.values()].filter((it) => it.payment_intent === intentOf(secret));
}

function orderIdOf({ order }: Answer): string | null {
  return localId('ord', order.id);
}

/** An order whose intent could neither be made nor looked for. */
async function stuck(failure: StripeFailure): Promise<Buyer> {
  stripe.failNext('create', failure);
  stripe.failNext('listIntents', 'status-503', 2);
  const buyer = await at.startCheckout();
  expect(buyer.secret).toBe('');
  return buyer;
}

async function stateOf({ email }: Buyer): Promise<string | undefined> {
  const [row] = await simulator.shop.sql<{ status: string }>(
    'SELECT p.status FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.email = $1',
    [email],
  );
  return row?.status;
}
