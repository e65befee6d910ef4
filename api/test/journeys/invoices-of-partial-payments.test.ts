import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  intentOf,
  openStripePayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openStripePayments({ env: { PAYMENT_CAPTURE: 'manual' } });
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
});
afterAll(() => simulator.close());

/** Kinds and sums of the documents of an order, in the order of their numbers. */
const documentsOf = ({ email }: Buyer): Promise<{ kind: string; total: number }[]> =>
  simulator.shop.sql(
    `SELECT i.kind, i.total_gross::int AS total FROM invoice i JOIN shop_order o ON o.id = i.order_id
     WHERE o.email = $1 ORDER BY i.number`,
    [email],
  );

const untilDocuments = (buyer: Buyer, count: number): Promise<unknown> =>
  simulator.shop.eventually(async () => (await documentsOf(buyer)).length === count);

/** Staff captures only a part at the provider's dashboard. */
async function takenInPart(buyer: Buyer, amount: number): Promise<void> {
  const intent = simulator.stripe?.intents.get(intentOf(buyer.secret));
  Object.assign(intent ?? {}, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
  await simulator.call(buyer.secret);
  await at.until(buyer, ({ status }) => status === 'REVIEW');
}

it('a payment that was taken in part and given back whole leaves no invoice over what never came in', async () => {
  const buyer = await at.paid(GOOD_CARD);
  await takenInPart(buyer, 7_990);

  await at.staffDoes(staff, 'orderCancel', buyer);
  await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
  await assertLedgerBalances(simulator.shop, simulator.stripe);

  expect(await documentsOf(buyer)).toEqual([]);
});

it('a payment that was taken in part and accepted is invoiced once, over what came in, and the order is placed once', async () => {
  const buyer = await at.paid(GOOD_CARD);
  expect(await at.updates(buyer, 'order.placed')).toHaveLength(1);
  await takenInPart(buyer, 7_990);
  const version = await at.version(buyer);

  const accept = `mutation($input: PaymentAcceptInput!) { paymentAccept(input: $input) { order { status } errors { code } } }`;
  const input = { orderId: buyer.orderId, expectedVersion: version, expectedAmount: 7_990 };
  const answers = await Promise.all(
    ['first-key', 'second-key'].map((idempotencyKey) =>
      staff.ask(accept, { input: { ...input, idempotencyKey } }),
    ),
  );

  expect(answers.map(({ paymentAccept }) => paymentAccept.errors[0]?.code).sort()).toEqual([
    'STALE_VERSION',
    undefined,
  ]);
  await untilDocuments(buyer, 1);
  await assertLedgerBalances(simulator.shop, simulator.stripe);
  expect(await documentsOf(buyer)).toEqual([{ kind: 'INVOICE', total: 7_990 }]);
  expect(await at.updates(buyer, 'order.placed')).toHaveLength(1);
  expect(await at.order(buyer)).toMatchObject({ status: 'PAID', total: { gross: { amount: 7_990 } } });
  expect(await at.stockLevel(buyer)).toEqual({ on_hand: 2, reserved: 0 });
  const mails = await simulator.shop.sql(
    `SELECT template FROM email WHERE recipient = $1 AND template IN ('order-confirmation', 'payment-received') ORDER BY created_at`,
    [buyer.email],
  );
  expect(mails).toEqual([{ template: 'order-confirmation' }, { template: 'payment-received' }]);
});

it('a refund that failed and arrived after all is credited once more', async () => {
  const buyer = await at.paid(GOOD_CARD);
  await at.staffDoes(staff, 'paymentCapture', buyer);
  await untilDocuments(buyer, 1);
  await at.staffDoes(staff, 'orderCancel', buyer);
  await untilDocuments(buyer, 2);
  const [refund = ''] = await simulator.refundsOf(buyer.secret);
  await simulator.failRefund(refund);
  await untilDocuments(buyer, 3);

  simulator.stripe?.changeRefund(refund, 'succeeded');
  await simulator.shop.shop.payments.stalePayments.run();
  await untilDocuments(buyer, 4);
  await simulator.failRefund(refund);
  await untilDocuments(buyer, 5);
  simulator.stripe?.changeRefund(refund, 'succeeded');
  await simulator.shop.shop.payments.stalePayments.run();
  await untilDocuments(buyer, 6);

  const [invoice, credit] = [
    { kind: 'INVOICE', total: 11_990 },
    { kind: 'CREDIT_NOTE', total: 11_990 },
  ];
  expect(await documentsOf(buyer)).toEqual([invoice, credit, invoice, credit, invoice, credit]);
});

it('leaves the ledger balanced', () => assertLedgerBalances(simulator.shop, simulator.stripe));
