import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

const CART = '{ cart { lines { quantity variant { sku } } } }';
const ADD =
  'mutation($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 1 }) { cart { id } errors { code } } }';
const DISPUTED_CARD = '4000 0000 0000 0259';

let simulator: PaymentSimulator;
let at: BuyerDriver;
beforeAll(async () => {
  simulator = await openTestPayments();
  at = new BuyerDriver(simulator);
});
afterAll(() => simulator.close());

const linesOf = async (browser: GraphqlClient): Promise<Record<string, number>> => {
  const { cart } = await browser.ask(CART);
  return Object.fromEntries(
    (cart?.lines ?? []).map(({ quantity, variant }: Answer) => [variant.sku, quantity]),
  );
};
const another = async (browser: GraphqlClient): Promise<string> => {
  const sku = `SECOND-${randomUUID().slice(0, 8)}`;
  const id = await simulator.shop.stock({ name: sku, sku, price: 5_000, stock: 3 });
  expect((await browser.ask(ADD, { id })).cartLineAdd.errors).toEqual([]);
  return sku;
};

/** The order of the first cart comes to nothing, while the buyer has something else in a second one. */
async function comesToNothing({ email }: Pick<Buyer, 'email'>): Promise<void> {
  await at.runOut({ email } as Buyer);
}

it('a guest who went on shopping finds both, once', async () => {
  const buyer = await at.startCheckout();
  const second = await another(buyer.browser);

  await comesToNothing(buyer);

  const both = { [buyer.sku]: 1, [second]: 1 };
  await simulator.shop.eventually(async () => Object.keys(await linesOf(buyer.browser)).length === 2);
  expect(await linesOf(buyer.browser)).toEqual(both);
  // The job runs again: nothing is added twice.
  await simulator.shop.sql(
    `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload)
     SELECT new_id(), kind, aggregate_id, 'again:' || id, payload FROM outbox
     WHERE kind = 'order.closed' AND aggregate_id = (SELECT id FROM shop_order WHERE email = $1)`,
    [buyer.email],
  );
  await simulator.shop.eventually(
    async () =>
      (
        await simulator.shop.sql(
          `SELECT 1 FROM pgboss.job WHERE name = 'checkout.reopen-cart' AND state = 'completed' AND data ->> 'orderId' = (SELECT id::text FROM shop_order WHERE email = $1)`,
          [buyer.email],
        )
      ).length === 2,
  );
  expect(await linesOf(buyer.browser)).toEqual(both);
});

it('a customer who went on shopping finds both, on every device', async () => {
  const browser = await simulator.shop.customer('alice@example.com', 'Alice@123');
  const sku = `FIRST-${randomUUID().slice(0, 8)}`;
  const variantId = await simulator.shop.stock({ name: sku, sku, price: 5_000, stock: 3 });
  const cart = await readyCart(browser, [{ variantId, quantity: 2 }], 'alice@example.com');
  await complete(browser, cart, randomUUID());
  const second = await another(browser);

  await comesToNothing({ email: 'alice@example.com' });

  const elsewhere = await simulator.shop.customer('alice@example.com', 'Alice@123');
  await simulator.shop.eventually(async () => Object.keys(await linesOf(elsewhere)).length === 2);
  expect(await linesOf(elsewhere)).toEqual({ [sku]: 2, [second]: 1 });
});

it('who has no second cart finds the first one as it was', async () => {
  const buyer = await at.startCheckout();

  await comesToNothing(buyer);

  await simulator.shop.eventually(async () => Object.keys(await linesOf(buyer.browser)).length === 1);
  expect(await linesOf(buyer.browser)).toEqual({ [buyer.sku]: 1 });
});

it('a test card that disputes its payment does so by a message in the inbox, as Stripe does', async () => {
  const buyer = await at.paid(DISPUTED_CARD);

  await simulator.shop.shop.payments.reconciler.run();
  await simulator.shop.shop.payments.reconciler.run();

  const order = await at.until(buyer, ({ events }) => events.some(({ kind }: Answer) => kind === 'DISPUTED'));
  expect(order.events.filter(({ kind }: Answer) => kind === 'DISPUTED')).toHaveLength(1);
  const staff = await simulator.shop.staff();
  expect((await at.staffOrder(buyer, staff)).disputes).toMatchObject([{ status: 'NEEDS_RESPONSE' }]);
  // That the message is done is written after what it brought.
  await workIsDone(simulator.shop);
  const events = await simulator.shop.sql(
    `SELECT type, status FROM webhook_inbox WHERE type LIKE 'charge.dispute.%'`,
  );
  expect(events).toEqual([{ type: 'charge.dispute.created', status: 'DONE' }]);
});

it('a guest whose cart came back signs in, and finds it in the cart of the account', async () => {
  const buyer = await at.startCheckout();
  await comesToNothing(buyer);
  await simulator.shop.eventually(async () => (await linesOf(buyer.browser))[buyer.sku] === 1);
  const account = await simulator.shop.customer('bob@example.com', 'Bob@123');
  const second = await another(account);

  await buyer.browser.ask(
    'mutation { login(input: { email: "bob@example.com", password: "Bob@123" }) { errors { code } } }',
  );

  expect(await linesOf(account)).toEqual({ [buyer.sku]: 1, [second]: 1 });
});
