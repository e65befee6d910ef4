import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type ApiProcess } from '@vitrine/testing/shop/api-process.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, DECLINED_CARD, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import {
  POSTMARK_TEST_TOKEN,
  startPostmarkServer,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { intentOf, stripeSettings, WEBHOOK_SECRET } from '@vitrine/testing/simulators/payment-simulator.js';
import { timePasses } from '@vitrine/testing/shop/time-passes.js';
import {
  chanceFrom,
  pick,
  UnreliablePost,
  type Chance,
} from '@vitrine/testing/simulators/unreliable-post.js';

/*
 * The API process is killed again and again in the middle of a rush, and Stripe's events are lost, doubled, late and in
 * any order. Afterwards the shop is started once more, the reconciler asks Stripe, and everything must add up.
 *
 * CI runs a small rush; `npm run proof` the one of 500 checkouts and 50 deaths. CHAOS_SEED repeats a run's dice.
 */
const LARGE = process.env['PROOF'] === 'full';
const CHECKOUTS = LARGE ? 500 : 8;
const DEATHS = LARGE ? 50 : 1;
const AT_ONCE = 12;
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
// Only ends what hangs.
const LIMIT_MS = 1_500_000;

let stripe: StripeServer;
let postmark: PostmarkServer;
/** Prepares and audits; the buyers speak to `api` only. */
let shop: TestShop;
let api: ApiProcess;
let settings: Record<string, string>;

beforeAll(async () => {
  [stripe, postmark] = await Promise.all([startStripeServer(), startPostmarkServer()]);
  settings = {
    ...stripeSettings(stripe),
    MAIL_PROVIDER: 'postmark',
    POSTMARK_SERVER_TOKEN: POSTMARK_TEST_TOKEN,
    POSTMARK_API_BASE: postmark.url,
  };
  shop = await TestShop.open({ worker: false, env: settings });
  api = await start();
});
afterAll(async () => {
  await api.kill();
  await shop.close();
  await Promise.all([stripe.close(), postmark.close()]);
});

const start = (): Promise<ApiProcess> => startApi(shop.shop.env.database.url, settings);

it(
  `loses no order, no money and no mail over ${DEATHS} death${DEATHS === 1 ? '' : 's'} in ${CHECKOUTS} checkouts`,
  async () => {
    const chance = chanceFrom(SEED);
    const post = new UnreliablePost({ stripe, secret: WEBHOOK_SECRET, address: () => api.url, chance });
    const goods = await Promise.all(
      [0.4, 0.3, 0.2].map((share, i) =>
        shop.stock({
          name: `Chaos ${i}`,
          sku: `CHAOS-${i}`,
          price: 6_000 + i,
          stock: Math.ceil(CHECKOUTS * share),
        }),
      ),
    );
    const rush = { chance, post, goods, steps: 0, over: false };

    const [, outcomes] = await Promise.all([dieAgainAndAgain(rush), buyInTurns(rush)]);
    await post.empty();
    await comeToRest();

    const context = `CHAOS_SEED=${SEED}, ${JSON.stringify(post.counts)}`;
    expect(outcomes.filter((outcome) => outcome === 'ordered').length, context).toBeGreaterThan(
      CHECKOUTS / 4,
    );
    await assertLedgerBalances(shop, stripe);
    expect(mailsSentTwice(), context).toEqual([]);
    expect(
      await shop.sql(`SELECT number, status FROM shop_order WHERE status = 'PENDING_PAYMENT'`),
      context,
    ).toEqual([]);
  },
  LIMIT_MS,
);

interface Rush {
  readonly chance: Chance;
  readonly post: UnreliablePost;
  readonly goods: readonly string[];
  /** How many carts and orders are made. */
  steps: number;
  over: boolean;
}

/**
 * Kills the shop at random moments of the rush, as often as promised; starts it again each time. Some buyer gets a
 * step further in each of its lives: on a slow machine a moment is too short for that, and the rush would never end.
 */
async function dieAgainAndAgain(rush: Rush): Promise<void> {
  for (let deaths = 0; deaths < DEATHS; deaths++) {
    const before = rush.steps;
    await wait(300 + rush.chance() * 2_500);
    while (rush.steps === before && !rush.over) await wait(20);
    await api.kill();
    api = await start();
  }
}

