import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertBooksBalance } from '../support/books-balance.js';
import { accepted, Desk } from '../support/desk.js';
import type { Answer, GraphqlClient } from '../support/graphql-client.js';
import { TestShop } from '../support/test-shop.js';

let shop: TestShop;
let desk: Desk;
let staff: GraphqlClient;
let made = 0;
beforeAll(async () => {
  shop = await TestShop.open();
  desk = await Desk.open(shop);
  staff = desk.browser;
}, 60_000);
afterAll(() => shop.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version refundable { amount } refundedTotal { amount }
  shipping { gross { amount } } total { gross { amount } tax { amount } } lines { id total { gross { amount } } }
  refunds { amount { amount } } } }`;
const PREVIEW = `query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { amount { amount } tax { amount } } }`;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { order { id version } refund { amount { amount } }
  errors { code message } } }`;
const RETURN = `return { id state version value { amount } lines { id } exchangeOrder { id discount { amount } } } errors { code message }`;

interface Bought {
  readonly price: number;
  readonly quantity: number;
}

/** An order that staff wrote with a discount, and that is paid: every line is on it in the order that is given. */
async function paid(goods: readonly Bought[], discount: number): Promise<Answer> {
  const lines: { variantId: string; quantity: number }[] = [];
  for (const { price, quantity } of goods) {
    const sku = `WORTH-${++made}`;
    lines.push({ variantId: await shop.stock({ name: sku, sku, price, stock: 50 }), quantity });
  }
  const { order } = accepted(await desk.markPaid(await desk.drafted(lines, { discount })));
  return read(order.id);
}

const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;

/** The order once the provider has said what became of all that was given back. */
const settled = (order: Answer): Promise<Answer> =>
  shop.eventually(async () => {
    const now = await read(order.id);
    return now.refundedTotal.amount === given(now) && now;
  });

const given = ({ refunds }: Answer): number =>
  refunds.reduce((sum: number, { amount }: Answer) => sum + amount.amount, 0);

const units = (
  order: Answer,
  line: number,
  quantity: number,
): { orderLineId: string; quantity: number }[] => [{ orderLineId: order.lines[line].id, quantity }];

/** What the preview says would go back for units of a line. */
async function foreseen(order: Answer, line: number, quantity: number): Promise<number> {
  const input = { orderId: order.id, lines: units(order, line, quantity) };
  return (await staff.ask(PREVIEW, { input })).orderRefundPreview.amount.amount;
}

/** Gives the money for units of a line back, as much as the preview said. */
async function refunded(order: Answer, line: number, quantity: number): Promise<number> {
  const { version } = await settled(order);
  const input = { orderId: order.id, lines: units(order, line, quantity) };
  const before = await foreseen(order, line, quantity);
  const given = accepted(
    (await staff.ask(REFUND, { input: { ...input, expectedVersion: version, idempotencyKey: randomUUID() } }))
      .orderRefund,
  );
  expect(given.refund.amount.amount).toBe(before);
  return before;
}

/** Units of a line that were sent back and arrived. */
async function sentBack(order: Answer, line: number, quantity: number): Promise<Answer> {
  await settled(order);
  await shipped(order);
  const token = shop.shop.orders.tokens.sign(await localIdOf(order));
  const asked = await shop
    .guest()
    .ask(`mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { ${RETURN} } }`, {
      input: {
        orderToken: token,
        lines: units(order, line, quantity),
        reason: 'CHANGED_MIND',
        resolution: 'REFUND',
        idempotencyKey: randomUUID(),
      },
    });
  const requested = accepted(asked.returnRequest).return;
  const approved = await settle('returnApprove', 'ReturnDecisionInput', { ...requested, version: 1 });
  return settle('returnReceive', 'ReturnReceiveInput', approved, {
    lines: [{ returnLineId: approved.lines[0].id, received: quantity, restocked: quantity }],
  });
}

