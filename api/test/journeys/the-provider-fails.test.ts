import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assertBooksBalance } from '../support/books-balance.js';
import { Counter, type Buyer } from '../support/buyers.js';
import { complete, GOOD_CARD } from '../support/checkout.js';
import type { Answer, GraphqlClient } from '../support/graphql-client.js';
import { type StripeFailure, type StripeOperation, type StripeServer } from '../support/stripe-server.js';
import { intentOf, openStripeTill, stripeSettings, WEBHOOK_SECRET, type Till } from '../support/till.js';
import { createLogger } from '../../src/kernel/logger.js';

/** Whether the failing call did its work nevertheless. */
const FAILURES = ['remembered-500', 'done-then-500'] as const;

let till: Till;
let at: Counter;
let staff: GraphqlClient;
let stripe: StripeServer;

async function open(env: Record<string, string> = {}): Promise<void> {
  till = await openStripeTill({ env });
  at = new Counter(till);
  staff = await till.shop.staff();
  if (!till.stripe) throw new Error('This till has no Stripe');
  stripe = till.stripe;
}

const intentsOf = async ({ email }: Buyer): Promise<unknown[]> => {
  const [order] = await till.shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE email = $1', [email]);
  return [...stripe.intents.values()].filter(({ metadata }) => metadata.order_id === order?.id);
};
const pressAgain = ({ browser, cart, key }: Buyer): Promise<Answer> => complete(browser, cart, key);
const CANCEL_MINE =
  'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { order { status } errors { code } } }';

