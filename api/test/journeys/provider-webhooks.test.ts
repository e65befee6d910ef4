import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import type { StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import {
  intentOf,
  openStripePayments,
  WEBHOOK_SECRET,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';

const NEXT_SECRET = 'whsec_of_tomorrow';
const EVENT =
  'id eventId provider type objectId status verified attempts error receivedAt processedAt payload';
const REPLAY = `mutation($input: WebhookReplayInput!) { webhookReplay(input: $input) { event { status } errors { code } } }`;

let simulator: PaymentSimulator;
let at: BuyerDriver;
let admin: GraphqlClient;
let stripe: StripeServer;

const webhook = (): string => `${simulator.shop.url}/webhooks/stripe`;

async function eventOf(search: string): Promise<Answer> {
  const query = `query($search: String) { webhookEvents(search: $search) { nodes { ${EVENT} } } }`;
  return (await admin.ask(query, { search })).webhookEvents.nodes[0];
}

function untilEvent(search: string, status: string): Promise<Answer> {
  return simulator.shop.eventually(async () => {
    const event = await eventOf(search);
    return event?.status === status && event;
  });
}

async function deliver(buyer: Buyer, eventId: string, secret = WEBHOOK_SECRET): Promise<number> {
  const answer = await stripe.deliver('payment_intent.succeeded', intentOf(buyer.secret), webhook(), secret, {
    eventId,
  });
  return answer.status;
}

beforeAll(async () => {
  simulator = await openStripePayments({
    env: {
      STRIPE_WEBHOOK_SECRET: `${WEBHOOK_SECRET}, ${NEXT_SECRET}`,
      ADMIN_ALERT_EMAIL: 'owner@example.test',
    },
  });
  at = new BuyerDriver(simulator);
  admin = await simulator.shop.staff();
  if (!simulator.stripe) throw new Error('This simulator has no Stripe');
  stripe = simulator.stripe;
});
afterAll(() => simulator.close());

describe('events of the payment provider', () => {
  it.each([WEBHOOK_SECRET, NEXT_SECRET])(
    'are taken with either secret while one replaces the other (%s)',
    async (secret) => {
      const buyer = await at.startCheckout();
      await simulator.pay(buyer.secret, GOOD_CARD);

      const status = await deliver(buyer, `evt_${randomUUID()}`, secret);

      expect(status).toBe(200);
      await at.until(buyer, (order) => order.status === 'PAID');
    },
  );

  it('are kept byte for byte as they came', async () => {
    const body = `{ "id": "evt_bytes", "object": "event",   "type": "customer.created", "livemode": false, "api_version": null, "data": { "object": { "name": "Ănuța é" } } }`;
    const Stripe = (await import('stripe')).default;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET });

    const answer = await fetch(webhook(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
    });

    expect(answer.status).toBe(200);
    expect(await eventOf('evt_bytes')).toMatchObject({ payload: body, status: 'IGNORED', verified: true });
  });

  it('nested deeper than a database can hold are taken, worked on and listed as they came', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    const [lists, objects] = ['['.repeat(200_000) + ']'.repeat(200_000), '{"a":'.repeat(50_000)];
    const deep = { lists, objects: `${objects}1${'}'.repeat(50_000)}` };

    for (const [name, nested] of Object.entries(deep)) {
      const body = `{"id":"evt_deep_${name}","object":"event","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"${intentOf(buyer.secret)}","note":${nested}}}}`;
      const Stripe = (await import('stripe')).default;
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET });
      const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
      expect((await fetch(webhook(), { method: 'POST', headers, body })).status).toBe(200);

      expect((await untilEvent(`evt_deep_${name}`, 'DONE')).payload).toBe(body);
    }
    await at.until(buyer, (order) => order.status === 'PAID');
  });

  it('may come in any order: what counts is what the provider says now', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    const intent = intentOf(buyer.secret);

    for (const type of [
      'payment_intent.succeeded',
      'payment_intent.processing',
      'payment_intent.payment_failed',
    ])
      await stripe.deliver(type, intent, webhook(), WEBHOOK_SECRET);

    const order = await at.until(buyer, ({ status }) => status === 'PAID');
    await simulator.shop.eventually(
      async () => (await simulator.shop.sql(`SELECT 1 FROM webhook_inbox WHERE status = 'NEW'`)).length === 0,
    );
    expect(await at.order(buyer)).toMatchObject({ status: 'PAID' });
    expect(order.events.map(({ kind }: Answer) => kind)).not.toContain('PAYMENT_FAILED');
  });

  it('can be worked on again by an administrator without a second effect, once for each press', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    await deliver(buyer, 'evt_again');
    const done = await untilEvent('evt_again', 'DONE');
    expect(done.payload).toContain(intentOf(buyer.secret));
    expect(done.payload).not.toContain(buyer.secret);
    await at.until(buyer, ({ status }) => status === 'PAID');
    const input = { webhookEventId: done.id, idempotencyKey: randomUUID() };

    const answers = await Promise.all(Array.from({ length: 5 }, () => admin.ask(REPLAY, { input })));

    expect(answers.map(({ webhookReplay }) => webhookReplay.errors)).toEqual(Array(5).fill([]));
    const updates = await simulator.shop.sql(
      `SELECT 1 FROM outbox WHERE dedupe_key LIKE 'webhook:STRIPE:evt_again:replay:%'`,
    );
    expect(updates).toHaveLength(1);
    expect(await untilEvent('evt_again', 'DONE')).toMatchObject({ attempts: 1, error: null });
    const { events } = await at.order(buyer);
    expect(events.filter(({ kind }: Answer) => kind === 'PAID')).toHaveLength(1);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  });

  it('are nobody’s business below an administrator', async () => {
    const answer = await simulator.shop.guest().send(`{ webhookEvents { nodes { id } } }`);

    expect(JSON.stringify(answer)).toContain('UNAUTHENTICATED');
  });

  it('are given up after ten failures, and the owner is told; a replay sets them right', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    // Nine tries have failed before this one.
    stripe.failNext('retrieve', 'status-503', 99);
    await deliver(buyer, 'evt_dead');
    await simulator.shop.eventually(async () => (await eventOf('evt_dead'))?.attempts > 0);
    await simulator.shop.sql(`UPDATE webhook_inbox SET attempts = 9 WHERE event_id = 'evt_dead'`);

    const dead = await untilEvent('evt_dead', 'DEAD');
    stripe.recover();

    expect(dead.error).toBeTruthy();
    const deadEvents = await simulator.shop.sql(`SELECT 1 FROM outbox WHERE kind = 'webhook.dead'`);
    expect(deadEvents).toHaveLength(1);
    await admin.ask(REPLAY, { input: { webhookEventId: dead.id, idempotencyKey: randomUUID() } });
    await untilEvent('evt_dead', 'DONE');
    await at.until(buyer, ({ status }) => status === 'PAID');
  });

  it('about something that the provider does not know are set aside', async () => {
    await stripe.deliver('payment_intent.succeeded', 'pi_of_nobody', webhook(), WEBHOOK_SECRET, {
      eventId: 'evt_forged',
    });

    expect(await untilEvent('evt_forged', 'IGNORED')).toMatchObject({ error: 'resource_missing' });
  });

  it('that never reached the shop are fetched, each once', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    const missed = stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) });
    const { reconciler } = simulator.shop.shop.payments;

    await reconciler.run();
    await reconciler.run();

    await at.until(buyer, ({ status }) => status === 'PAID');
    expect(await untilEvent(missed.id, 'DONE')).toMatchObject({ verified: true, attempts: 1 });
  });

  it('that never reached the shop are stored once, and each later look writes nothing about them', async () => {
    const buyer = await at.startCheckout();
    const missed = Array.from(
      { length: 12 },
      () => stripe.missEvent('payment_intent.succeeded', { id: intentOf(buyer.secret) }).id,
    );
    const { reconciler } = simulator.shop.shop.payments;
    const written = async (): Promise<number> => {
      const { texts } = await countStatements(() => reconciler.run());
      return texts.filter((text) => /INSERT INTO webhook_inbox/.test(text)).length;
    };

    expect(await written()).toBe(12);
    expect([await written(), await written()]).toEqual([0, 0]);
    for (const id of missed) expect(await eventOf(id)).toMatchObject({ verified: true });
  });
});

