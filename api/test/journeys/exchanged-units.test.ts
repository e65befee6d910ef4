import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { accepted } from '@vitrine/testing/drivers/order-editing.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import { localId } from '../../src/kernel/ids.js';

/* Units that were sent back to be exchanged while a part of them was refunded without the return. */

let simulator: PaymentSimulator;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openTestPayments({ env: { RETURN_DAYS: '365' } });
  staff = await simulator.shop.staff();
});
afterAll(() => simulator.close());

const ORDER = `query($id: ID!) { order(id: $id) { id version status refundable { amount } refundedTotal { amount } total { gross { amount } }
  lines { id quantity refundedQuantity } } }`;
const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;
const PREVIEW =
  'query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { amount { amount } } }';
const RETURN = 'return { id status version lines { id } exchangeOrder { id version lines { quantity } } }';

async function act(name: string, type: string, input: object, fields: string): Promise<Answer> {
  const text = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`;
  return accepted((await staff.ask(text, { input: { idempotencyKey: randomUUID(), ...input } }))[name]);
}
async function refundUnits(id: string, orderLineId: string, quantity: number): Promise<Answer> {
  const { version } = await read(id);
  const input = { orderId: id, expectedVersion: version, lines: [{ orderLineId, quantity }] };
  return act('orderRefund', 'OrderRefundInput', input, 'refund { id }');
}

/** Three units with their buyer, two of which the buyer sent back for others; both were refunded before they arrived. */
async function exchangedOfTwo(): Promise<{ id: string; line: string; secret: string; back: Answer }> {
  const { shop } = simulator;
  const variantId = await shop.stock({ name: 'Vase', sku: `X-${randomUUID()}`, price: 10_000, stock: 20 });
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 3 }], 'vase@example.test');
  const done = accepted(await complete(browser, cart));
  const secret = done.paymentSession.clientSecret as string;
  await payWith(browser, secret, GOOD_CARD);
  const { id } = done.order;
  const { version, lines } = await read(id);
  const line = lines[0].id as string;
  const shipment = { orderId: id, expectedVersion: version, lines: [{ orderLineId: line, quantity: 3 }] };
  await act('shipmentCreate', 'ShipmentCreateInput', shipment, 'order { id }');
  const asked = await browser.ask(
    `mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { ${RETURN} errors { code message } } }`,
    {
      input: {
        ...{
          orderToken: shop.shop.orders.tokens.sign(localId('ord', id) ?? ''),
          idempotencyKey: randomUUID(),
        },
        ...{ lines: [{ orderLineId: line, quantity: 2 }], reason: 'DOES_NOT_FIT', resolution: 'EXCHANGE' },
      },
    },
  );
  const { id: returnId, lines: units } = accepted(asked.returnRequest).return;
  const approved = await act(
    'returnApprove',
    'ReturnDecisionInput',
    { returnId, expectedVersion: 1 },
    RETURN,
  );
  await refundUnits(id, line, 2);
  await workIsDone(shop);
  const received = await act(
    'returnReceive',
    'ReturnReceiveInput',
    {
      ...{ returnId, expectedVersion: approved.return.version },
      lines: [{ returnLineId: units[0].id, received: 2, restocked: 2 }],
    },
    RETURN,
  );
  const { return: back } = await act(
    'returnExchange',
    'ReturnExchangeInput',
    { returnId, expectedVersion: received.return.version },
    RETURN,
  );
  return { id, line, secret, back };
}

it('of two units that arrived only the one whose money was still here is exchanged', async () => {
  const { id, back } = await exchangedOfTwo();

  expect(back).toMatchObject({ status: 'EXCHANGED', exchangeOrder: { lines: [{ quantity: 1 }] } });
  expect(await read(id)).toMatchObject({ lines: [{ refundedQuantity: 2 }] });
  await assertLedgerBalances(simulator.shop);
});

it('both refunded units can be refunded again, by line, after their refund failed', async () => {
  const { id, line, secret } = await exchangedOfTwo();
  await simulator.failRefund((await simulator.refundsOf(secret))[0] ?? '');
  await simulator.shop.eventually(async () => (await read(id)).refundedTotal.amount === 0);

  const of = (quantity: number) => ({ orderId: id, lines: [{ orderLineId: line, quantity }] });
  const { orderRefundPreview } = await staff.ask(PREVIEW, { input: of(2) });
  expect(orderRefundPreview.amount.amount).toBe(20_000);
  expect((await staff.send(PREVIEW, { input: of(3) })).errors).not.toEqual([]);

  await refundUnits(id, line, 2);
  await workIsDone(simulator.shop);
  expect(await read(id)).toMatchObject({
    refundedTotal: { amount: 20_000 },
    lines: [{ refundedQuantity: 2 }],
  });
  await assertLedgerBalances(simulator.shop);
});

it('when the exchange is cancelled, only the money of the exchanged unit goes back', async () => {
  const { id, back } = await exchangedOfTwo();
  const { id: orderId, version: expectedVersion } = back.exchangeOrder;
  await act('orderCancel', 'OrderCancelInput', { orderId, expectedVersion }, 'order { id }');
  await workIsDone(simulator.shop);

  expect(await read(id)).toMatchObject({
    refundedTotal: { amount: 30_000 },
    lines: [{ refundedQuantity: 3 }],
  });
  await assertLedgerBalances(simulator.shop);
});
