import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, DECLINED_CARD, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  intentOf,
  openStripePayments,
  openTestPayments,
  stripeSettings,
  WEBHOOK_SECRET,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';

let simulator: PaymentSimulator;
let made = 0;

interface Pressed {
  readonly browser: GraphqlClient;
  readonly cart: Answer;
  readonly key: string;
  readonly answer: Answer;
  readonly sku: string;
  readonly token: string;
  readonly secret: string;
  readonly email: string;
}

/** A guest with one thing of three in stock who has just pressed "pay". */
async function startCheckout(price = 10_000, stock = 3): Promise<Pressed> {
  const sku = `THING-${++made}`;
  const email = `${sku.toLowerCase()}@example.test`;
  const variantId = await simulator.shop.stock({ name: sku, sku, price, stock });
  const browser = simulator.shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 1 }], email);
  const key = randomUUID();
  const answer = await complete(browser, cart, key);
  return {
    browser,
    cart,
    key,
    answer,
    sku,
    email,
    token: answer.orderToken,
    secret: answer.paymentSession?.clientSecret ?? '',
  };
}

async function orderOf({ token }: Pressed): Promise<Answer> {
  const query =
    'query($token: String!) { orderByToken(token: $token) { id number status paymentStatus refundedTotal { amount } total { gross { amount } } events { kind } } }';
  return (await simulator.shop.guest().ask(query, { token })).orderByToken;
}

async function statusOf({ browser, token }: Pressed): Promise<Answer> {
  const query =
    'mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { paymentStatus { status isFinal canPay failureCode order { status } } } }';
  return (await browser.ask(query, { token })).paymentStatusRefresh.paymentStatus;
}

async function levelOf({ sku }: Pressed): Promise<unknown> {
  const text =
    'SELECT on_hand, reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1';
  return (await simulator.shop.sql(text, [sku]))[0];
}

const mailsTo = async ({ email }: Pressed): Promise<number> =>
  (await simulator.shop.sql('SELECT 1 FROM dev_inbox WHERE recipient = $1', [email])).length;

const orderId = `(SELECT id FROM shop_order WHERE email = $1)`;

/** The half hour in which an unpaid order holds its goods is over. */
async function letTimeRunOut({ email }: Pressed): Promise<void> {
  await simulator.shop.sql(
    `UPDATE shop_order SET expires_at = now() - interval '1 second' WHERE email = $1`,
    [email],
  );
}

async function untilStatus(pressed: Pressed, status: string): Promise<Answer> {
  return simulator.shop.eventually(async () => {
    const order = await orderOf(pressed);
    return order.status === status && order;
  });
}

async function untilRefunded(pressed: Pressed): Promise<Answer> {
  return simulator.shop.eventually(async () => {
    const order = await orderOf(pressed);
    return order.refundedTotal.amount === order.total.gross.amount && order;
  });
}

const CANCEL =
  'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } errors { code } } }';

async function versionOf({ email }: Pressed): Promise<number> {
  return (
    (
      await simulator.shop.sql<{ version: number }>('SELECT version FROM shop_order WHERE email = $1', [
        email,
      ])
    )[0]?.version ?? 0
  );
}

const cases = [
  ['the test provider', openTestPayments],
  ['Stripe', openStripePayments],
] as const;