async function shipped(order: Answer): Promise<void> {
  const { id } = order;
  const parcels = 'query($id: ID!) { order(id: $id) { shipments { id } } }';
  if ((await staff.ask(parcels, { id })).order.shipments.length > 0) return;
  accepted(await desk.ship(await desk.look(order)));
  const { shipments } = (await staff.ask(parcels, { id })).order;
  const input = { shipmentId: shipments[0].id, status: 'DELIVERED' };
  const deliver = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }`;
  accepted((await staff.ask(deliver, { input })).shipmentUpdate);
}

async function localIdOf({ id }: Answer): Promise<string> {
  const { number } = (await staff.ask('query($id: ID!) { order(id: $id) { number } }', { id })).order;
  return (await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE number = $1', [number]))[0]!.id;
}

async function settle(name: string, type: string, back: Answer, more: object = {}): Promise<Answer> {
  const mutation = `mutation($input: ${type}!) { ${name}(input: $input) { ${RETURN} } }`;
  const input = {
    returnId: back.id,
    expectedVersion: back.version,
    idempotencyKey: randomUUID(),
    ...more,
  };
  return accepted((await staff.ask(mutation, { input }))[name]).return;
}

const paidBack = async (order: Answer): Promise<number> => given(await settled(order));

describe('a line under a discount', () => {
  it('is worth what was paid for it: each of the lines goes back, and no line takes the money of another', async () => {
    const order = await paid(
      [
        { price: 10_000, quantity: 1 },
        { price: 20_000, quantity: 1 },
      ],
      3_000,
    );

    expect(await refunded(order, 0, 1)).toBe(9_000);
    expect(await refunded(order, 1, 1)).toBe(18_000);
    expect((await read(order.id)).refundable.amount).toBe(order.shipping.gross.amount);
  });

  it('goes back alone though its discount is half of it', async () => {
    const order = await paid([{ price: 10_000, quantity: 1 }], 5_000);

    expect(await refunded(order, 0, 1)).toBe(5_000);
  });

  it('carries its share of a discount of one ban, and the others do not', async () => {
    const order = await paid(
      [3_333, 3_333, 3_333].map((price) => ({ price, quantity: 1 })),
      1,
    );
    const worth = order.lines.map(({ total }: Answer) => total.gross.amount);

    const back = [await refunded(order, 0, 1), await refunded(order, 1, 1), await refunded(order, 2, 1)];

    expect([...worth].sort()).toEqual([3_332, 3_333, 3_333]);
    expect(back).toEqual(worth);
  });

  it('is worth half when one of two is sent back: what the return says is what is paid', async () => {
    const order = await paid([{ price: 10_000, quantity: 2 }], 5_000);
    const back = await sentBack(order, 0, 1);

    const done = await settle('returnRefund', 'ReturnRefundInput', back);

    expect([back.value.amount, done.value.amount, await paidBack(order)]).toEqual([7_500, 7_500, 7_500]);
  });
});

describe('the last unit of a line', () => {
  it('brings the rest that rounding kept, in a return too', async () => {
    const order = await paid([{ price: 1_999, quantity: 3 }], 580);
    expect(await refunded(order, 0, 2)).toBe(3_610);
    const last = await sentBack(order, 0, 1);

    expect(last.value.amount).toBe(1_807);
    await settle('returnRefund', 'ReturnRefundInput', last);
    expect(await paidBack(order)).toBe(5_417);
  });

  it('brings it in an exchange too: the credit is what a refund would have paid', async () => {
    const order = await paid([{ price: 6_666, quantity: 3 }], 1_000);
    expect(await refunded(order, 0, 2)).toBe(12_664);
    const last = await sentBack(order, 0, 1);

    const done = await settle('returnExchange', 'ReturnExchangeInput', last);

    // The piece costs 66.66 today; what it cost that day is the credit.
    expect([last.value.amount, done.value.amount, done.exchangeOrder.discount.amount]).toEqual([
      6_334, 6_334, 6_334,
    ]);
  });

  it('of a line that costs less than it has units goes back, with all that was paid', async () => {
    const order = await paid(
      [
        { price: 100, quantity: 3 },
        { price: 5_000, quantity: 1 },
      ],
      250,
    );
    const whole = order.lines[0].total.gross.amount;

    const back = [await refunded(order, 0, 1), await refunded(order, 0, 1), await refunded(order, 0, 1)];

    expect(back.reduce((sum, amount) => sum + amount)).toBe(whole);
  });
});

it('leaves the books balanced', async () => {
  await assertBooksBalance(shop);
});
