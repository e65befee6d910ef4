import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startStripeServer,
  type StripeFailure,
  type StripeServer,
} from '@vitrine/testing/simulators/stripe-server.js';
import { money } from '../../../kernel/money.js';
import { aPayment } from '../contract-subject.js';
import { describePaymentProvider } from '../contract.js';
import {
  InvalidWebhook,
  PaymentOutcomeUnknown,
  PaymentRejectedError,
  type PaymentProvider,
  type ProviderEvent,
} from '../port.js';
import { createStripeProvider, type StripeSettings } from './stripe-provider.js';

const SECRET = 'whsec_of_today';
const OLD_SECRET = 'whsec_of_yesterday';

function connect(server: StripeServer, settings: Partial<StripeSettings> = {}): PaymentProvider {
  return createStripeProvider({
    secretKey: server.secretKey,
    webhookSecrets: [OLD_SECRET, SECRET],
    publishableKey: 'pk_test_vitrine',
    apiBase: server.url,
    timeoutMs: 1_000,
    maxNetworkRetries: 0,
    ...settings,
  });
}

describePaymentProvider(
  'Stripe',
  async () => {
    const server = await startStripeServer();
    return {
      provider: connect(server),
      close: () => server.close(),
      confirm: async (reference, card) => void server.confirm(reference, card),
      settle: async (reference, outcome) => void server.settle(reference, outcome),
      countIntents: async () => server.intents.size,
      openDispute: async (reference) => server.openDispute(reference).id,
      loseNextAnswer: () => server.failNext('create', 'answer-cut'),
    };
  },
  { isRemote: true },
);

describe('Stripe on the wire', () => {
  let server: StripeServer;
  beforeAll(async () => {
    server = await startStripeServer();
  });
  afterAll(() => server.close());

  it('sends the amount, the currency and our two ids, and nothing else', async () => {
    const request = { ...aPayment(), amount: money(500, 'ISK') };

    const intent = await connect(server).createIntent(request);

    expect(server.requests.at(-1)).toMatchObject({
      path: '/v1/payment_intents',
      idempotencyKey: request.idempotencyKey,
      params: {
        amount: '50000',
        currency: 'isk',
        capture_method: 'automatic',
        'metadata[payment_id]': request.paymentId,
        'metadata[order_id]': request.orderId,
      },
      status: 200,
    });
    expect(Object.keys(server.requests.at(-1)?.params ?? {})).toHaveLength(5);
    expect(intent.amount).toEqual(money(500, 'ISK'));
  });

  it('never relies on the random key of the SDK', async () => {
    const provider = connect(server);
    const { reference } = await provider.createIntent(aPayment());
    server.confirm(reference, '4242 4242 4242 4242');
    await provider.cancelIntent(reference);
    await provider.refund({
      intentReference: reference,
      amount: money(100, 'RON'),
      idempotencyKey: 're:1',
      refundId: '1',
    });

    const keys = server.requests
      .filter(({ method }) => method === 'POST')
      .map(({ idempotencyKey }) => idempotencyKey);

    expect(keys.filter((key) => !key || key.startsWith('stripe-node-retry'))).toEqual([]);
  });

  it.each<[StripeFailure, number]>([
    ['hang', 0],
    ['answer-cut', 1],
    ['remembered-500', 0],
    ['status-503', 0],
    ['rate-limited', 0],
    ['key-in-use', 0],
  ])('cannot tell what happened when the answer is: %s', async (failure, made) => {
    const before = server.intents.size;
    server.failNext('create', failure);

    await expect(connect(server).createIntent(aPayment())).rejects.toThrow(PaymentOutcomeUnknown);

    expect(server.intents.size).toBe(before + made);
  });

  it('finds one intent when the SDK itself asks again after broken connections', async () => {
    const before = server.intents.size;
    server.failNext('create', 'answer-lost', 2);

    const intent = await connect(server, { maxNetworkRetries: 2 }).createIntent(aPayment());

    expect(intent.status).toBe('requires_payment_method');
    expect(server.intents.size).toBe(before + 1);
  });

  it('cannot tell either when nobody answers at all, or the shop key is wrong', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const apiBase = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));

    await expect(connect(server, { apiBase }).createIntent(aPayment())).rejects.toThrow(
      PaymentOutcomeUnknown,
    );
    await expect(connect(server, { secretKey: 'sk_test_old' }).retrieveIntent('pi_1')).rejects.toThrow(
      PaymentOutcomeUnknown,
    );
  });

  it.each<[StripeFailure, string]>([
    ['remembered-500', 'REPLAYED'],
    ['done-then-500', 'REPLAYED'],
    ['status-401', 'LOCKED_OUT'],
    ['rate-limited', 'BUSY'],
    ['answer-lost', 'NO_ANSWER'],
  ])('says why nobody can tell after %s: %s', async (failure, because) => {
    server.failNext('create', failure, String(failure).endsWith('500') ? 1 : 2);

    const asked = connect(server, { maxNetworkRetries: 1 }).createIntent(aPayment());

    await expect(asked).rejects.toMatchObject({ because });
    server.recover();
  });

  it.each(['cancel', 'capture'] as const)(
    'looks whether it was done when Stripe fails after a %s',
    async (verb) => {
      const provider = connect(server, { maxNetworkRetries: 1 });
      const { reference } = await provider.createIntent({ ...aPayment(), captureMethod: 'MANUAL' });
      server.confirm(reference, '4242424242424242');
      server.failNext(verb, 'done-then-500');

      const intent = await (verb === 'cancel'
        ? provider.cancelIntent(reference)
        : provider.captureIntent(reference));

      expect(intent.status).toBe(verb === 'cancel' ? 'canceled' : 'succeeded');
    },
  );

  it('keeps the client secret out of what an error tells the log', async () => {
    server.failNext('create', 'remembered-500');
    const error: unknown = await connect(server)
      .createIntent(aPayment())
      .catch((thrown: unknown) => thrown);

    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/_secret_|sk_test/);
  });

  it('is refused for good when an old parameter is sent, as by the real server', async () => {
    const response = await fetch(`${server.url}/v1/payment_intents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.secretKey}`,
        'stripe-version': '2026-10-28.endive',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'amount=1000&currency=ron&payment_method_types[]=card',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'payment_method_types_no_longer_supported' },
    });
  });

  it('treats a refund that Stripe has not finished as pending', async () => {
    const provider = connect(server);
    const { reference } = await provider.createIntent(aPayment());
    server.confirm(reference, '4242424242424242');
    server.refundsBecome('requires_action');

    const refund = await provider.refund({
      intentReference: reference,
      amount: money(100, 'RON'),
      idempotencyKey: 're:slow',
      refundId: 'slow',
    });
    server.changeRefund(refund.reference, 'failed');

    expect(refund.status).toBe('pending');
    expect((await provider.retrieveRefund(refund.reference)).status).toBe('failed');
    server.refundsBecome('succeeded');
  });

  it('says no to a declined refund with a code', async () => {
    const refused = connect(server).refund({
      intentReference: 'pi_none',
      amount: money(100, 'RON'),
      idempotencyKey: 're:none',
      refundId: 'none',
    });

    await expect(refused).rejects.toThrow(PaymentRejectedError);
  });
});

