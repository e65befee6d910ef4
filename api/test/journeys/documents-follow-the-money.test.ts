import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertBooksBalance } from '../support/books-balance.js';
import { Counter, type Buyer } from '../support/buyers.js';
import { GOOD_CARD } from '../support/checkout.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { intentOf, openStripeTill, type Till } from '../support/till.js';

let till: Till;
let at: Counter;
let staff: GraphqlClient;
beforeAll(async () => {
  till = await openStripeTill({ env: { PAYMENT_CAPTURE: 'manual' } });
  at = new Counter(till);
  staff = await till.shop.staff();
});
afterAll(() => till.close());

/** Kinds and sums of the documents of an order, in the order of their numbers. */
const documentsOf = ({ email }: Buyer): Promise<{ kind: string; total: number }[]> =>
  till.shop.sql(
    `SELECT i.kind, i.total_gross::int AS total FROM invoice i JOIN shop_order o ON o.id = i.order_id
     WHERE o.email = $1 ORDER BY i.number`,
    [email],
  );

const untilDocuments = (buyer: Buyer, count: number): Promise<unknown> =>
  till.shop.eventually(async () => (await documentsOf(buyer)).length === count);

it('a payment that was taken in part and given back whole leaves no invoice over what never came in', async () => {
  const buyer = await at.paid(GOOD_CARD);
  const intent = till.stripe?.intents.get(intentOf(buyer.secret));
  Object.assign(intent ?? {}, { status: 'succeeded', amount_received: 7_990, amount_capturable: 0 });
  await till.call(buyer.secret);
  await at.until(buyer, ({ status }) => status === 'REVIEW');

  await at.staffDoes(staff, 'orderCancel', buyer);
  await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
  await assertBooksBalance(till.shop, till.stripe);

  expect(await documentsOf(buyer)).toEqual([]);
});

it('a refund that failed and arrived after all is credited once more', async () => {
  const buyer = await at.paid(GOOD_CARD);
  await at.staffDoes(staff, 'paymentCapture', buyer);
  await untilDocuments(buyer, 1);
  await at.staffDoes(staff, 'orderCancel', buyer);
  await untilDocuments(buyer, 2);
  const [refund = ''] = await till.refundsOf(buyer.secret);
  await till.failRefund(refund);
  await untilDocuments(buyer, 3);

  till.stripe?.changeRefund(refund, 'succeeded');
  await till.shop.shop.orders.sweep.run();
  await untilDocuments(buyer, 4);
  await till.failRefund(refund);
  await untilDocuments(buyer, 5);
  till.stripe?.changeRefund(refund, 'succeeded');
  await till.shop.shop.orders.sweep.run();
  await untilDocuments(buyer, 6);

  const [invoice, credit] = [
    { kind: 'INVOICE', total: 11_990 },
    { kind: 'CREDIT_NOTE', total: 11_990 },
  ];
  expect(await documentsOf(buyer)).toEqual([invoice, credit, invoice, credit, invoice, credit]);
});

it('leaves the books balanced', () => assertBooksBalance(till.shop, till.stripe));
