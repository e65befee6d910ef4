import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { defineModule, handleCartPriced, localId, type PricePart } from '../../src/plugin/index.js';

/*
 * Orders of goods at two tax rates with a charge that follows them, one of a rate of its own, and a discount of a plugin,
 * and whatever staff does to them in whatever order: the audit finds nothing, no more goes back than came in, and once all
 * of it went back the documents come to nothing at each rate.
 */

const PARTS: readonly PricePart[] = [
  { kind: 'CHARGE', code: 'WRAP', name: { en: 'Gift wrap' }, amount: 777 },
  { kind: 'CHARGE', code: 'CARD', name: { en: 'Card' }, amount: 101, taxClass: 'standard' },
  { kind: 'DISCOUNT', code: 'CLUB', name: { en: 'Club' }, amount: 501 },
];
const plugin = defineModule({
  ...{ name: 'gift', dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [handleCartPriced({ read: () => Promise.resolve(null), price: () => PARTS })],
  }),
});

let shop: TestShop;
let staff: GraphqlClient;
let variants: string[];
beforeAll(async () => {
  shop = await TestShop.open({ modules: [plugin], env: { ACCESS_TOKEN_MINUTES: '100000' } });
  staff = await shop.staff();
  variants = [];
  for (const [i, price] of [1000, 2103, 349].entries())
    variants.push(await shop.stock({ name: `G${i}`, sku: `GIFT-${i}`, price, stock: 900 }));
  await shop.sql(`UPDATE product SET tax_class = 'reduced' WHERE slug = 'gift-1'`);
});
afterAll(() => shop.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version status total { gross { amount } } shipping { gross { amount } }
  refundable { amount } refundedTotal { amount } lines { id quantity total { gross { amount } } variant { id } }
  refunds { shippingAmount { amount } charges { code amount { amount } } } adjustments { code kind amount { amount } } } }`;
const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;

let made = 0;
async function bought(): Promise<Answer> {
  const browser = shop.guest();
  const lines = variants.map((variantId, i) => ({ variantId, quantity: i + 1 }));
  const done = await complete(browser, await readyCart(browser, lines, `gift${++made}@example.test`));
  await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
  return read(done.order.id);
}

const step = fc.record({
  kind: fc.constantFrom('charge', 'charge', 'line', 'delivery', 'amount', 'all', 'edit', 'ship', 'cancel'),
  which: fc.nat(2),
  size: fc.integer({ min: 1, max: 100 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const part = (whole: number, size: number): number => Math.max(1, Math.ceil((whole * size) / 100));

/** What one step asks for; most of it is refused at some time. */
function requestOf(
  order: Answer,
  { kind, which, size }: Step,
): { name: string; type: string; input: object } {
  const charges = order.adjustments.filter(({ kind: of }: Answer) => of === 'CHARGE');
  const line = order.lines[which % order.lines.length];
  const refund = (input: object) => ({ name: 'orderRefund', type: 'OrderRefundInput', input });
  const charge = charges[which % charges.length];
  switch (kind) {
    case 'charge':
      return refund({ charges: [{ code: charge.code, amount: part(charge.amount.amount, size) }] });
    case 'line':
      return refund({ lines: [{ orderLineId: line.id, quantity: 1 }] });
    case 'delivery':
      return refund({ shipping: part(order.shipping.gross.amount, size) });
    case 'amount':
      return refund({ amount: part(order.refundable.amount, Math.ceil(size / 4)) });
    case 'all':
      return refund({
        lines: order.lines.map(({ id, quantity }: Answer) => ({ orderLineId: id, quantity })),
        charges: charges.map(({ code, amount }: Answer) => ({ code, amount: amount.amount })),
      });
    case 'edit': {
      const lines = order.lines.map(({ variant, quantity }: Answer, i: number) => ({
        ...{ variantId: variant.id, quantity: i === which ? Math.max(1, quantity - 1) : quantity },
      }));
      return { name: 'orderEdit', type: 'OrderEditInput', input: { lines } };
    }
    case 'ship':
      return {
        ...{ name: 'shipmentCreate', type: 'ShipmentCreateInput' },
        input: { lines: [{ orderLineId: line.id, quantity: 1 }] },
      };
    default:
      return { name: 'orderCancel', type: 'OrderCancelInput', input: {} };
  }
}

async function act(id: string, wanted: Step): Promise<string[]> {
  const order = await read(id);
  const { name, type, input } = requestOf(order, wanted);
  const base = {
    ...{ orderId: id, idempotencyKey: randomUUID(), expectedVersion: order.version },
    ...input,
  };
  const whole = name === 'orderEdit' ? { ...base, expectedTotal: await totalAfter(id, input) } : base;
  const text = `mutation($input: ${type}!) { ${name}(input: $input) { errors { code } } }`;
  return (await staff.ask(text, { input: whole }))[name].errors.map(({ code }: Answer) => code);
}

async function totalAfter(id: string, input: object): Promise<number> {
  const text = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } } }`;
  const { data } = await staff.send(text, { input: { orderId: id, ...input } });
  return data?.orderEditPreview?.totalAfter.amount ?? 0;
}

