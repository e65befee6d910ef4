import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  // The worker sends statements whenever it likes; what staff waits for has none of them.
  shop = await TestShop.open({ worker: false });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const EVERYTHING = `number actions staffActions refundable { amount }
  refunds { id status lines { quantity orderLine { sku } } }
  lines { sku refundedQuantity returnableQuantity discount { amount } }
  returns { number value { amount } order { number } lines { quantity orderLine { sku } exchangeVariant { sku } } photos { url } refund { status } exchangeOrder { number } }`;

/** An order of which one unit was paid back and another is wanted back. */
async function eventful(i: number): Promise<void> {
  const variantId = await shop.stock({ name: `Few ${i}`, sku: `FEW-${i}`, price: 1000, stock: 9 });
  const { id, token } = await buy(shop.guest(), [{ variantId, quantity: 3 }], `few${i}@example.test`);
  const look = `query($id: ID!) { order(id: $id) { version lines { id } } }`;
  const { version, lines } = (await staff.ask(look, { id })).order;
  const one = [{ orderLineId: lines[0].id, quantity: 1 }];
  const ship = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { order { version } errors { code } } }`;
  const two = [{ orderLineId: lines[0].id, quantity: 2 }];
  const sent = await staff.ask(ship, { input: { orderId: id, expectedVersion: version, lines: two } });
  const idempotencyKey = randomUUID();
  const refund = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`;
  const expectedVersion = sent.shipmentCreate.order.version as number;
  const refunded = await staff.ask(refund, {
    input: { orderId: id, expectedVersion, lines: one, idempotencyKey },
  });
  const requested = `mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { errors { code } } }`;
  const asked = await shop.guest().ask(requested, {
    input: { orderToken: token, lines: one, reason: 'OTHER', resolution: 'REFUND', idempotencyKey },
  });
  expect(
    [sent.shipmentCreate, refunded.orderRefund, asked.returnRequest].flatMap(({ errors }) => errors),
  ).toEqual([]);
}

it('asks the database as often for five orders as for one, whatever happened to them', async () => {
  for (let i = 0; i < 5; i++) await eventful(i);
  const page = (first: number) =>
    countStatements(() => staff.ask(`{ orders(first: ${first}) { nodes { ${EVERYTHING} } } }`));
  // The session of staff is read again every five seconds, so one page of two in a row may have a statement more.
  const least = async (first: number): Promise<Awaited<ReturnType<typeof page>>> => {
    const [earlier, later] = [await page(first), await page(first)];
    return earlier.count <= later.count ? earlier : later;
  };
  await page(1);

  const one = await least(1);
  const five = await least(5);

  expect(five.result.orders.nodes).toHaveLength(5);
  expect(five.result.orders.nodes[0]).toMatchObject({
    staffActions: ['REFUND'],
    refunds: [{ lines: [{ quantity: 1 }] }],
    returns: [{ lines: [{ quantity: 1 }] }],
  });
  expect(five.texts.length, five.texts.join('\n')).toBe(one.texts.length);
  expect(five.count).toBeLessThanOrEqual(14);
});