/** Each buyer in a queue of buyers, a dozen queues at once. */
async function buyInTurns(rush: Rush): Promise<string[]> {
  const outcomes: string[] = [];
  let next = 0;
  const queue = async (): Promise<void> => {
    for (let number = next++; number < CHECKOUTS; number = next++) outcomes.push(await buyOnce(rush, number));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, queue));
  rush.over = true;
  return outcomes;
}

/** A buyer who does not give up: fills a cart, presses pay with one key until there is an answer, then pays, or walks away. */
async function buyOnce(rush: Rush, number: number): Promise<'ordered' | 'refused'> {
  const { chance, post, goods } = rush;
  const lines = [{ variantId: pick(chance, goods), quantity: 1 + Math.floor(chance() * 2) }];
  const key = randomUUID();
  const ready = await untilItWorks(async () => {
    const browser = new GraphqlClient(api.url);
    const cart = await readyCart(browser, lines, `chaos${number}@example.test`).catch(soldOutOrThrow);
    return { browser, cart };
  });
  rush.steps++;
  const { browser, cart } = ready;
  if (!cart) return 'refused';
  const done = await untilItWorks(async () => {
    const answer = await complete(new GraphqlClient(api.url).shareCookiesWith(browser), cart, key);
    const isFinal = answer['errors'].length > 0 || answer['paymentSession']?.clientSecret;
    if (!isFinal) throw new Error('The shop has not heard from Stripe yet');
    return answer;
  });
  rush.steps++;
  if (!done['order']) return 'refused';
  await payOrWalkAway({ chance, post, intentId: intentOf(done['paymentSession'].clientSecret) });
  if (chance() < 0.3) await readOrder(done['orderToken']);
  return 'ordered';
}

/** At Stripe, whatever the shop is doing: some walk away, some are declined first. */
async function payOrWalkAway(visit: {
  chance: Chance;
  post: UnreliablePost;
  intentId: string;
}): Promise<void> {
  const { chance, post, intentId } = visit;
  if (chance() < 0.15) return;
  if (chance() < 0.2) {
    stripe.confirm(intentId, DECLINED_CARD);
    post.send('payment_intent.payment_failed', intentId);
  }
  if (stripe.intents.get(intentId)?.status !== 'requires_payment_method') return;
  stripe.confirm(intentId, GOOD_CARD);
  post.send('payment_intent.succeeded', intentId);
}

/** The return page, once; the shop may be dead. */
async function readOrder(token: string): Promise<void> {
  const page =
    'mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { paymentStatus { status } } }';
  await new GraphqlClient(api.url).ask(page, { token }).catch(() => undefined);
}

/** What a shop does in an hour, done at once: abandoned jobs are given to others, Stripe is asked, holds run out. */
async function comeToRest(): Promise<void> {
  const { closing } = shop.shop.orders;
  const { reconciler } = shop.shop.payments;
  await reconciler.run('0 seconds');
  shop.clock.advance(60 * 60_000);
  await closing.expireDue();
  await reconciler.run('0 seconds');
  // Nobody is in the middle of sending a mail while an hour passes in a moment: it would be taken for dead, and looked
  // for before it could have arrived.
  await api.stop();
  await timePasses(shop);
  api = await start();
  await shop.eventually(
    async () =>
      (await shop.sql(`SELECT 1 FROM email WHERE status IN ('QUEUED', 'SENDING', 'UNKNOWN')`)).length === 0,
  );
}

/** Nothing was left in stock when the buyer came: no cart. Anything else is for the next try. */
function soldOutOrThrow(error: unknown): null {
  if (error instanceof Error && error.message.includes('INSUFFICIENT_STOCK')) return null;
  throw error;
}

function mailsSentTwice(): string[] {
  const keys = postmark.sent.map(({ Metadata }) => Metadata['key'] ?? 'without key');
  return keys.filter((key, i) => keys.indexOf(key) !== i);
}

async function untilItWorks<T extends Answer | object>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50 + Math.random() * 100);
    }
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