describe.each(cases)('money at %s', (_name, open) => {
  beforeAll(async () => {
    simulator = await open();
  });
  afterAll(() => simulator.close());

  it('places the order when only the webhook tells of it', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);

    const response = await simulator.call(pressed.secret);

    expect(response.status).toBe(200);
    await untilStatus(pressed, 'PAID');
    expect(await levelOf(pressed)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('places the order when no webhook ever comes and the page is closed', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);

    await simulator.shop.shop.payments.reconciler.run('0 seconds');

    expect(await orderOf(pressed)).toMatchObject({ status: 'PAID', paymentStatus: 'PAID' });
  });

  it('places the order when only the waiting page asks', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);

    const status = await statusOf(pressed);

    expect(status).toEqual({
      status: 'CAPTURED',
      isFinal: true,
      canPay: false,
      failureCode: null,
      order: { status: 'PAID' },
    });
  });

  it('places one order and sends one mail when all of them tell of it at once', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);

    await Promise.all([
      ...Array.from({ length: 5 }, () => simulator.call(pressed.secret)),
      ...Array.from({ length: 5 }, () => statusOf(pressed)),
      simulator.shop.shop.payments.reconciler.run('0 seconds'),
    ]);

    const order = await untilStatus(pressed, 'PAID');
    await simulator.shop.eventually(async () => (await mailsTo(pressed)) > 0);
    expect(
      order.events
        .map(({ kind }: Answer) => kind)
        .filter((kind: string) => kind !== 'MAIL_SENT' && kind !== 'INVOICED'),
    ).toEqual(['CREATED', 'PAID']);
    expect(await levelOf(pressed)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('takes the same webhook ten times at once for one', async () => {
    const pressed = await startCheckout();
    const eventId = `evt_${randomUUID()}`;
    await simulator.pay(pressed.secret, GOOD_CARD);

    const responses = await Promise.all(
      Array.from({ length: 10 }, () => simulator.call(pressed.secret, eventId)),
    );

    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await untilStatus(pressed, 'PAID');
    await simulator.shop.eventually(async () => (await mailsTo(pressed)) > 0);
    expect(
      await simulator.shop.sql('SELECT 1 FROM webhook_inbox WHERE event_id = $1', [eventId]),
    ).toHaveLength(1);
    expect(await mailsTo(pressed)).toBe(1);
  });

  it('finds the order of an event that came before the shop noted the intent', async () => {
    const pressed = await startCheckout();
    await simulator.shop.sql(
      `UPDATE payment SET status = 'CREATING', provider_reference = NULL WHERE order_id = ${orderId}`,
      [pressed.email],
    );
    await simulator.pay(pressed.secret, GOOD_CARD);

    await simulator.call(pressed.secret);

    await untilStatus(pressed, 'PAID');
  });

  it('takes a good card after a declined one', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, DECLINED_CARD);
    const declined = await statusOf(pressed);
    await simulator.pay(pressed.secret, GOOD_CARD);

    const paid = await statusOf(pressed);

    expect(declined).toMatchObject({
      status: 'PENDING',
      isFinal: false,
      canPay: true,
      failureCode: 'card_declined',
    });
    expect(paid).toMatchObject({ status: 'CAPTURED', isFinal: true, failureCode: null });
  });

  it('gives the goods back when nobody pays in time, and the payment can no longer be made', async () => {
    const pressed = await startCheckout();
    await letTimeRunOut(pressed);

    await closeExpired(simulator.shop);

    expect(await orderOf(pressed)).toMatchObject({ status: 'EXPIRED', paymentStatus: 'CANCELLED' });
    expect(await levelOf(pressed)).toEqual({ on_hand: 3, reserved: 0 });
    await expect(simulator.pay(pressed.secret, GOOD_CARD)).rejects.toThrow();
  });

  it('places an order whose time ran out while the buyer was paying', async () => {
    const pressed = await startCheckout();
    await letTimeRunOut(pressed);
    await simulator.pay(pressed.secret, GOOD_CARD);

    await closeExpired(simulator.shop);

    expect(await orderOf(pressed)).toMatchObject({ status: 'PAID', paymentStatus: 'PAID' });
  });

  it('decides once when paying and expiry race', async () => {
    const race = await Promise.all(Array.from({ length: 6 }, () => startCheckout()));
    await Promise.all(race.map(letTimeRunOut));

    const paid = await Promise.all([
      ...race.map((pressed) =>
        simulator.pay(pressed.secret, GOOD_CARD).then(
          () => true,
          () => false,
        ),
      ),
      closeExpired(simulator.shop),
      closeExpired(simulator.shop),
    ]);

    for (const [i, pressed] of race.entries()) {
      await statusOf(pressed);
      const order = await orderOf(pressed);
      expect(order.status).toBe(paid[i] ? 'PAID' : 'EXPIRED');
      expect(await levelOf(pressed)).toEqual(
        paid[i] ? { on_hand: 2, reserved: 0 } : { on_hand: 3, reserved: 0 },
      );
    }
  });

  it('places an expired order whose money came all the same, while the goods are there', async () => {
    const pressed = await startCheckout();
    await letTimeRunOut(pressed);
    await closeExpired(simulator.shop);
    await simulator.succeedAgainstAllOdds(pressed.secret);

    await simulator.call(pressed.secret);

    await untilStatus(pressed, 'PAID');
    expect(await levelOf(pressed)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('sends late money back in full when the goods are gone', async () => {
    const pressed = await startCheckout(10_000, 1);
    await letTimeRunOut(pressed);
    await closeExpired(simulator.shop);
    const quicker = simulator.shop.guest();
    const [variant] = await simulator.shop.sql<{ id: string }>('SELECT id FROM variant WHERE sku = $1', [
      pressed.sku,
    ]);
    const cart = await readyCart(
      quicker,
      [{ variantId: globalId('vari', variant?.id ?? ''), quantity: 1 }],
      `quick-${pressed.email}`,
    );
    await complete(quicker, cart);
    await simulator.succeedAgainstAllOdds(pressed.secret);

    await simulator.call(pressed.secret);

    const order = await untilRefunded(pressed);
    expect(order).toMatchObject({ status: 'EXPIRED', paymentStatus: 'REFUNDED' });
    expect(await levelOf(pressed)).toEqual({ on_hand: 1, reserved: 1 });
  });

  it('refunds and restocks once when staff cancels a paid order, however often the button is pressed', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);
    await statusOf(pressed);
    const staff = await simulator.shop.staff();
    const { id } = await orderOf(pressed);
    const input = {
      orderId: id,
      expectedVersion: await versionOf(pressed),
      idempotencyKey: randomUUID(),
      reason: 'broken',
    };

    const answers = await Promise.all(Array.from({ length: 10 }, () => staff.ask(CANCEL, { input })));
    const later = await staff.ask(CANCEL, { input });

    expect([...answers, later].map(({ orderCancel }) => orderCancel.errors)).toEqual(Array(11).fill([]));
    expect(await untilRefunded(pressed)).toMatchObject({ status: 'CANCELLED', paymentStatus: 'REFUNDED' });
    expect(await levelOf(pressed)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('lets staff cancel an unpaid order, and repeat it with the same key', async () => {
    const pressed = await startCheckout();
    const staff = await simulator.shop.staff();
    const { id } = await orderOf(pressed);
    const input = { orderId: id, expectedVersion: await versionOf(pressed), idempotencyKey: randomUUID() };

    const answers = await Promise.all(Array.from({ length: 4 }, () => staff.ask(CANCEL, { input })));
    const later = await staff.ask(CANCEL, { input });

    expect([...answers, later].map(({ orderCancel }) => orderCancel)).toEqual(
      Array(5).fill({ order: { status: 'CANCELLED' }, errors: [] }),
    );
    expect(await levelOf(pressed)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('sends the money back when a buyer pays an order that was cancelled', async () => {
    const pressed = await startCheckout();
    const staff = await simulator.shop.staff();
    const { id } = await orderOf(pressed);
    await staff.ask(CANCEL, {
      input: { orderId: id, expectedVersion: await versionOf(pressed), idempotencyKey: randomUUID() },
    });
    await simulator.succeedAgainstAllOdds(pressed.secret);

    await simulator.call(pressed.secret);

    expect(await untilRefunded(pressed)).toMatchObject({ status: 'CANCELLED' });
  });

  it('stores nothing of an event that is not in form', async () => {
    const before = await simulator.shop.sql('SELECT 1 FROM webhook_inbox');

    const response = await fetch(`${simulator.shop.url}/webhooks/stripe`, {
      method: 'POST',
      body: '{"id":1}',
      headers: { 'content-type': 'application/json' },
    });

    expect(response.status).toBe(400);
    expect(await simulator.shop.sql('SELECT 1 FROM webhook_inbox')).toHaveLength(before.length);
  });

  if (open === openStripePayments) describe('alone', stripeOnly);

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop, simulator.stripe);
  });
});

/** What only a provider at the other end of a wire can do to a shop. */
function stripeOnly(): void {
  const server = () => {
    if (!simulator.stripe) throw new Error('This simulator has no Stripe');
    return simulator.stripe;
  };
  const webhook = () => `${simulator.shop.url}/webhooks/stripe`;

  it('refuses an event with a bad signature, a foreign one or one of long ago, and stores nothing', async () => {
    const pressed = await startCheckout();
    const intent = intentOf(pressed.secret);
    const before = await simulator.shop.sql('SELECT 1 FROM webhook_inbox');

    const answers = await Promise.all([
      server().deliver('payment_intent.succeeded', intent, webhook(), WEBHOOK_SECRET, { tamper: true }),
      server().deliver('payment_intent.succeeded', intent, webhook(), 'whsec_somebody_else'),
      server().deliver('payment_intent.succeeded', intent, webhook(), WEBHOOK_SECRET, {
        signedAt: 1_600_000_000,
      }),
      server().deliver('payment_intent.succeeded', intent, webhook(), WEBHOOK_SECRET, { livemode: true }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await simulator.shop.sql('SELECT 1 FROM webhook_inbox')).toHaveLength(before.length);
    expect(await orderOf(pressed)).toMatchObject({ status: 'PENDING_PAYMENT' });
  });

  it('believes Stripe and not the event: a forged success of an unpaid intent places nothing', async () => {
    const pressed = await startCheckout();

    await simulator.call(pressed.secret, 'evt_too_early');

    await simulator.shop.eventually(
      async () =>
        (
          await simulator.shop.sql(
            `SELECT 1 FROM webhook_inbox WHERE event_id = 'evt_too_early' AND status = 'DONE'`,
          )
        ).length === 1,
    );
    expect(await orderOf(pressed)).toMatchObject({ status: 'PENDING_PAYMENT' });
  });

  it.each(['answer-lost', 'answer-cut'] as const)(
    'makes one intent when the answer was lost (%s) and the buyer presses again',
    async (failure) => {
      server().failNext('create', failure, 9);
      const before = server().intents.size;
      const first = await startCheckout();
      server().recover();

      const again = await complete(first.browser, first.cart, first.key);

      expect(first.answer).toMatchObject({ errors: [], paymentSession: { clientSecret: null } });
      expect(again).toMatchObject({ errors: [], order: { id: first.answer.order.id } });
      expect(again.paymentSession.clientSecret).toContain('_secret_');
      expect(server().intents.size).toBe(before + 1);
    },
  );

  it('keeps the order while Stripe is down, and takes the payment once it is back', async () => {
    server().failNext('create', 'status-503', 9);
    const pressed = await startCheckout();
    server().recover();
    const query =
      'mutation($token: String!) { paymentSessionCreate(input: { orderToken: $token }) { paymentSession { status clientSecret } warnings { code } } }';

    const { paymentSessionCreate } = await pressed.browser.ask(query, { token: pressed.token });
    const { paymentSession } = paymentSessionCreate;
    await simulator.pay(paymentSession.clientSecret, GOOD_CARD);

    expect(pressed.answer).toMatchObject({
      order: { status: 'PENDING_PAYMENT' },
      warnings: [{ code: 'PAYMENT_UNREACHABLE' }],
    });
    expect(paymentSessionCreate.warnings).toEqual([]);
    expect(paymentSession).toMatchObject({ status: 'PENDING' });
    expect(await statusOf(pressed)).toMatchObject({ status: 'CAPTURED', order: { status: 'PAID' } });
  });

  it('closes the order and frees the goods when Stripe refuses for good', async () => {
    server().failNext('create', 'refused');

    const pressed = await startCheckout();

    expect(pressed.answer).toMatchObject({
      order: null,
      orderToken: null,
      errors: [{ code: 'PAYMENT_FAILED' }],
    });
    expect(await levelOf(pressed)).toEqual({ on_hand: 3, reserved: 0 });
    const [order] = await simulator.shop.sql('SELECT status FROM shop_order WHERE email = $1', [
      pressed.email,
    ]);
    expect(order).toEqual({ status: 'CANCELLED' });
  });

  it('refuses a total below the least that can be paid before anything is held', async () => {
    const pressed = await startCheckout(10_000);
    const [{ price } = { price: 0 }] = await simulator.shop.sql<{ price: number }>(
      `SELECT (args ->> 'price')::int AS price FROM shipping_rate LIMIT 1`,
    );
    expect(price).toBeGreaterThan(0);
    await simulator.shop.sql(`UPDATE shipping_rate SET args = args || '{"freeFrom": 1}'`);
    await simulator.shop.shop.database.pool.query(`SELECT pg_notify('vitrine_catalog', '')`);

    const refused = await simulator.shop.eventually(async () => {
      const cheap = await startCheckout(100);
      return cheap.answer.errors.length > 0 && cheap;
    });

    expect(refused.answer.errors).toMatchObject([{ code: 'AMOUNT_TOO_SMALL' }]);
    expect(await levelOf(refused)).toEqual({ on_hand: 3, reserved: 0 });
    expect(await orderOf(pressed)).toMatchObject({ status: 'PENDING_PAYMENT' });
  });

  it('leaves it to a person when another amount came in than was agreed', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);
    const intent = server().intents.get(intentOf(pressed.secret));
    if (intent) intent.amount_received -= 100;

    await simulator.call(pressed.secret);

    await untilStatus(pressed, 'REVIEW');
    expect(await levelOf(pressed)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('waits for a slow bank as long as it takes', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, '4000 0000 0000 3220');
    const slow = await statusOf(pressed);
    await letTimeRunOut(pressed);
    await closeExpired(simulator.shop);
    const waiting = await orderOf(pressed);
    server().settle(intentOf(pressed.secret), 'succeeded');

    await simulator.call(pressed.secret);

    expect(slow).toMatchObject({ status: 'PROCESSING', isFinal: false, canPay: false });
    expect(waiting).toMatchObject({ status: 'PENDING_PAYMENT', paymentStatus: 'PROCESSING' });
    await untilStatus(pressed, 'PAID');
  });

  it('holds the goods half an hour, not a week, for a buyer whose slow bank refused in the end', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, '4000 0000 0000 3220');
    await statusOf(pressed);
    server().settle(intentOf(pressed.secret), 'failed');

    const refused = await statusOf(pressed);

    const [hold] = await simulator.shop.sql(
      `SELECT o.expires_at < now() + interval '31 minutes' AS "soonOver", o.expires_at = r.expires_at AS "both" FROM shop_order o JOIN reservation r ON r.order_id = o.id WHERE o.email = $1`,
      [pressed.email],
    );
    expect(refused).toMatchObject({ status: 'PENDING', canPay: true, isFinal: false });
    expect(hold).toEqual({ soonOver: true, both: true });
  });

  it('answers what was begun and then closes when the shop is stopped in the middle of a checkout', async () => {
    const stopping = await simulator.shop.beside({ worker: false, env: stripeSettings(server()) });
    const variantId = await simulator.shop.stock({ name: 'Last', sku: 'LAST-ANSWER', price: 9000, stock: 1 });
    const browser = stopping.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }], 'last@example.test');
    server().failNext('create', { delayMs: 300 });
    const before = server().requests.length;
    const answer = complete(browser, cart);
    await simulator.shop.eventually(async () =>
      server()
        .requests.slice(before)
        .some(({ operation }) => operation === 'create'),
    );

    await stopping.close();

    expect(await answer).toMatchObject({
      errors: [],
      order: { status: 'PENDING_PAYMENT' },
      paymentSession: { status: 'PENDING' },
    });
  });

  it('keeps the goods while Stripe does not say whether a payment was cancelled', async () => {
    const pressed = await startCheckout();
    await letTimeRunOut(pressed);
    server().failNext('cancel', 'status-503', 9);

    await closeExpired(simulator.shop);
    server().recover();
    const undecided = await orderOf(pressed);
    await closeExpired(simulator.shop);

    expect(undecided).toMatchObject({ status: 'PENDING_PAYMENT' });
    expect(await orderOf(pressed)).toMatchObject({ status: 'EXPIRED' });
  });

  it('refunds once when the answer to the refund was lost', async () => {
    const pressed = await startCheckout();
    await simulator.pay(pressed.secret, GOOD_CARD);
    await statusOf(pressed);
    server().failNext('refund', 'answer-lost', 3);
    const staff = await simulator.shop.staff();
    const { id } = await orderOf(pressed);

    await staff.ask(CANCEL, {
      input: { orderId: id, expectedVersion: await versionOf(pressed), idempotencyKey: randomUUID() },
    });

    await untilRefunded(pressed);
    expect(
      [...server().refunds.values()].filter(
        ({ payment_intent }) => payment_intent === intentOf(pressed.secret),
      ),
    ).toHaveLength(1);
  });
}