describe('the daily reconciliation', () => {
  it('finds what no event and no asking told, both ways', async () => {
    const [late, refunded, disputed] = [
      await at.startCheckout(),
      await at.paid(GOOD_CARD),
      await at.paid(GOOD_CARD),
    ];
    await simulator.pay(late.secret, GOOD_CARD);
    stripe.refundAtDashboard(intentOf(refunded.secret), 1_500);
    const dispute = stripe.openDispute(intentOf(disputed.secret));

    await simulator.shop.shop.payments.stalePayments.run();
    stripe.changeDispute(dispute.id, 'won');
    await simulator.shop.shop.payments.stalePayments.run();

    expect(await at.order(late)).toMatchObject({ status: 'PAID' });
    await at.until(refunded, ({ refundedTotal }) => refundedTotal.amount === 1_500);
    await at.until(disputed, ({ events }) => events.some(({ kind }: Answer) => kind === 'DISPUTE_CLOSED'));
  });

  it('tells the owner once of money for a payment of this shop that no order knows', async () => {
    const stranger = randomUUID();
    const { secret } = await at.paid(GOOD_CARD);
    const known = stripe.intents.get(intentOf(secret));
    if (known) {
      (stripe.intents as Map<string, typeof known>).set('pi_stranger', {
        ...known,
        id: 'pi_stranger',
        metadata: { payment_id: stranger, order_id: stranger },
      });
    }

    await simulator.shop.shop.payments.stalePayments.run();
    await simulator.shop.shop.payments.stalePayments.run();

    const alerts = await simulator.shop.sql<{ payload: object }>(
      `SELECT payload FROM outbox WHERE kind = 'payment.mismatch' AND dedupe_key LIKE '%pi_stranger%'`,
    );
    expect(alerts).toMatchObject([{ payload: { reason: 'unknown-to-us', reference: 'pi_stranger' } }]);
    const [mail] = await simulator.shop.eventually(async () => {
      const mails = await simulator.shop.sql<{ subject: string }>(
        `SELECT subject FROM dev_inbox WHERE recipient = 'owner@example.test' AND subject LIKE '%pi_stranger%'`,
      );
      return mails.length > 0 && mails;
    });
    expect(mail?.subject).toContain('pi_stranger');
    (stripe.intents as Map<string, unknown>).delete('pi_stranger');
  });

  it('looks for an intent that was begun a day ago before it makes another', async () => {
    stripe.failNext('create', 'answer-lost', 9);
    const buyer = await at.startCheckout();
    stripe.recover();
    const before = stripe.intents.size;
    await simulator.shop.sql(
      `UPDATE payment SET created_at = now() - interval '25 hours' WHERE order_id = (SELECT id FROM shop_order WHERE email = $1)`,
      [buyer.email],
    );
    stripe.forgetKeys();

    await simulator.shop.shop.payments.reconciler.run('0 seconds');

    expect(stripe.intents.size).toBe(before);
    const [payment] = await simulator.shop.sql<{ status: string }>(
      `SELECT status FROM payment WHERE order_id = (SELECT id FROM shop_order WHERE email = $1)`,
      [buyer.email],
    );
    expect(payment?.status).toBe('PENDING');
  });
});

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(simulator.shop, stripe);
});
