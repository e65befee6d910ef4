import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { openStripePayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
beforeAll(async () => {
  simulator = await openStripePayments();
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
});
afterAll(() => simulator.close());

const OF_ORDER = `payment_id IN (SELECT p.id FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.email = $1)`;
const stateOf = async ({ email }: Buyer): Promise<string | undefined> =>
  (await simulator.shop.sql<{ status: string }>(`SELECT status FROM refund WHERE ${OF_ORDER}`, [email]))[0]
    ?.status;

async function paidBack(): Promise<Buyer> {
  const buyer = await at.paid(GOOD_CARD);
  await at.staffDoes(staff, 'orderCancel', buyer);
  await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
  return buyer;
}

/** An older reading was written a moment ago, over what was true. */
const writtenLate = ({ email }: Buyer, status: string): Promise<unknown> =>
  simulator.shop.sql(`UPDATE refund SET status = $2, updated_at = now() WHERE ${OF_ORDER}`, [email, status]);

/** The reconciler's next rounds, two minutes later. */
async function twoMinutesLater(): Promise<void> {
  await simulator.shop.sql(
    `UPDATE refund SET updated_at = updated_at - interval '2 minutes', last_checked_at = last_checked_at - interval '2 minutes'`,
  );
  await simulator.shop.shop.payments.reconciler.run('1 hour');
}

it.each([
  ['PENDING', 'succeeded', 'SUCCEEDED'],
  ['PENDING', 'failed', 'FAILED'],
  ['SUCCEEDED', 'failed', 'FAILED'],
  ['FAILED', 'succeeded', 'SUCCEEDED'],
] as const)(
  'a refund that an older list called %s, and that %s at the provider, is right within minutes',
  async (stale, theirs, right) => {
    const buyer = await paidBack();
    const [refund = ''] = await simulator.refundsOf(buyer.secret);
    simulator.stripe?.changeRefund(refund, theirs);
    await writtenLate(buyer, stale);

    await twoMinutesLater();

    expect(await stateOf(buyer)).toBe(right);
    const asked = (): number =>
      simulator.stripe?.requests.filter(({ path }) => path === `/v1/refunds/${refund}`).length ?? 0;
    const questions = asked();
    await twoMinutesLater();
    await twoMinutesLater();
    await twoMinutesLater();
    expect(asked()).toBeLessThanOrEqual(questions + 1);
    simulator.stripe?.changeRefund(refund, 'succeeded');
    await simulator.shop.shop.payments.stalePayments.run();
    expect(await stateOf(buyer)).toBe('SUCCEEDED');
  },
);

it('a list that contradicts what is final is not believed: the refund is read by itself', async () => {
  const buyer = await paidBack();
  const [refund = ''] = await simulator.refundsOf(buyer.secret);
  const payments = await simulator.shop.sql<{ id: string }>(
    `SELECT p.* FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE o.email = $1`,
    [buyer.email],
  );
  const { refunds, providers } = simulator.shop.shop.payments;
  const provider = providers.all()[0];
  const list = provider?.refundsOf.bind(provider);
  if (!provider || !list) throw new Error('There is no provider');
  // The list was read when the refund was still on its way.
  provider.refundsOf = async (reference) =>
    (await list(reference)).map((listed) => ({ ...listed, status: 'pending' as const }));
  try {
    const payment = await simulator.shop.shop.payments.payments.find(payments[0]?.id ?? '');
    if (payment) await refunds.sync(payment);
  } finally {
    provider.refundsOf = list;
  }

  expect(await stateOf(buyer)).toBe('SUCCEEDED');
  expect(simulator.stripe?.requests.at(-1)?.path).toBe(`/v1/refunds/${refund}`);
});

it('leaves the ledger balanced', () => assertLedgerBalances(simulator.shop, simulator.stripe));
