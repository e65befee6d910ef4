import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import {
  buy,
  complete,
  DECLINED_CARD,
  GOOD_CARD,
  payWith,
  readyCart,
} from '@vitrine/testing/drivers/checkout.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
});
afterAll(() => shop.close());

interface Level {
  on_hand: number;
  reserved: number;
}

const levelOf = async (sku: string): Promise<Level | undefined> =>
  (
    await shop.sql<Level>(
      'SELECT on_hand, reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0];

const orderByToken = async (token: string) =>
  (
    await shop
      .guest()
      .ask(
        'query($token: String!) { orderByToken(token: $token) { number status paymentStatus events { kind } payments { id } lines { productName quantity } } }',
        { token },
      )
  ).orderByToken;

describe('a guest who buys', () => {
  it('pays, gets one order, its confirmation and its invoice, and one unit less is in stock', async () => {
    const mug = await shop.stock({ name: 'Mug', sku: 'MUG-1', price: 8900, stock: 5 });

    const order = await buy(shop.guest(), [{ variantId: mug, quantity: 2 }], 'one@example.test');

    expect(await orderByToken(order.token)).toMatchObject({
      status: 'PAID',
      paymentStatus: 'PAID',
      lines: [{ productName: 'Mug', quantity: 2 }],
      payments: null,
    });
    expect(await levelOf('MUG-1')).toEqual({ on_hand: 3, reserved: 0 });
    const sent = await shop.eventually(async () => {
      const rows = await shop.sql<{ template: string }>(
        `SELECT template FROM email WHERE recipient = 'one@example.test' AND status = 'SENT'`,
      );
      return rows.length >= 2 && rows;
    });
    const inbox = (await (await fetch(`${shop.url}/dev/inbox.json`)).json()) as { to: string }[];
    expect(sent.map(({ template }) => template).sort()).toEqual(['invoice-issued', 'order-confirmation']);
    expect(inbox.filter((mail) => mail.to === 'one@example.test')).toHaveLength(2);
  });

  it('makes one order when the button is pressed many times at once, with one key or several', async () => {
    const bowl = await shop.stock({ name: 'Bowl', sku: 'BOWL-1', price: 12_900, stock: 9 });
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId: bowl, quantity: 1 }]);
    const key = randomUUID();

    const answers = await Promise.all(
      [key, key, key, randomUUID(), randomUUID()].map((k) => complete(browser, cart, k)),
    );

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(answers.map(({ order }) => order.number)).size).toBe(1);
    expect(new Set(answers.map(({ paymentSession }) => paymentSession.clientSecret)).size).toBe(1);
    expect(await levelOf('BOWL-1')).toEqual({ on_hand: 9, reserved: 1 });
  });

  it('refuses a used key for another cart state and writes nothing', async () => {
    const vase = await shop.stock({ name: 'Vase', sku: 'VASE-1', price: 20_000, stock: 3 });
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId: vase, quantity: 1 }]);
    const key = randomUUID();
    await complete(browser, cart, key);

    const again = await complete(browser, { ...cart, version: cart.version + 1 }, key);

    expect(again.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(again.order).toBeNull();
    expect(await levelOf('VASE-1')).toEqual({ on_hand: 3, reserved: 1 });
  });

  it('tries another card after a decline, on the same order', async () => {
    const plate = await shop.stock({ name: 'Plate', sku: 'PLATE-1', price: 6900, stock: 2 });
    const browser = shop.guest();
    const done = await complete(browser, await readyCart(browser, [{ variantId: plate, quantity: 1 }]));

    const declined = await payWith(browser, done.paymentSession.clientSecret, DECLINED_CARD);
    const paid = await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
    const once = await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);

    expect(declined).toMatchObject({
      paymentStatus: { status: 'PENDING', canPay: true, order: { status: 'PENDING_PAYMENT' } },
      errors: [{ code: 'CARD_DECLINED' }],
    });
    expect(paid).toMatchObject({
      errors: [],
      paymentStatus: { status: 'CAPTURED', isFinal: true, order: { status: 'PAID' } },
    });
    expect(once).toMatchObject({ errors: [], paymentStatus: { status: 'CAPTURED' } });
    const kinds = (await orderByToken(done.orderToken)).events.map((event: { kind: string }) => event.kind);
    expect(kinds.filter((kind: string) => !['MAIL_SENT', 'INVOICED'].includes(kind))).toEqual([
      'CREATED',
      'PAYMENT_FAILED',
      'PAID',
    ]);
    expect(await levelOf('PLATE-1')).toEqual({ on_hand: 1, reserved: 0 });
  });

  it('is told the new total when a price changes behind the page, and nothing is held', async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'CUP-1', price: 5000, stock: 4 });
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId: cup, quantity: 1 }]);
    await shop.sql('UPDATE variant SET price = 5500 WHERE sku = $1', ['CUP-1']);

    const refused = await complete(browser, cart);

    expect(refused.errors).toMatchObject([
      { code: 'PRICE_CHANGED', currentTotal: { amount: cart.total.gross.amount + 500 } },
    ]);
    expect(await levelOf('CUP-1')).toEqual({ on_hand: 4, reserved: 0 });
  });

  it('cannot pay with a real card number where only tests are taken', async () => {
    const tile = await shop.stock({ name: 'Tile', sku: 'TILE-1', price: 5000, stock: 4 });
    const browser = shop.guest();
    const done = await complete(browser, await readyCart(browser, [{ variantId: tile, quantity: 1 }]));

    const refused = await payWith(browser, done.paymentSession.clientSecret, '4111 1111 1111 1111');

    expect(refused.errors).toMatchObject([{ code: 'UNKNOWN_TEST_CARD' }]);
  });
});

describe('the last pieces', () => {
  it('go to exactly as many guests as there are pieces', async () => {
    const lamp = await shop.stock({ name: 'Lamp', sku: 'LAMP-1', price: 30_000, stock: 5 });
    const guests = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const browser = shop.guest();
        return {
          browser,
          cart: await readyCart(browser, [{ variantId: lamp, quantity: 1 }], `race${i}@example.test`),
        };
      }),
    );

    const answers = await Promise.all(guests.map(({ browser, cart }) => complete(browser, cart)));

    expect(answers.filter(({ order }) => order !== null)).toHaveLength(5);
    const userErrors = answers.flatMap(({ errors }) => errors);
    expect(userErrors).toHaveLength(15);
    expect(new Set(userErrors.map(({ code }) => code))).toEqual(new Set(['INSUFFICIENT_STOCK']));
    expect(await levelOf('LAMP-1')).toEqual({ on_hand: 5, reserved: 5 });
  });

  it('do not stop a shop with few connections: twelve guests at once share two', async () => {
    const small = await shop.beside({ worker: false, env: { DATABASE_POOL_SIZE: '2' } });
    const jug = await shop.stock({ name: 'Jug', sku: 'JUG-1', price: 9000, stock: 12 });

    const orders = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        buy(small.guest(), [{ variantId: jug, quantity: 1 }], `few${i}@example.test`),
      ),
    );

    await small.close();
    expect(new Set(orders.map(({ number }) => number)).size).toBe(12);
    expect(await levelOf('JUG-1')).toEqual({ on_hand: 0, reserved: 0 });
  });
});

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(shop);
});