describe('an order is never stuck because the provider remembers that it failed', () => {
  beforeAll(() => open());
  afterAll(() => till.close());
  afterEach(() => stripe.recover());

  it.each(FAILURES)('the buyer pays at once: one intent after %s', async (failure) => {
    stripe.failNext('create', failure);

    const buyer = await at.pressPay();
    await till.pay(buyer.secret, GOOD_CARD);

    expect((await at.ask(buyer)).order.status).toBe('PAID');
    expect(await intentsOf(buyer)).toHaveLength(1);
  });

  it.each(FAILURES)('with the list away as well, the next press goes on from there: %s', async (failure) => {
    stripe.failNext('create', failure);
    stripe.failNext('listIntents', 'status-503', 2);
    const buyer = await at.pressPay();

    const again = await pressAgain(buyer);

    expect(buyer.answer).toMatchObject({ order: { status: 'PENDING_PAYMENT' }, errors: [] });
    expect(buyer.secret).toBe('');
    expect(again.paymentSession.clientSecret).toContain('_secret_');
    expect(await intentsOf(buyer)).toHaveLength(1);
  });

  it.each(FAILURES)('its buyer cancels it: %s', async (failure) => {
    const buyer = await stuck(failure);

    const { orderCancelByCustomer: answer } = await till.shop.guest().ask(CANCEL_MINE, {
      input: { orderToken: buyer.token, idempotencyKey: randomUUID() },
    });

    expect(answer).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
    expect(await at.shelf(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it.each(FAILURES)('it expires and gives its goods back: %s', async (failure) => {
    const buyer = await stuck(failure);

    await at.runOut(buyer);

    expect((await at.order(buyer)).status).toBe('EXPIRED');
    expect(await at.shelf(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it.each(FAILURES)('the shop goes on by itself: %s', async (failure) => {
    const buyer = await stuck(failure);

    await till.shop.shop.orders.reconciler.run('0 seconds');

    const again = await pressAgain(buyer);
    expect(again.paymentSession.clientSecret).toContain('_secret_');
  });

  it('hears of the intent by the call that tells of its creation', async () => {
    stripe.failNext('create', 'answer-lost', 2);
    const buyer = await at.pressPay();
    const [made] = (await intentsOf(buyer)) as { id: string }[];

    await stripe.deliver(
      'payment_intent.created',
      made?.id ?? '',
      `${till.shop.url}/webhooks/stripe`,
      WEBHOOK_SECRET,
    );

    await till.shop.eventually(async () => (await stateOf(buyer)) === 'PENDING');
  });

  it.each(FAILURES)('a refund arrives once: %s', async (failure) => {
    const buyer = await at.paid(GOOD_CARD);
    stripe.failNext('refund', failure);
    await at.staffDoes(staff, 'orderCancel', buyer);
    await till.shop.eventually(async () => stripe.requests.some((it) => isRefundOf(buyer, it)));

    // What the list shows late is waited for before another call is made.
    await till.shop.sql(
      `UPDATE refund SET created_at = created_at - interval '2 minutes', updated_at = updated_at - interval '2 minutes', last_checked_at = NULL WHERE state = 'REQUESTED'`,
    );
    for (let round = 0; round < 2; round++) {
      await till.shop.sql(`UPDATE refund SET last_checked_at = NULL WHERE state = 'REQUESTED'`);
      await till.shop.shop.orders.reconciler.run();
    }

    await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    const made = [...stripe.refunds.values()].filter((it) => it.payment_intent === intentOf(buyer.secret));
    expect(made).toHaveLength(1);
  });

  it('leaves the books balanced', async () => {
    await assertBooksBalance(till.shop, stripe);
  });
});

describe('one bad event never holds the others', () => {
  beforeAll(() => open());
  afterAll(() => till.close());

  it('what a database cannot hold is stored all the same, and those after it', async () => {
    const buyer = await at.pressPay();
    await till.pay(buyer.secret, GOOD_CARD);
    const object = { id: intentOf(buyer.secret), note: 'a\u0000b\ud800' };
    const bad = stripe.missEvent('payment_intent.succeeded', object);
    const good = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });

    await till.shop.shop.orders.reconciler.run();

    await at.until(buyer, ({ status }) => status === 'PAID');
    const stored = await till.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = ANY($1)', [
      [bad.id, good.id],
    ]);
    expect(stored).toHaveLength(2);
  });

  it('an event that cannot be written at all is passed over', async () => {
    const buyer = await at.pressPay();
    await till.pay(buyer.secret, GOOD_CARD);
    await till.shop.sql(
      `ALTER TABLE webhook_inbox ADD CONSTRAINT never CHECK (type <> 'payment_intent.processing') NOT VALID`,
    );
    stripe.missEvent('payment_intent.processing', { id: intentOf(buyer.secret) });
    const good = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });

    await till.shop.shop.orders.reconciler.run();
    await till.shop.sql('ALTER TABLE webhook_inbox DROP CONSTRAINT never');

    expect(await till.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = $1', [good.id])).toHaveLength(1);
  });

  it('one that hangs does not hold a buyer who has paid behind it', async () => {
    const [slow, quick] = [await at.pressPay(), await at.pressPay()];
    for (const buyer of [slow, quick]) await till.pay(buyer.secret, GOOD_CARD);
    stripe.failNext('retrieve', 'hang');

    await till.call(slow.secret);
    await till.shop.eventually(async () =>
      stripe.requests.some((it) => it.path.endsWith(intentOf(slow.secret))),
    );
    await till.call(quick.secret);
    await at.until(quick, ({ status }) => status === 'PAID');

    expect((await at.order(slow)).status).toBe('PENDING_PAYMENT');
  });
});

describe('an outage of the payment provider is loud', () => {
  let log = '';
  beforeAll(async () => {
    const output = new Writable({ write: (chunk, _encoding, done) => ((log += String(chunk)), done()) });
    till = await openStripeTill({
      env: { ADMIN_ALERT_EMAIL: 'owner@example.test' },
      logger: createLogger('error', output),
    });
    at = new Counter(till);
    if (!till.stripe) throw new Error('This till has no Stripe');
    stripe = till.stripe;
  });
  afterAll(() => till.close());
  afterEach(() => stripe.recover());

  const ready = async (): Promise<unknown> => (await fetch(`${till.shop.url}/ready`)).json();
  const mails = (): Promise<unknown[]> =>
    till.shop.sql(
      `SELECT subject FROM dev_inbox WHERE recipient = 'owner@example.test' AND subject LIKE '%STRIPE%'`,
    );

  it('a single failure is none', async () => {
    stripe.failNext('create', 'answer-lost', 2);

    const buyer = await at.pressPay();

    expect(buyer.answer.warnings).toMatchObject([{ code: 'PAYMENT_UNREACHABLE' }]);
    expect(await ready()).toEqual({ status: 'ready' });
    expect(await mails()).toEqual([]);
  });

  it('a revoked key is told at once: in the log, to the owner, at /ready and to the buyer', async () => {
    stripe.failNext('create', 'status-401', 2);

    const buyers = [await at.pressPay(), await at.pressPay()];

    for (const { answer } of buyers)
      expect(answer).toMatchObject({ errors: [], warnings: [{ code: 'PAYMENT_UNREACHABLE' }] });
    expect(await ready()).toEqual({ status: 'ready', degraded: ['payments'] });
    expect(log.match(/The payment provider gave no outcome/g)).toHaveLength(2);
    await till.shop.eventually(async () => (await mails()).length === 1);
  });

  it('and its end is seen as well', async () => {
    const buyer = await at.pressPay();

    expect(buyer.secret).toContain('_secret_');
    expect(await ready()).toEqual({ status: 'ready' });
  });
});

describe('pages that ask after a payment', () => {
  beforeAll(async () => {
    till = await openStripeTill({ askAgainSeconds: 60, worker: false });
    at = new Counter(till);
    if (!till.stripe) throw new Error('This till has no Stripe');
    stripe = till.stripe;
  });
  afterAll(() => till.close());

  it('cost one question to the provider, however often and from how many processes they ask', async () => {
    const buyer = await at.pressPay();
    const other = await till.shop.beside({ env: stripeSettings(stripe), askAgainSeconds: 60, worker: false });
    const before = stripe.requests.length;
    const often = Array.from(
      { length: 4 },
      (_, i) =>
        `a${i}: paymentStatusRefresh(input: { orderToken: "${buyer.token}" }) { paymentStatus { state } errors { code } }`,
    ).join(' ');

    const answers = await Promise.all(
      [till.shop, other, till.shop, other].map((shop) => shop.guest().ask(`mutation { ${often} }`)),
    );
    await other.close();

    expect(stripe.requests.length).toBe(before + 1);
    for (const { a0 } of answers) expect(a0).toEqual({ paymentStatus: { state: 'PENDING' }, errors: [] });
  });

  it('change nothing by reading', async () => {
    const buyer = await at.pressPay();
    await till.pay(buyer.secret, GOOD_CARD);
    const before = stripe.requests.length;

    const query = 'query($token: String!) { paymentStatus(orderToken: $token) { state order { status } } }';
    const { paymentStatus } = await buyer.browser.ask(query, { token: buyer.token });

    expect(paymentStatus).toEqual({ state: 'PENDING', order: { status: 'PENDING_PAYMENT' } });
    expect(stripe.requests.length).toBe(before);
    expect((await at.ask(buyer)).order.status).toBe('PAID');
  });

  it('are told apart from strangers', async () => {
    const answer = await till.shop
      .guest()
      .ask(
        'mutation { paymentStatusRefresh(input: { orderToken: "x" }) { paymentStatus { state } errors { code } } }',
      );

    expect(answer.paymentStatusRefresh).toEqual({ paymentStatus: null, errors: [{ code: 'NOT_FOUND' }] });
  });
});

/** An order whose intent could neither be made nor looked for. */
async function stuck(failure: StripeFailure): Promise<Buyer> {
  stripe.failNext('create', failure);
  stripe.failNext('listIntents', 'status-503', 2);
  const buyer = await at.pressPay();
  expect(buyer.secret).toBe('');
  return buyer;
}

async function stateOf({ email }: Buyer): Promise<string | undefined> {
  const [row] = await till.shop.sql<{ state: string }>(
    'SELECT p.state FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.email = $1',
    [email],
  );
  return row?.state;
}

function isRefundOf(
  buyer: Buyer,
  { operation, params }: { operation: StripeOperation | null; params: Readonly<Record<string, string>> },
): boolean {
  return operation === 'refund' && params.payment_intent === intentOf(buyer.secret);
}
