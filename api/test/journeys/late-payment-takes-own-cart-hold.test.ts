import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

// Where carts hold stock, the goods of an order that was paid late may lie in the cart of its own buyer.
const ADD = `mutation($id: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $id, quantity: $quantity }) {
  cart { lines { id quantity variant { sku } } } errors { code } } }`;
const SET = `mutation($id: ID!, $quantity: Int!) { cartLineUpdate(input: { lineId: $id, quantity: $quantity }) {
  cart { id } errors { code } } }`;
const LOGIN = `mutation($email: EmailAddress!, $password: String!) { login(input: { email: $email, password: $password }) { errors { code } } }`;

let simulator: PaymentSimulator;
let at: BuyerDriver;
let driver: StockDriver;
beforeAll(async () => {
  simulator = await openTestPayments({ env: { STOCK_HOLD: 'cart', ACCESS_TOKEN_MINUTES: '60' } });
  at = new BuyerDriver(simulator);
  driver = await StockDriver.at(simulator.shop);
});
afterAll(() => simulator.close());

const linesOf = async (browser: GraphqlClient): Promise<Answer[]> =>
  (await browser.ask('{ cart { lines { id quantity variant { sku } } warnings { code } } }')).cart?.lines ??
  [];
const add = async (browser: GraphqlClient, id: string, quantity = 1): Promise<string[]> =>
  (await browser.ask(ADD, { id, quantity })).cartLineAdd.errors.map(({ code }: Answer) => code);
const variant = (sku: string, stock: number): Promise<string> =>
  simulator.shop.stock({ name: sku, sku, price: 10_000, stock });

/** Somebody whose order of the last piece has run out, and who has its cart again. */
async function cameBack(): Promise<Buyer> {
  const buyer = await at.startCheckout({ stock: 1 });
  await at.runOut(buyer);
  await simulator.shop.eventually(async () => (await linesOf(buyer.browser)).length === 1);
  return buyer;
}

/** The line is touched, and with it the cart holds its goods again. */
async function holdsAgain({ browser, variantId }: Buyer): Promise<void> {
  const [line] = await linesOf(browser);
  const { cartLineUpdate } = await browser.ask(SET, { id: line?.['id'], quantity: 1 });
  expect(cartLineUpdate.errors).toEqual([]);
  expect(await driver.stockLevels(variantId)).toEqual(['main 1/1']);
}

async function paysLate({ secret }: Buyer): Promise<void> {
  await simulator.succeedAgainstAllOdds(secret);
  await simulator.call(secret);
}

const isPaid = (buyer: Buyer): Promise<Answer> =>
  at.until(buyer, ({ paymentStatus }) => paymentStatus === 'PAID');

