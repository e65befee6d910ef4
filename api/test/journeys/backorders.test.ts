import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { deadlocksDuring } from '@vitrine/testing/shop/deadlocks.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ORDER = `query($id: ID!) { order(id: $id) { id version status fulfillmentStatus lines { id quantity fulfilledQuantity backorderedQuantity } } }`;

let shop: TestShop;
let driver: StockDriver;
let main: string;
beforeAll(async () => {
  // Days pass in here; nobody is to sign in again.
  shop = await TestShop.open({ env: { ACCESS_TOKEN_MINUTES: '100000' } });
  driver = await StockDriver.at(shop);
  main = await driver.main();
});
afterAll(() => shop.close());

const seen = async ({ id }: Answer): Promise<Answer> => (await driver.staff.ask(ORDER, { id })).order;
const ship = async (order: Answer, lines?: { orderLineId: string; quantity: number }[]): Promise<Answer> =>
  (
    await driver.staff.ask(
      'mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { order { version fulfillmentStatus } errors { code message } } }',
      { input: { orderId: order.id, expectedVersion: order.version, lines } },
    )
  ).shipmentCreate;
const backorderable = async (sku: string, stock: number, limit: number | null): Promise<string> => {
  const variantId = await shop.stock({ name: sku, sku, price: 5000, stock });
  await driver.allowBackorders(variantId, limit);
  return variantId;
};