/** All money that is left goes back as one sum: then nothing is documented at any tax rate, neither money nor tax. */
async function giveBackTheRest(id: string): Promise<void> {
  const { version: expectedVersion, refundable } = await read(id);
  const rest = { orderId: id, expectedVersion, idempotencyKey: randomUUID(), amount: refundable.amount };
  if (refundable.amount > 0) await staff.do('orderRefund', 'OrderRefundInput', rest);
  await workIsDone(shop);
  const left = await shop.sql<{ rate: string }>(
    `SELECT l ->> 'basisPoints' AS rate, sum(sign * (l ->> 'gross')::bigint)::int AS gross, sum(sign * (l ->> 'net')::bigint)::int AS net
     FROM invoice i, jsonb_array_elements(i.content -> 'lines') AS l, LATERAL (SELECT CASE i.kind WHEN 'INVOICE' THEN 1 ELSE -1 END AS sign) s
     WHERE i.order_id = $1 GROUP BY 1`,
    [localId('ord', id)],
  );
  expect(left).toEqual(left.map(({ rate }) => ({ rate, gross: 0, net: 0 })));
}

it('never give back more than was paid, and all documents and sums agree, whatever staff does', async () => {
  const done: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 8 }), async (steps) => {
      const { id, total } = await bought();
      for (const wanted of steps) {
        const codes = await act(id, wanted);
        if (codes.length === 0) done[wanted.kind] = (done[wanted.kind] ?? 0) + 1;
        await workIsDone(shop);
        const after = await read(id);
        expect(after.refundedTotal.amount).toBeLessThanOrEqual(total.gross.amount);
        expect(after.refundable.amount).toBeGreaterThanOrEqual(0);
      }
      await giveBackTheRest(id);
      await assertLedgerBalances(shop);
    }),
    { numRuns: 4, endOnFailure: true },
  );
  // The steps are no good if most of them are refused.
  expect(Object.keys(done).length).toBeGreaterThanOrEqual(5);
});

it('take off charges what was not collected at the door beyond the goods and the delivery', async () => {
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId: variants[1] ?? '', quantity: 2 }], 'door@example.test');
  const { id } = (await complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY')).order;
  for (const status of ['DELIVERED', 'RETURNED']) {
    const { version: expectedVersion, lines } = await read(id);
    const parts = { orderId: id, expectedVersion, lines: [{ orderLineId: lines[0].id, quantity: 1 }] };
    const sent = await staff.do('shipmentCreate', 'ShipmentCreateInput', parts, 'shipment { id }');
    await staff.do('shipmentUpdate', 'ShipmentUpdateInput', { shipmentId: sent['shipment'].id, status });
  }
  const { version: expectedVersion, total, shipping, lines } = await read(id);
  const unit = Math.floor(lines[0].total.gross.amount / 2);
  const collected = total.gross.amount - unit - shipping.gross.amount - 300;

  await staff.do('paymentMarkReceived', 'PaymentMarkReceivedInput', {
    ...{ orderId: id, expectedVersion, idempotencyKey: randomUUID(), amount: collected },
  });
  await workIsDone(shop);

  const { refunds, status } = await read(id);
  expect(status).toBe('COMPLETED');
  expect(refunds).toMatchObject([
    {
      shippingAmount: shipping.gross,
      charges: [
        { code: 'gift.CARD', amount: { amount: 101 } },
        { code: 'gift.WRAP', amount: { amount: 199 } },
      ],
    },
  ]);
  await assertLedgerBalances(shop);
});
