import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertBooksBalance } from '../support/books-balance.js';
import { GOOD_CARD, payWith } from '../support/checkout.js';
import { accepted, codes, Desk, shelfOf, tokenOf } from '../support/desk.js';
import type { Answer } from '../support/graphql-client.js';
import { TestShop } from '../support/test-shop.js';

let shop: TestShop;
let desk: Desk;
let made = 0;

beforeAll(async () => {
  shop = await TestShop.open();
  desk = await Desk.open(shop);
});
afterAll(() => shop.close());

interface Article {
  readonly sku: string;
  readonly variantId: string;
}

async function article(price = 30_000, stock = 10): Promise<Article> {
  const sku = `SWAP-${++made}`;
  return { sku, variantId: await shop.stock({ name: `Thing ${made}`, sku, price, stock }) };
}

const RETURN = `return { id state version exchangeOrder { id number status source total { gross { amount } } discount { amount } }
  value { amount } } order { refundedTotal { amount } } errors { code message }`;

/** A paid and shipped order of one article, all of which arrived back at the shop and is wanted as another one. */
async function cameBack(
  bought: Article,
  wanted: Article,
  quantity = 1,
): Promise<{ order: Answer; back: Answer }> {
  const sent = accepted(
    await desk.send(await desk.drafted([{ variantId: bought.variantId, quantity }])),
  ).order;
  const token = tokenOf(sent.paymentLink);
  accepted(await payWith(shop.guest(), (await desk.session(sent)).clientSecret, GOOD_CARD));
  const shipped = accepted(await desk.ship(await desk.look(sent))).order;
  const { shipments } = (
    await desk.browser.ask('query($id: ID!) { order(id: $id) { shipments { id } } }', { id: sent.id })
  ).order;
  await staff(
    'shipmentUpdate',
    'ShipmentUpdateInput',
    { shipmentId: shipments[0].id, status: 'DELIVERED' },
    'errors { code }',
  );
  const asked = await shop
    .guest()
    .ask(
      `mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { return { id lines { id } } errors { code message } } }`,
      {
        input: {
          orderToken: token,
          lines: [{ orderLineId: shipped.lines[0].id, quantity, exchangeVariantId: wanted.variantId }],
          reason: 'DOES_NOT_FIT',
          resolution: 'EXCHANGE',
          idempotencyKey: randomUUID(),
        },
      },
    );
  const { id, lines } = accepted(asked.returnRequest).return;
  const approved = await staff('returnApprove', 'ReturnDecisionInput', { returnId: id, ...once(1) });
  const received = await staff('returnReceive', 'ReturnReceiveInput', {
    returnId: id,
    ...once(approved.return.version),
    lines: [{ returnLineId: lines[0].id, received: quantity, restocked: quantity }],
  });
  return { order: await desk.look(sent), back: received.return };
}

const once = (expectedVersion: number): object => ({ expectedVersion, idempotencyKey: randomUUID() });

async function staff(name: string, type: string, input: object, fields = RETURN): Promise<Answer> {
  const mutation = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  return accepted((await desk.browser.ask(mutation, { input }))[name]);
}

async function exchange(back: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> {
  const mutation = `mutation($input: ReturnExchangeInput!) { returnExchange(input: $input) { ${RETURN} } }`;
  const input = { returnId: back.id, expectedVersion: back.version, idempotencyKey };
  return (await desk.browser.ask(mutation, { input })).returnExchange;
}

describe('goods that came back for others', () => {
  it('go out again at once when they cost the same, however often staff presses', async () => {
    const [small, large] = [await article(), await article()];
    const { order, back } = await cameBack(small, large);
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(back, key)));

    const [first] = answers.map((answer) => accepted(answer).return);
    expect(new Set(answers.map((answer) => answer.return.exchangeOrder.number)).size).toBe(1);
    expect(first).toMatchObject({
      state: 'EXCHANGED',
      exchangeOrder: {
        status: 'PAID',
        source: 'EXCHANGE',
        total: { gross: { amount: 0 } },
        discount: { amount: 30_000 },
      },
    });
    expect(await shelfOf(shop, small.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await shelfOf(shop, large.sku)).toEqual({ onHand: 9, reserved: 0 });
    expect((await desk.look(order)).refundedTotal.amount).toBe(0);
    accepted(await desk.ship(await desk.look(first.exchangeOrder)));
  });

  it('ask for the difference by link when the others are dearer', async () => {
    const [small, large] = [await article(30_000), await article(35_000)];
    const { back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({ status: 'PENDING_PAYMENT', total: { gross: { amount: 5_000 } } });
    expect(await shelfOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 1 });
    const { clientSecret } = await desk.session(exchangeOrder);
    accepted(await payWith(shop.guest(), clientSecret, GOOD_CARD));
    expect(await desk.look(exchangeOrder)).toMatchObject({ status: 'PAID', paymentLink: null });
  });

  it('can still be paid back when the difference never comes', async () => {
    const [small, large] = [await article(30_000), await article(35_000)];
    const { order, back } = await cameBack(small, large);
    const { exchangeOrder } = accepted(await exchange(back)).return;
    const refundable = async (): Promise<number> =>
      (
        await desk.browser.ask('query($id: ID!) { order(id: $id) { refundable { amount } } }', {
          id: order.id,
        })
      ).order.refundable.amount;
    const spent = await refundable();

    shop.clock.advance(4 * 86_400_000);
    await shop.shop.orders.closing.expireDue();
    shop.clock.advance(-4 * 86_400_000);

    expect((await desk.look(exchangeOrder)).status).toBe('EXPIRED');
    expect(await shelfOf(shop, large.sku)).toEqual({ onHand: 10, reserved: 0 });
    expect(await refundable()).toBe(spent + 30_000);
  });

  it('give back what the others do not use up when they are cheaper', async () => {
    const [small, large] = [await article(30_000), await article(12_500)];
    const { order, back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({
      status: 'PAID',
      total: { gross: { amount: 0 } },
      discount: { amount: 12_500 },
    });
    await shop.eventually(async () => (await desk.look(order)).refundedTotal.amount === 17_500);
  });

  it('are not charged a few bani: the shop gives them', async () => {
    const [small, large] = [await article(30_000), await article(30_050)];
    const { back } = await cameBack(small, large);

    const { exchangeOrder } = accepted(await exchange(back)).return;

    expect(exchangeOrder).toMatchObject({
      status: 'PAID',
      total: { gross: { amount: 0 } },
      discount: { amount: 30_050 },
    });
  });

  it('wait when the others are not there', async () => {
    const [small, large] = [await article(), await article(30_000, 0)];
    const { back } = await cameBack(small, large);

    const refused = await exchange(back);

    expect(codes(refused)).toEqual(['INSUFFICIENT_STOCK']);
    expect(
      (await shop.sql(`SELECT 1 FROM order_return WHERE state = 'EXCHANGED' AND exchange_order_id IS NULL`))
        .length,
    ).toBe(0);
  });
});

it('leaves the books balanced', async () => {
  await assertBooksBalance(shop);
});
