import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type ApiProcess } from '@vitrine/testing/shop/api-process.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import {
  POSTMARK_TEST_TOKEN,
  startPostmarkServer,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { intentOf, stripeSettings } from '@vitrine/testing/simulators/payment-simulator.js';
import { timePasses } from '@vitrine/testing/shop/time-passes.js';

let stripe: StripeServer;
let postmark: PostmarkServer;
let settings: Record<string, string>;
/** Prepares and audits; the buyers speak to `api` only. */
let shop: TestShop;
let api: ApiProcess;

const start = (env: Record<string, string> = {}): Promise<ApiProcess> =>
  startApi(shop.shop.env.database.url, { ...settings, ...env });

beforeAll(async () => {
  [stripe, postmark] = await Promise.all([startStripeServer(), startPostmarkServer()]);
  settings = {
    ...stripeSettings(stripe),
    MAIL_PROVIDER: 'postmark',
    POSTMARK_SERVER_TOKEN: POSTMARK_TEST_TOKEN,
    POSTMARK_API_BASE: postmark.url,
  };
  shop = await TestShop.open({ worker: false, env: settings });
  api = await start({ RUN_WORKER: 'false' });
});
afterAll(async () => {
  await api.kill();
  await shop.close();
  await Promise.all([stripe.close(), postmark.close()]);
});

interface Buyer {
  readonly email: string;
  readonly cart: Answer;
  readonly key: string;
  /** The buyer's browser, whatever process answers it. */
  browser(): GraphqlClient;
}

async function ready(name: string, stock = 3): Promise<Buyer> {
  const variantId = await shop.stock({ name, sku: name, price: 8000, stock });
  return readyWith(variantId, `${name.toLowerCase()}@example.test`);
}

async function readyWith(variantId: string, email: string): Promise<Buyer> {
  const first = new GraphqlClient(api.url);
  const cart = await readyCart(first, [{ variantId, quantity: 1 }], email);
  return {
    email,
    cart,
    key: randomUUID(),
    browser: () => new GraphqlClient(api.url).shareCookiesWith(first),
  };
}

const press = (buyer: Buyer): Promise<Answer> => complete(buyer.browser(), buyer.cart, buyer.key);
const askStatus = async (buyer: Buyer, token: string): Promise<Answer> =>
  (
    await buyer
      .browser()
      .ask(
        'mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { paymentStatus { status order { status } } } }',
        {
          token,
        },
      )
  ).paymentStatusRefresh.paymentStatus;

const ordersOf = ({ email }: Buyer): Promise<{ status: string }[]> =>
  shop.sql('SELECT status FROM shop_order WHERE email = $1', [email]);
/** Confirmations of an order; its invoice comes in a mail of its own. */
const mailsTo = ({ email }: Buyer): number =>
  postmark.sent.filter(({ To, Subject }) => To === email && Subject.includes('is with us')).length;
const levelOf = async (sku: string): Promise<unknown> =>
  (
    await shop.sql(
      'SELECT on_hand, reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0];

/** The same request again and again, as a browser does for a buyer who does not give up. */
function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  return shop.eventually(() => ask().catch(() => null));
}

it('mails the buyer although the shop died right after the payment', async () => {
  const buyer = await ready('CRASH-MAIL');
  const done = await press(buyer);
  stripe.confirm(intentOf(done.paymentSession.clientSecret), GOOD_CARD);
  const paid = await askStatus(buyer, done.orderToken);

  await api.kill();
  const mailsBefore = mailsTo(buyer);
  api = await start();

  await shop.eventually(async () => mailsTo(buyer) > 0);
  expect(paid).toEqual({ status: 'CAPTURED', order: { status: 'PAID' } });
  expect(mailsBefore).toBe(0);
  expect(mailsTo(buyer)).toBe(1);
  expect(await ordersOf(buyer)).toEqual([{ status: 'PAID' }]);
});

it('makes one order and one intent although the shop died between writing the order and hearing from Stripe', async () => {
  const buyer = await ready('CRASH-INTENT');
  const before = stripe.intents.size;
  // Stripe does not answer before the shop is dead.
  let answer: () => void = () => undefined;
  stripe.failNext('create', { until: new Promise<void>((resolve) => (answer = resolve)) });
  const interrupted = press(buyer).then(
    () => 'answered',
    () => 'broken off',
  );
  await shop.eventually(async () =>
    stripe.requests.some(({ operation, status }) => operation === 'create' && status === null),
  );

  await api.kill();
  answer();
  api = await start();
  const again = await untilAnswered(() => press(buyer));

  expect(await interrupted).toBe('broken off');
  expect(again).toMatchObject({ errors: [], order: { status: 'PENDING_PAYMENT' } });
  expect(stripe.intents.size).toBe(before + 1);
  expect(await ordersOf(buyer)).toHaveLength(1);
  expect(await levelOf('CRASH-INTENT')).toEqual({ on_hand: 3, reserved: 1 });
});

it('sends one mail although the shop died while the mail was under way', async () => {
  const buyer = await ready('CRASH-SENDING');
  const done = await press(buyer);
  postmark.failNext('hang');
  stripe.confirm(intentOf(done.paymentSession.clientSecret), GOOD_CARD);
  await askStatus(buyer, done.orderToken);
  await shop.eventually(async () => mailsTo(buyer) > 0);

  await api.kill();
  await timePasses(shop);
  api = await start();

  expect(
    await shop.sql(`SELECT status FROM email WHERE recipient = $1 AND dedupe_key LIKE '%:confirmation'`, [
      buyer.email,
    ]),
  ).toEqual([{ status: 'SENT' }]);
  expect(mailsTo(buyer)).toBe(1);
});

it('gives each buyer of a rush one order, however often the shop dies in it', async () => {
  const variantId = await shop.stock({ name: 'Rush', sku: 'CRASH-RUSH', price: 8000, stock: 8 });
  const buyers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => readyWith(variantId, `rush${i}@example.test`)),
  );
  const buyAll = Promise.all(
    buyers.map(async (buyer) => {
      const done = await untilAnswered(async () => {
        const answer = await press(buyer);
        return answer.paymentSession?.clientSecret ? answer : null;
      });
      const intent = stripe.intents.get(intentOf(done?.paymentSession.clientSecret));
      if (intent?.status === 'requires_payment_method') stripe.confirm(intent.id, GOOD_CARD);
      return untilAnswered(async () => {
        const status = await askStatus(buyer, done?.orderToken);
        return status.status === 'CAPTURED' ? status : null;
      });
    }),
  );

  await shop.eventually(
    async () => (await shop.sql(`SELECT 1 FROM shop_order WHERE email LIKE 'rush%'`)).length >= 2,
  );
  await api.kill();
  await timePasses(shop);
  api = await start();
  await buyAll;

  expect(
    await shop.sql(
      `SELECT count(*)::int AS orders, count(DISTINCT email)::int AS buyers FROM shop_order WHERE email LIKE 'rush%' AND status = 'PAID'`,
    ),
  ).toEqual([{ orders: 8, buyers: 8 }]);
  expect(await levelOf('CRASH-RUSH')).toEqual({ on_hand: 0, reserved: 0 });
  await shop.eventually(async () => buyers.every((buyer) => mailsTo(buyer) > 0));
  expect(buyers.map(mailsTo)).toEqual(buyers.map(() => 1));
});

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(shop, stripe);
});
