import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { complete, GOOD_CARD, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  openStripePayments,
  openTestPayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;

const kindsOf = ({ events }: Answer): string[] => events.map(({ kind }: { kind: string }) => kind);

/** The provider's reference of the refund that cancelling has made, once it is there. */
function refundOf(buyer: Buyer): Promise<string> {
  return simulator.shop.eventually(async () => {
    const [row] = await simulator.shop.sql<{ reference: string | null }>(
      `SELECT r.provider_reference AS reference FROM refund r JOIN payment p ON p.id = r.payment_id
       WHERE p.order_id = (SELECT id FROM shop_order WHERE email = $1)`,
      [buyer.email],
    );
    return row?.reference ?? null;
  });
}

async function disputesOf(open: boolean): Promise<Answer[]> {
  const query = `query($open: Boolean) { disputes(filter: { open: $open }, first: 100) { totalCount
    nodes { id status reason amount { amount } evidenceDueAt order { id number } } } }`;
  return (await staff.ask(query, { open })).disputes.nodes;
}

const cases = [
  ['the test provider', openTestPayments],
  ['Stripe', openStripePayments],
] as const;

describe.each(cases)('money on its way back at %s', (_name, open) => {
  beforeAll(async () => {
    simulator = await open();
    at = new BuyerDriver(simulator);
    staff = await simulator.shop.staff();
  });
  afterAll(() => simulator.close());

  it('learns of a refund that somebody made at the provider’s dashboard', async () => {
    const buyer = await at.paid(GOOD_CARD);

    const reference = await simulator.refundAtDashboard(buyer.secret, 4_000);

    const order = await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 4_000);
    expect(order).toMatchObject({ status: 'PAID', paymentStatus: 'PARTIALLY_REFUNDED' });
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { amount: { amount: 4_000 }, status: 'SUCCEEDED', origin: 'PROVIDER', providerReference: reference },
    ]);
  });

  it('sends back only what is left when a part went back at the dashboard, and never more than came in', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await simulator.refundAtDashboard(buyer.secret, 4_000);
    await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 4_000);

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(order).toMatchObject({ status: 'CANCELLED' });
    expect(order.refundedTotal.amount).toBe(order.total.gross.amount);
    const [{ refunds }] = (await at.staffOrder(buyer, staff)).payments;
    const sum = refunds.reduce((total: number, { amount }: Answer) => total + amount.amount, 0);
    expect(sum).toBe(order.total.gross.amount);
  });

  it('calls off its own refund when all the money had gone back at the dashboard a moment before', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const { total } = await at.order(buyer);
    // The provider's call about it is lost: only the rejection of our own refund shows it.
    if (simulator.stripe)
      simulator.stripe.refundAtDashboard(buyer.secret.split('_secret_')[0] ?? '', total.gross.amount);
    else await simulator.refundAtDashboard(buyer.secret, total.gross.amount);

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(order.refundedTotal.amount).toBe(total.gross.amount);
    const [{ refunds }] = (await at.staffOrder(buyer, staff)).payments;
    expect(refunds.filter(({ status }: Answer) => status === 'SUCCEEDED')).toMatchObject([
      { origin: 'PROVIDER' },
    ]);
    expect(await at.updates(buyer, 'refund.failed')).toEqual([]);
  });

  it.each([true, false])(
    'takes a refund back out of the ledger when it fails days later (the provider calls: %s)',
    async (tell) => {
      const buyer = await at.paid(GOOD_CARD);
      await at.staffDoes(staff, 'orderCancel', buyer);
      const refund = await refundOf(buyer);
      const before = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');

      await simulator.failRefund(refund, { tell });
      if (!tell) await simulator.shop.shop.payments.stalePayments.run();

      // An answer is no snapshot: the order's row is read before its timeline.
      const order = await at.until(
        buyer,
        (now) => kindsOf(now).includes('REFUND_FAILED') && now.paymentStatus === 'PAID',
      );
      expect(before.refundedTotal.amount).toBe(before.total.gross.amount);
      expect(order).toMatchObject({
        status: 'CANCELLED',
        paymentStatus: 'PAID',
        refundedTotal: { amount: 0 },
      });
      expect(kindsOf(order).filter((kind) => kind === 'REFUND_FAILED')).toHaveLength(1);
      expect(await at.updates(buyer, 'refund.failed')).toHaveLength(1);
      expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
        { status: 'FAILED', failureCode: 'expired_or_canceled_card' },
      ]);
    },
  );

  it('ships and refunds nothing while the bank decides, and goes on when the dispute is won', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await simulator.openDispute(buyer.secret);
    const disputed = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

    const shipment = await at.staffDoes(staff, 'shipmentCreate', buyer);
    const cancelled = await at.staffDoes(staff, 'orderCancel', buyer);
    const listed = await disputesOf(true);
    await simulator.decideDispute(dispute, 'WON');
    const order = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));

    expect(disputed).toMatchObject({ status: 'PAID' });
    expect(shipment.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
    expect(cancelled.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
    expect(listed).toMatchObject([
      { status: 'NEEDS_RESPONSE', reason: 'fraudulent', order: { id: buyer.orderId } },
    ]);
    expect(listed[0]?.evidenceDueAt).toEqual(expect.any(String));
    expect(await at.updates(buyer, 'dispute.opened')).toHaveLength(1);
    expect(await at.updates(buyer, 'dispute.closed')).toHaveLength(1);
    expect(kindsOf(order).filter((kind) => kind.startsWith('DISPUTE'))).toEqual([
      'DISPUTED',
      'DISPUTE_CLOSED',
    ]);
    expect(await at.staffDoes(staff, 'shipmentCreate', buyer)).toMatchObject({ errors: [] });
  });

  it('shows a lost dispute as money gone and not as a refund, and refunds none of it again', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await simulator.openDispute(buyer.secret);
    await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

    await simulator.decideDispute(dispute, 'LOST');

    const order = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));
    expect(order).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', refundedTotal: { amount: 0 } });
    expect((await at.staffOrder(buyer, staff)).disputes).toMatchObject([{ status: 'LOST' }]);
    expect(await disputesOf(true)).toEqual([]);
    await at.staffDoes(staff, 'orderCancel', buyer);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toEqual([]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('tells the owner when a refund is refused because of a dispute nobody had told of yet', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await simulator.openDispute(buyer.secret, { tell: false });

    await at.staffDoes(staff, 'orderCancel', buyer);

    // An answer is no snapshot: the order's row is read before its timeline.
    const order = await at.until(
      buyer,
      (now) => kindsOf(now).includes('REFUND_FAILED') && now.paymentStatus === 'PAID',
    );
    expect(order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'PAID', refundedTotal: { amount: 0 } });
    expect(await at.updates(buyer, 'refund.failed')).toHaveLength(1);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { status: 'FAILED', failureCode: 'charge_disputed' },
    ]);
    await simulator.shop.shop.payments.stalePayments.run();
    expect((await at.staffOrder(buyer, staff)).disputes).toMatchObject([{ status: 'NEEDS_RESPONSE' }]);
    await simulator.decideDispute(dispute, 'LOST');
    await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));
  });

  it.each(['EXPIRED', 'CANCELLED'])(
    'writes down late money for an order that is %s also while the bank decides about it, and tells a person',
    async (ended) => {
      const buyer = await at.startCheckout({ stock: 1 });
      if (ended === 'EXPIRED') await at.runOut(buyer);
      else await at.staffDoes(staff, 'orderCancel', buyer);
      // Somebody else has the goods now, so the order cannot be placed after all.
      const other = simulator.shop.guest();
      const lines = [{ variantId: buyer.variantId, quantity: 1 }];
      await complete(other, await readyCart(other, lines, `quicker-${buyer.email}`));
      await simulator.succeedAgainstAllOdds(buyer.secret);
      await simulator.openDispute(buyer.secret);
      await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

      await simulator.call(buyer.secret);

      await simulator.shop.eventually(async () => (await at.updates(buyer, 'payment.mismatch')).length === 1);
      const { status, payments } = await at.staffOrder(buyer, staff);
      expect({ status, payments }).toMatchObject({
        status: ended === 'EXPIRED' ? 'REVIEW' : 'CANCELLED',
        payments: [{ status: 'CAPTURED', refunds: [] }],
      });
      expect(await at.updates(buyer, 'payment.mismatch')).toMatchObject([
        { payload: { reason: 'disputed' } },
      ]);
      await simulator.shop.eventually(async () => {
        const events = await simulator.shop.sql(
          `SELECT 1 FROM webhook_inbox WHERE status NOT IN ('DONE', 'IGNORED')`,
        );
        return events.length === 0;
      });
    },
  );

  it('refunds what really came in when an order under review is cancelled', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, GOOD_CARD);
    await takeLess(buyer, 100);
    await simulator.call(buyer.secret);
    const review = await at.until(buyer, ({ status }) => status === 'REVIEW');

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(review).toMatchObject({ refundedTotal: { amount: 0 } });
    expect(order.status).toBe('CANCELLED');
    expect(order.refundedTotal.amount).toBe(order.total.gross.amount - 100);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { status: 'SUCCEEDED', amount: { amount: order.total.gross.amount - 100 } },
    ]);
    expect(await at.stockLevel(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(simulator.shop, simulator.stripe);
  });
});

/** The provider took less than was agreed. */
async function takeLess({ secret }: Buyer, missing: number): Promise<void> {
  const intent = simulator.stripe?.intents.get(secret.split('_secret_')[0] ?? '');
  if (intent) intent.amount_received -= missing;
  else
    await simulator.shop.sql(
      'UPDATE test_provider_intent SET received = received - $2 WHERE client_secret = $1',
      [secret, missing],
    );
}
