import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { GOOD_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import { accepted, codes, OrderEditingDriver, stockLevelOf } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';

let shop: TestShop;
let driver: OrderEditingDriver;
let made = 0;

beforeAll(async () => {
  shop = await TestShop.open();
  driver = await OrderEditingDriver.open(shop);
});
afterAll(() => shop.close());

interface Variant {
  readonly sku: string;
  readonly variantId: string;
}

async function variant(price = 10_000, stock = 5): Promise<Variant> {
  const sku = `DRAFT-${++made}`;
  return { sku, variantId: await shop.stock({ name: `Thing ${made}`, sku, price, stock }) };
}

const paidBy = async (order: Answer): Promise<Answer[]> =>
  shop.sql(
    `SELECT p.provider, p.method, p.status, p.amount::int AS amount FROM payment p JOIN shop_order o ON o.id = p.order_id
     WHERE o.number = $1 ORDER BY attempt`,
    [order.number],
  );

describe('staff draws up an order for a buyer on the phone', () => {
  it('says what it costs, what there is and how it can be delivered before anything is written', async () => {
    const mug = await variant(10_000, 5);
    const [pot, method] = [
      await variant(25_050, 2),
      (await driver.preview([{ variantId: mug.variantId, quantity: 1 }])).shippingMethods[0],
    ];
    const lines = [
      { variantId: mug.variantId, quantity: 2 },
      { variantId: pot.variantId, quantity: 1 },
    ];

    const preview = await driver.preview(lines, { shippingMethodId: method.id, discount: 5_000 });

    expect(preview.lines.map(({ availableQuantity }: Answer) => availableQuantity)).toEqual([5, 2]);
    expect(preview.discount.amount).toBe(5_000);
    expect(preview.subtotal.gross.amount).toBe(45_050 - 5_000);
    expect(preview.total.gross.amount).toBe(preview.subtotal.gross.amount + preview.shipping.gross.amount);
    expect(
      preview.taxLines.reduce((sum: number, { tax, base }: Answer) => sum + tax.amount + base.amount, 0),
    ).toBe(preview.total.gross.amount);
    const draft = await driver.drafted(lines, { shippingMethodId: method.id, discount: 5_000 });
    expect(draft.total).toEqual(preview.total);
    expect(draft).toMatchObject({ status: 'DRAFT', source: 'STAFF', paymentLink: null });
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('mails a link, holds the goods, and is an order like any other once it is paid', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 2 }]);

    const sent = accepted(await driver.send(draft)).order;

    expect(sent.status).toBe('PENDING_PAYMENT');
    expect(sent.paymentLink).toMatch(/\/checkout\/pay\//);
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 5, reserved: 2 });
    await shop.eventually(async () => {
      const mails = await shop.sql<{ body: string }>(`SELECT row_to_json(m)::text AS body FROM dev_inbox m`);
      return mails.some(({ body }) => body.includes(sent.paymentLink));
    });
    const session = await driver.session(sent);
    expect(session.amount.amount).toBe(draft.total.gross.amount);
    accepted(await payWith(shop.guest(), session.clientSecret, GOOD_CARD));
    const paid = await driver.look(sent);
    expect(paid).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', paymentLink: null });
    expect(paid.events.map(({ kind }: Answer) => kind)).toEqual(
      expect.arrayContaining(['CREATED', 'LINK_SENT', 'PAID']),
    );
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 3, reserved: 0 });
  });

  it('gives the goods back when nobody pays in the days that were agreed', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 5 }]);
    const sent = accepted(await driver.send(draft, { holdDays: 1 })).order;

    shop.clock.advance(25 * 3_600_000);
    await closeExpired(shop);
    shop.clock.advance(-25 * 3_600_000);

    expect((await driver.look(sent)).status).toBe('EXPIRED');
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('can be paid by hand, and is placed at once', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }], { note: 'Regular' });

    const paid = accepted(await driver.markPaid(draft, 'Cash at the fair')).order;

    expect(paid).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', note: 'Regular\nCash at the fair' });
    expect(await paidBy(paid)).toEqual([
      { provider: 'OFFLINE', method: 'MANUAL', status: 'CAPTURED', amount: draft.total.gross.amount },
    ]);
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 4, reserved: 0 });
  });

  it('asks nobody for money when the discount takes it all', async () => {
    const mug = await variant(60_000);
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }], { discount: 60_000 });
    const isFree = draft.total.gross.amount === 0;

    const sent = accepted(await (isFree ? driver.send(draft) : driver.markPaid(draft))).order;

    expect(sent.status).toBe('PAID');
    expect(sent.discount.amount).toBe(60_000);
  });

  it('is written anew with other goods, and sold as it then stands', async () => {
    const [mug, pot] = [await variant(), await variant(7_777)];
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 2 }]);

    const requested = await driver.draft(
      [
        { variantId: pot.variantId, quantity: 3 },
        { variantId: mug.variantId, quantity: 1 },
      ],
      { discount: 1, email: 'other@example.test' },
    );
    const changed = accepted(await driver.update(draft, requested)).order;

    expect(changed.lines.map(({ sku, quantity }: Answer) => [sku, quantity])).toEqual([
      [pot.sku, 3],
      [mug.sku, 1],
    ]);
    expect(changed.version).toBe(draft.version + 1);
    expect(codes(await driver.update(draft, requested))).toEqual(['STALE_VERSION']);
    expect(accepted(await driver.markPaid(changed)).order.status).toBe('PAID');
    expect(codes(await driver.update(accepted({ order: changed, errors: [] }).order, requested))).toEqual([
      'STALE_VERSION',
    ]);
  });

  it('is not sent at a price that is no longer true', async () => {
    const mug = await variant(10_000);
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }]);
    await shop.sql('UPDATE variant SET price = 12000 WHERE sku = $1', [mug.sku]);

    const refused = await driver.send(draft);

    expect(codes(refused)).toEqual(['PRICE_CHANGED']);
    expect(refused.errors[0].currentTotal.amount).toBe(draft.total.gross.amount + 2_000);
    expect((await driver.look(draft)).status).toBe('DRAFT');
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('is not sent when the goods are gone', async () => {
    const mug = await variant(10_000, 1);
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 2 }]);

    const refused = await driver.send(draft);

    expect(codes(refused)).toEqual(['INSUFFICIENT_STOCK']);
    expect(await paidBy(draft)).toEqual([]);
  });

  it('is seen by its customer once it was sent, and not before', async () => {
    const [mug, customer] = [await variant(), await shop.customer('bob@example.com', 'Bob@123')];
    const { me } = await customer.ask('{ me { id } }');
    const own = async (): Promise<string[]> =>
      (await customer.ask('{ myOrders { nodes { number } totalCount } }')).myOrders.nodes.map(
        ({ number }: Answer) => number,
      );
    const byId = async ({ id }: Answer): Promise<Answer> =>
      (await customer.ask('query($id: ID!) { myOrder(id: $id) { number } node(id: $id) { id } }', {
        id,
      })) as Answer;
    const lines = [{ variantId: mug.variantId, quantity: 1 }];
    const [draft, other] = [
      await driver.drafted(lines, { customerId: me.id }),
      await driver.drafted(lines, { customerId: me.id }),
    ];
    accepted(await driver.cancel(other));

    expect(await own()).toEqual([]);
    expect(await byId(draft)).toEqual({ myOrder: null, node: null });
    accepted(await driver.send(draft));
    expect(await own()).toEqual([draft.number]);
    expect((await byId(draft)).myOrder.number).toBe(draft.number);
  });

  it('is cancelled like any order, and then stays so', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }]);

    const gone = accepted(await driver.cancel(draft)).order;

    expect(gone.status).toBe('CANCELLED');
    expect(codes(await driver.send(gone))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it.each<[string, (draft: Answer) => Answer, string, string[] | null]>([
    [
      'a discount above the goods',
      (d) => ({ ...d, discount: 99_999_999 }),
      'INVALID_INPUT',
      ['draft', 'discount'],
    ],
    ['no lines', (d) => ({ ...d, lines: [] }), 'INVALID_INPUT', null],
    [
      'a variant twice',
      (d) => ({ ...d, lines: [d.lines[0], d.lines[0]] }),
      'INVALID_INPUT',
      ['draft', 'lines', '1', 'variantId'],
    ],
    ['a quantity of none', (d) => ({ ...d, lines: [{ ...d.lines[0], quantity: 0 }] }), 'INVALID_INPUT', null],
    [
      'a customer that is not there',
      (d) => ({ ...d, customerId: `user_${'0'.repeat(26)}` }),
      'NOT_FOUND',
      ['draft', 'customerId'],
    ],
    [
      'a delivery that does not go there',
      (d) => ({ ...d, shippingMethodId: `smth_${'0'.repeat(26)}` }),
      'NOT_FOUND',
      ['draft', 'shippingMethodId'],
    ],
    [
      'a postal code that is none',
      (d) => ({ ...d, shippingAddress: { ...d.shippingAddress, postalCode: '1' } }),
      'INVALID_POSTAL_CODE',
      ['draft', 'shippingAddress', 'postalCode'],
    ],
  ])('refuses %s', async (_what, spoil, code, path) => {
    const mug = await variant();
    const draft = await driver.draft([{ variantId: mug.variantId, quantity: 1 }]);

    const refused = await driver.create(spoil(draft));

    expect(codes(refused)).toContain(code);
    if (path) expect(refused.errors[0].path).toEqual(path);
  });
});