describe('Events from Stripe', () => {
  let server: StripeServer;
  let listener: ReturnType<typeof createServer>;
  let url: string;
  let provider: PaymentProvider;
  let outcome: ProviderEvent | Error | null = null;

  beforeAll(async () => {
    server = await startStripeServer();
    provider = connect(server);
    listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      try {
        outcome = provider.parseWebhook(
          Buffer.concat(chunks),
          (name) => request.headers[name] as string | undefined,
        );
        response.end();
      } catch (error) {
        outcome = error as Error;
        response.writeHead(400).end();
      }
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    listener.closeAllConnections();
    listener.close();
    await server.close();
  });

  it.each([SECRET, OLD_SECRET])('are taken when signed with either live secret', async (secret) => {
    const { reference } = await provider.createIntent(aPayment());

    const response = await server.deliver('payment_intent.succeeded', reference, url, secret, {
      eventId: 'evt_42',
    });

    expect(response.status).toBe(200);
    expect(outcome).toMatchObject({
      id: 'evt_42',
      type: 'payment_intent.succeeded',
      objectKind: 'INTENT',
      objectReference: reference,
      apiVersion: '2026-10-28.endive',
      verified: true,
    });
  });

  it('name the refund, or the dispute, that they are about', async () => {
    const { reference } = await provider.createIntent(aPayment());
    server.confirm(reference, '4242 4242 4242 4242');
    const refund = server.refundAtDashboard(reference, 500);

    await server.deliver('refund.created', reference, url, SECRET, { refundId: refund.id });

    expect(outcome).toMatchObject({ objectKind: 'REFUND', objectReference: refund.id });
    const dispute = server.openDispute(reference);
    await server.deliver('charge.dispute.created', reference, url, SECRET, { disputeId: dispute.id });
    expect(outcome).toMatchObject({ objectKind: 'DISPUTE', objectReference: dispute.id });
  });

  it('of a kind we do not follow are taken as being about nothing', async () => {
    await server.deliver('customer.created', 'cus_1', url, SECRET);

    expect(outcome).toMatchObject({ type: 'customer.created', objectKind: null, objectReference: null });
  });

  it.each([
    ['another secret', 'whsec_forged', {}],
    ['a changed body', SECRET, { tamper: true }],
    ['an old signature', SECRET, { signedAt: Math.floor(Date.now() / 1000) - 600 }],
    ['a signature from the future', SECRET, { signedAt: Math.floor(Date.now() / 1000) + 600 }],
    ['the live mode', SECRET, { livemode: true }],
  ])('are refused with %s', async (_, secret, options) => {
    const response = await server.deliver('payment_intent.succeeded', 'pi_1', url, secret, options);

    expect(response.status).toBe(400);
    expect(outcome).toBeInstanceOf(InvalidWebhook);
  });

  it.each([
    '{"id":"evt_1","livemode":false,"type":"payment_intent.succeeded"}',
    '{"id":"evt_1","livemode":false,"type":"payment_intent.succeeded","data":{"object":null}}',
    '{"livemode":false,"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}',
    '{"id":"evt_1","livemode":false,"data":{"object":{"id":"pi_1"}}}',
    'null',
    '[]',
    'not json',
  ])('are refused when what was signed is no event: %s', (payload) => {
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });

    expect(() => provider.parseWebhook(Buffer.from(payload), () => header)).toThrow(InvalidWebhook);
  });

  it.each(['charge.succeeded', 'charge.updated', 'payment_intent.partially_funded', 'refund.invented'])(
    'of the type %s are kept and cost no question',
    async (type) => {
      const { reference } = await provider.createIntent(aPayment());
      await server.deliver(type, reference, url, SECRET);
      expect(outcome).toMatchObject({ type, objectKind: null, objectReference: null });
    },
  );

  describe('in a header that Stripe would not write', () => {
    const payload =
      '{"id":"evt_1","livemode":false,"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}';
    const now = Math.floor(Date.now() / 1000);
    const later = now + 36_000;
    const signed = (timestamp: number): string =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp });
    const digest = (timestamp: number): string => signed(timestamp).split(',')[1] as string;
    const parse = (header: string): unknown => provider.parseWebhook(Buffer.from(payload), () => header);

    it.each([
      ['a time of now before the one that was signed for later', `t=${now},t=${later},${digest(later)}`],
      ['a time of now after the one that was signed for later', `t=${later},${digest(later)},t=${now}`],
      ['the same time twice', `t=${now},t=${now},${digest(now)}`],
      ['two headers joined by a proxy', `${signed(now)}, ${signed(now)}`],
      ['a time with a sign', `t=+${later},${digest(later)}`],
      ['a time that goes on after its digits', `t=${now}x,${digest(now)}`],
      ['a time with a space', `t= ${later},${digest(later)}`],
      ['a time that is no number', `t=now,${digest(now)}`],
      ['no time', digest(now)],
      ['no digest', `t=${now}`],
      ['a digest in capitals', signed(now).replace(/v1=.*/, (entry) => `v1=${entry.slice(3).toUpperCase()}`)],
      ['an empty entry', `${signed(now)},`],
      ['more digests than anybody signs', `t=${now},${`${digest(now)},`.repeat(30)}v0=x`],
    ])('are refused: %s', (_, header) => {
      expect(() => parse(header)).toThrow(InvalidWebhook);
    });

    it.each([
      [
        'an older scheme beside',
        `${signed(now)},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39`,
      ],
      ['the digest of another secret first', `t=${now},v1=${'0'.repeat(64)},${digest(now)}`],
    ])('are taken with %s', (_, header) => {
      expect(parse(header)).toMatchObject({ id: 'evt_1', verified: true });
    });
  });

  it('are refused without a signature', () => {
    expect(() => provider.parseWebhook(Buffer.from('{}'), () => undefined)).toThrow(InvalidWebhook);
  });

  it('are taken unverified when there is no secret, but only where no real money moves', () => {
    const body = Buffer.from(
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'payment_intent.succeeded',
        livemode: false,
        api_version: null,
        data: { object: { id: 'pi_1' } },
      }),
    );
    const test = connect(server, { webhookSecrets: [''] });
    const live = connect(server, { webhookSecrets: [], secretKey: 'sk_live_x' });

    expect(test.parseWebhook(body, () => undefined)).toMatchObject({
      objectReference: 'pi_1',
      verified: false,
    });
    expect(() => live.parseWebhook(body, () => undefined)).toThrow(InvalidWebhook);
  });
});