describe('selling what is still to come', () => {
  it('says so in the shop window, with the day, and warns of nothing in the cart', async () => {
    const teapot = await backorderable('BACK-TEAPOT', 1, 10);
    await buy(shop.guest(), [{ variantId: teapot, quantity: 1 }]);

    const { product } = await shop
      .guest()
      .ask(
        '{ product(slug: "back-teapot") { availability quickAddVariantId variants { id availability availableQuantity availableFrom stockPolicy } } }',
      );
    const cart = await readyCart(shop.guest(), [{ variantId: teapot, quantity: 3 }]);

    expect(product).toEqual({
      availability: 'BACKORDER',
      quickAddVariantId: teapot,
      variants: [
        {
          id: teapot,
          availability: 'BACKORDER',
          availableQuantity: 10,
          availableFrom: '2027-03-01',
          stockPolicy: null,
        },
      ],
    });
    expect(cart.lines).toMatchObject([{ quantity: 3 }]);
    expect(await driver.item(teapot)).toMatchObject({ onHand: 0, available: 0, backordered: 0 });
  });

  it('sends what is there and keeps the rest until it has come', async () => {
    const cup = await backorderable('BACK-CUP', 2, 10);
    const order = await seen(await buy(shop.guest(), [{ variantId: cup, quantity: 5 }]));
    const [line] = order.lines;
    expect(order).toMatchObject({ status: 'PAID', lines: [{ quantity: 5, backorderedQuantity: 3 }] });
    expect(await driver.item(cup)).toMatchObject({ onHand: 0, reserved: 0, backordered: 3 });

    const tooMany = await ship(order, [{ orderLineId: line.id, quantity: 3 }]);
    const there = await ship(order);
    const nothingLeft = await ship(await seen(order));
    await driver.receive(cup, main, 2);
    const twoMore = await ship(await seen(order));
    await driver.receive(cup, main, 4);
    const last = await ship(await seen(order));

    expect(tooMany.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(there.order.fulfillmentStatus).toBe('PARTIALLY_FULFILLED');
    expect(nothingLeft.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(twoMore.order.fulfillmentStatus).toBe('PARTIALLY_FULFILLED');
    expect(last.order.fulfillmentStatus).toBe('FULFILLED');
    expect(await seen(order)).toMatchObject({ lines: [{ fulfilledQuantity: 5, backorderedQuantity: 0 }] });
    expect(await driver.item(cup)).toMatchObject({ onHand: 3, available: 3, backordered: 0 });
  });

  it('serves those who wait in the order in which they bought, and nobody else before them', async () => {
    const vase = await backorderable('BACK-VASE', 0, null);
    const [first, second] = [
      await buy(shop.guest(), [{ variantId: vase, quantity: 2 }]),
      await buy(shop.guest(), [{ variantId: vase, quantity: 2 }]),
    ];

    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => driver.receive(vase, main, 3, key)));

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await seen(first)).lines).toMatchObject([{ backorderedQuantity: 0 }]);
    expect((await seen(second)).lines).toMatchObject([{ backorderedQuantity: 1 }]);
    expect(await driver.item(vase)).toMatchObject({ onHand: 0, available: 0, backordered: 1 });
  });

  it('promises no more than the limit, however many want it at once', async () => {
    const bowl = await backorderable('BACK-BOWL', 3, 4);
    const guests = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const browser = shop.guest();
        return { browser, cart: await readyCart(browser, [{ variantId: bowl, quantity: 1 }]) };
      }),
    );

    const answers = await Promise.all(guests.map(({ browser, cart }) => complete(browser, cart)));

    expect(answers.filter(({ order }) => order)).toHaveLength(7);
    for (const { order, errors } of answers) {
      if (!order) expect(errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: 0 }]);
    }
    expect(await driver.item(bowl)).toMatchObject({ onHand: 3, reserved: 3, backordered: 4 });
    expect(await shop.sql(`SELECT availability FROM product WHERE slug = 'back-bowl'`)).toEqual([
      { availability: 'SOLD_OUT' },
    ]);
  });

  it('takes back the promise when an order is not paid in time', async () => {
    const lamp = await backorderable('BACK-LAMP', 0, 1);
    const browser = shop.guest();
    await complete(browser, await readyCart(browser, [{ variantId: lamp, quantity: 1 }]));
    const late = shop.guest();
    const refused = await late.send(
      'mutation($id: ID!) { cartLineAdd(input: { variantId: $id }) { errors { code } } }',
      { id: lamp },
    );
    expect(refused.data['cartLineAdd'].errors).toEqual([{ code: 'INSUFFICIENT_STOCK' }]);

    shop.clock.advance(31 * 60_000);
    await driver.run('orders.expire');

    expect(await driver.item(lamp)).toMatchObject({ backordered: 0 });
    expect(await buy(late, [{ variantId: lamp, quantity: 1 }])).toMatchObject({ number: expect.any(String) });
  });

  it('lets go of the rest when the order is cancelled, and the next delivery is free for all', async () => {
    const jar = await backorderable('BACK-JAR', 1, 5);
    const order = await seen(await buy(shop.guest(), [{ variantId: jar, quantity: 3 }]));

    const { orderCancel } = await driver.staff.ask(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code message } } }',
      { input: { orderId: order.id, expectedVersion: order.version, idempotencyKey: randomUUID() } },
    );
    await driver.receive(jar, main, 4);

    expect(orderCancel.errors).toEqual([]);
    expect(await driver.item(jar)).toMatchObject({ onHand: 5, available: 5, backordered: 0 });
  });

  it('keeps no delivery for an order whose money went back in full', async () => {
    const pot = await backorderable('BACK-POT', 1, 5);
    const order = await seen(await buy(shop.guest(), [{ variantId: pot, quantity: 3 }]));
    const { order: money } = await driver.staff.ask(
      'query($id: ID!) { order(id: $id) { refundable { amount } } }',
      { id: order.id },
    );

    const { orderRefund } = await driver.staff.ask(
      'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code message } } }',
      {
        input: {
          orderId: order.id,
          expectedVersion: order.version,
          amount: money.refundable.amount,
          idempotencyKey: randomUUID(),
        },
      },
    );
    await shop.eventually(async () => (await seen(order)).status === 'REFUNDED');
    await driver.receive(pot, main, 4);

    expect(orderRefund.errors).toEqual([]);
    expect(await driver.item(pot)).toMatchObject({ onHand: 4, available: 4, backordered: 0 });
  });

  it('fills a promise at once when the goods came while the buyer was paying', async () => {
    const dish = await backorderable('BACK-DISH', 0, 5);
    const browser = shop.guest();
    const done = await complete(browser, await readyCart(browser, [{ variantId: dish, quantity: 2 }]));
    await driver.receive(dish, main, 3);

    await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);

    expect((await seen(done.order)).lines).toMatchObject([{ quantity: 2, backorderedQuantity: 0 }]);
    expect(await driver.item(dish)).toMatchObject({ onHand: 1, available: 1, backordered: 0 });
  });

  it('keeps a held unit that became free for the one who waits', async () => {
    const pan = await backorderable('BACK-PAN', 1, 5);
    const hesitant = shop.guest();
    await complete(hesitant, await readyCart(hesitant, [{ variantId: pan, quantity: 1 }]));
    const order = await buy(shop.guest(), [{ variantId: pan, quantity: 1 }]);
    expect((await seen(order)).lines).toMatchObject([{ backorderedQuantity: 1 }]);

    shop.clock.advance(31 * 60_000);
    await driver.run('orders.expire');

    expect((await seen(order)).lines).toMatchObject([{ backorderedQuantity: 0 }]);
    expect(await driver.item(pan)).toMatchObject({ onHand: 0, available: 0, backordered: 0 });
  });

  it('lets nobody wait while goods lie free, when payments, deliveries and a cancellation come at once', async () => {
    const rug = await backorderable('BACK-RUG', 2, null);
    const waiting = await seen(await buy(shop.guest(), [{ variantId: rug, quantity: 4 }]));
    const guests = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = shop.guest();
        const done = await complete(browser, await readyCart(browser, [{ variantId: rug, quantity: 1 }]));
        return { browser, secret: done.paymentSession.clientSecret as string, order: done.order };
      }),
    );

    await Promise.all([
      ...guests.map(({ browser, secret }) => payWith(browser, secret, GOOD_CARD)),
      ...[2, 3, 1].map((quantity) => driver.receive(rug, main, quantity)),
      driver.staff.ask(
        'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }',
        {
          input: {
            orderId: waiting.id,
            expectedVersion: waiting.version,
            idempotencyKey: randomUUID(),
          },
        },
      ),
    ]);

    const backordered = await Promise.all(
      guests.map(async ({ order }) => (await seen(order)).lines[0].backorderedQuantity),
    );
    // Two were there and six came; the first order gave its own back.
    expect(backordered.reduce((sum, units) => sum + units, 0)).toBe(0);
    expect(await driver.item(rug)).toMatchObject({ onHand: 0, available: 0, backordered: 0 });
  });

  it('lets deliveries, cancellations and refunds of those who wait pass each other', async () => {
    const saucer = await backorderable('BACK-SAUCER', 0, null);
    const waiting = await Promise.all(
      Array.from({ length: 12 }, async () =>
        seen(await buy(shop.guest(), [{ variantId: saucer, quantity: 2 }])),
      ),
    );
    const key = (order: Answer) => ({
      orderId: order.id,
      expectedVersion: order.version,
      idempotencyKey: randomUUID(),
    });
    const cancel = (order: Answer): Promise<Answer> =>
      driver.staff.ask(
        'mutation($input: OrderCancelInput!) { done: orderCancel(input: $input) { errors { code } } }',
        { input: key(order) },
      );
    const refund = (order: Answer): Promise<Answer> => {
      const lines = [{ orderLineId: order.lines[0].id, quantity: 2, restock: true }];
      return driver.staff.ask(
        'mutation($input: OrderRefundInput!) { done: orderRefund(input: $input) { errors { code } } }',
        { input: { ...key(order), lines } },
      );
    };
    const answers: Answer[] = [];

    const deadlocks = await deadlocksDuring(shop, async () => {
      answers.push(
        ...(await Promise.all([
          ...waiting.map((order, i) => (i % 2 ? cancel(order) : refund(order))),
          ...Array.from({ length: 24 }, async () => ({ done: await driver.receive(saucer, main, 1) })),
        ])),
      );
    });

    expect(answers.flatMap(({ done }) => done.errors)).toEqual([]);
    expect(deadlocks).toBe(0);
    // Whatever was filled before its buyer gave up is in stock again.
    expect(await driver.item(saucer)).toMatchObject({ onHand: 24, available: 24, backordered: 0 });
  });

  it('and in the end the ledger balances', () => assertLedgerBalances(shop));
});