describe('the same request, again and again', () => {
  it('draws up one draft, sends it once and answers every repeat alike', async () => {
    const mug = await variant();
    const requested = await driver.draft([{ variantId: mug.variantId, quantity: 1 }]);
    const [createKey, sendKey] = [randomUUID(), randomUUID()];

    const drafts = await Promise.all(Array.from({ length: 50 }, () => driver.create(requested, createKey)));
    const numbers = new Set(drafts.map((draft) => accepted(draft).order.number));
    const [draft] = drafts as [Answer, ...Answer[]];
    const sendings = await Promise.all(
      Array.from({ length: 50 }, () => driver.send(draft.order, {}, sendKey)),
    );

    expect(numbers.size).toBe(1);
    for (const sending of sendings) {
      expect(accepted(sending).order).toMatchObject({
        number: draft.order.number,
        status: 'PENDING_PAYMENT',
      });
    }
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 5, reserved: 1 });
    expect(await paidBy(draft.order)).toHaveLength(1);
    expect(codes(await driver.create({ ...requested, note: 'another' }, createKey))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(codes(await driver.send(draft.order, { holdDays: 9 }, sendKey))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('marks a draft paid once, and updates it once', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }]);
    const requested = await driver.draft([{ variantId: mug.variantId, quantity: 2 }]);
    const [updateKey, paidKey] = [randomUUID(), randomUUID()];

    const updates = await Promise.all(
      Array.from({ length: 50 }, () => driver.update(draft, requested, updateKey)),
    );
    const changed = accepted(updates[0] as Answer).order;
    const paid = await Promise.all(
      Array.from({ length: 50 }, () => driver.markPaid(changed, 'Cash', paidKey)),
    );

    expect(new Set(updates.map((update) => accepted(update).order.version))).toEqual(
      new Set([draft.version + 1]),
    );
    expect(new Set(paid.map((answer) => accepted(answer).order.status))).toEqual(new Set(['PAID']));
    expect(await stockLevelOf(shop, mug.sku)).toEqual({ onHand: 3, reserved: 0 });
    expect(codes(await driver.markPaid(changed, 'Card', paidKey))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('sends a draft once when two of the staff press at the same time', async () => {
    const mug = await variant();
    const draft = await driver.drafted([{ variantId: mug.variantId, quantity: 1 }]);
    const colleague = await OrderEditingDriver.open(shop);

    const answers = await Promise.all([driver.send(draft), colleague.send(draft), colleague.markPaid(draft)]);

    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(['STALE_VERSION', 'STALE_VERSION']);
    expect(await paidBy(draft)).toHaveLength(1);
    const { onHand, reserved } = await stockLevelOf(shop, mug.sku);
    expect(onHand - reserved).toBe(4);
  });
});

it('leaves the ledger balanced', async () => {
  await assertLedgerBalances(shop);
});