describe('money that comes late buys the goods that lie in the buyer’s own cart', () => {
  it('which is given up for it', async () => {
    const buyer = await cameBack();
    await holdsAgain(buyer);

    await paysLate(buyer);

    expect(await isPaid(buyer)).toMatchObject({ status: 'PAID', refundedTotal: { amount: 0 } });
    expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 0/0']);
    expect(await linesOf(buyer.browser)).toEqual([]);
  });

  it('and leaves there what else lies in it, held as before', async () => {
    const buyer = await cameBack();
    await holdsAgain(buyer);
    const lamp = await variant(`LAMP-${randomUUID().slice(0, 8)}`, 2);
    expect(await add(buyer.browser, lamp)).toEqual([]);
    const [before] = await simulator.shop.sql<{ at: Date }>(
      `SELECT r.expires_at AS at FROM reservation r JOIN variant v ON v.id = r.variant_id WHERE v.sku = $1`,
      [(await driver.item(lamp)).productName],
    );

    await paysLate(buyer);

    await isPaid(buyer);
    expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 0/0']);
    expect(await driver.stockLevels(lamp)).toEqual(['main 2/1']);
    const [after] = await simulator.shop.sql<{ at: Date }>(
      `SELECT r.expires_at AS at FROM reservation r JOIN variant v ON v.id = r.variant_id WHERE v.sku = $1 AND r.status = 'ACTIVE'`,
      [(await driver.item(lamp)).productName],
    );
    expect(after?.at).toEqual(before?.at);
    // Its line stays, for the buyer decides about it; it says that there is nothing left.
    expect((await buyer.browser.ask('{ cart { warnings { code } } }')).cart.warnings).toEqual([
      { code: 'OUT_OF_STOCK' },
    ]);
  });

  it('also in the second cart, which the buyer had begun before the first came back', async () => {
    const buyer = await at.startCheckout({ stock: 1 });
    const lamp = await variant(`LAMP-${randomUUID().slice(0, 8)}`, 2);
    expect(await add(buyer.browser, lamp)).toEqual([]);
    await at.runOut(buyer);
    await simulator.shop.eventually(async () => (await linesOf(buyer.browser)).length === 2);
    expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 1/1']);

    await paysLate(buyer);

    expect(await isPaid(buyer)).toMatchObject({ refundedTotal: { amount: 0 } });
    expect(await driver.stockLevels(lamp)).toEqual(['main 2/1']);
  });

  it('also in the cart of the account that the guest has signed in to since', async () => {
    const buyer = await cameBack();
    const lamp = await variant(`LAMP-${randomUUID().slice(0, 8)}`, 2);
    const account = await simulator.shop.customer('bob@example.com', 'Bob@123');
    expect(await add(account, lamp)).toEqual([]);
    await buyer.browser.ask(LOGIN, { email: 'bob@example.com', password: 'Bob@123' });
    expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 1/1']);

    await paysLate(buyer);

    expect(await isPaid(buyer)).toMatchObject({ refundedTotal: { amount: 0 } });
    expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 0/0']);
    expect(await driver.stockLevels(lamp)).toEqual(['main 2/1']);
  });

  it('but never those in the cart of somebody else: then the money goes back and the own cart holds what it held', async () => {
    const [vase, bowl] = [`VASE-${randomUUID().slice(0, 8)}`, `BOWL-${randomUUID().slice(0, 8)}`];
    const [vaseId, bowlId] = [await variant(vase, 1), await variant(bowl, 1)];
    const browser = simulator.shop.guest();
    const email = `${vase.toLowerCase()}@example.test`;
    const cart = await readyCart(
      browser,
      [
        { variantId: vaseId, quantity: 1 },
        { variantId: bowlId, quantity: 1 },
      ],
      email,
    );
    const key = randomUUID();
    const answer = await complete(browser, cart, key);
    const buyer: Buyer = {
      ...{ browser, cart, key, answer, sku: vase, email, orderId: answer.order.id },
      token: answer.orderToken,
      secret: answer.paymentSession.clientSecret,
      variantId: vaseId,
    };
    await at.runOut(buyer);
    await simulator.shop.eventually(async () => (await linesOf(browser)).length === 2);
    const stranger = simulator.shop.guest();
    expect(await add(stranger, bowlId)).toEqual([]);
    const [line] = (await linesOf(browser)).filter(({ variant }) => variant.sku === vase);
    await browser.ask(SET, { id: line?.['id'], quantity: 1 });
    expect(await driver.stockLevels(vaseId)).toEqual(['main 1/1']);

    await paysLate(buyer);

    await simulator.shop.eventually(async () => (await simulator.refundsOf(buyer.secret)).length === 1);
    expect(await driver.stockLevels(vaseId)).toEqual(['main 1/1']);
    expect(await driver.stockLevels(bowlId)).toEqual(['main 1/1']);
    expect((await linesOf(browser)).length).toBe(2);
    expect((await linesOf(stranger)).length).toBe(1);
  });

  it('while the buyer is changing that very cart', async () => {
    const buyers = await Promise.all(Array.from({ length: 8 }, () => cameBack()));

    await Promise.all(
      buyers.map(async (buyer, i) => {
        const [line] = await linesOf(buyer.browser);
        const touch = (quantity: number): Promise<unknown> =>
          buyer.browser.ask(SET, { id: line?.['id'], quantity }).catch(() => undefined);
        await simulator.succeedAgainstAllOdds(buyer.secret);
        await Promise.all([
          touch(1),
          new Promise((resolve) => setTimeout(resolve, i * 3)).then(() => simulator.call(buyer.secret)),
          touch(1),
          driver.run('inventory.expire-holds'),
          touch(1),
        ]);
      }),
    );

    for (const buyer of buyers) {
      expect(await isPaid(buyer)).toMatchObject({ refundedTotal: { amount: 0 } });
      expect(await driver.stockLevels(buyer.variantId)).toEqual(['main 0/0']);
    }
  });

  it('and the ledger balances', () => assertLedgerBalances(simulator.shop));
});
