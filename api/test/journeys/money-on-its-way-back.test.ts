import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertBooksBalance } from '../support/books-balance.js';
import { Counter, type Buyer } from '../support/buyers.js';
import { complete, GOOD_CARD, readyCart } from '../support/checkout.js';
import type { Answer, GraphqlClient } from '../support/graphql-client.js';
import { openStripeTill, openTestTill, type Till } from '../support/till.js';

let till: Till;
let at: Counter;
let staff: GraphqlClient;

const kindsOf = ({ events }: Answer): string[] => events.map(({ kind }: { kind: string }) => kind);

/** The provider's reference of the refund that cancelling has made, once it is there. */
function refundOf(buyer: Buyer): Promise<string> {
  return till.shop.eventually(async () => {
    const [row] = await till.shop.sql<{ reference: string | null }>(
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
  ['the test provider', openTestTill],
  ['Stripe', openStripeTill],
] as const;

describe.each(cases)('money on its way back at %s', (_name, open) => {
  beforeAll(async () => {
    till = await open();
    at = new Counter(till);
    staff = await till.shop.staff();
  });
  afterAll(() => till.close());

  it('learns of a refund that somebody made at the provider’s dashboard', async () => {
    const buyer = await at.paid(GOOD_CARD);

    const reference = await till.refundAtDashboard(buyer.secret, 4_000);

    const order = await at.until(buyer, ({ refundedTotal }) => refundedTotal.amount === 4_000);
    expect(order).toMatchObject({ status: 'PAID', paymentStatus: 'PARTIALLY_REFUNDED' });
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { amount: { amount: 4_000 }, status: 'SUCCEEDED', origin: 'PROVIDER', providerReference: reference },
    ]);
  });

  it('sends back only what is left when a part went back at the dashboard, and never more than came in', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await till.refundAtDashboard(buyer.secret, 4_000);
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
    // The provider's call about it is lost: only the refusal of our own refund tells.
    if (till.stripe)
      till.stripe.refundAtDashboard(buyer.secret.split('_secret_')[0] ?? '', total.gross.amount);
    else await till.refundAtDashboard(buyer.secret, total.gross.amount);

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(order.refundedTotal.amount).toBe(total.gross.amount);
    const [{ refunds }] = (await at.staffOrder(buyer, staff)).payments;
    expect(refunds.filter(({ status }: Answer) => status === 'SUCCEEDED')).toMatchObject([
      { origin: 'PROVIDER' },
    ]);
    expect(await at.news(buyer, 'refund.failed')).toEqual([]);
  });

  it.each([true, false])(
    'takes a refund back off the books when it fails days later (the provider calls: %s)',
    async (tell) => {
      const buyer = await at.paid(GOOD_CARD);
      await at.staffDoes(staff, 'orderCancel', buyer);
      const refund = await refundOf(buyer);
      const before = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');

      await till.failRefund(refund, { tell });
      if (!tell) await till.shop.shop.orders.sweep.run();

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
      expect(await at.news(buyer, 'refund.failed')).toHaveLength(1);
      expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
        { status: 'FAILED', failureCode: 'expired_or_canceled_card' },
      ]);
    },
  );

  it('ships and refunds nothing while the bank decides, and goes on when the dispute is won', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await till.openDispute(buyer.secret);
    const disputed = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

    const parcel = await at.staffDoes(staff, 'shipmentCreate', buyer);
    const cancelled = await at.staffDoes(staff, 'orderCancel', buyer);
    const listed = await disputesOf(true);
    await till.decideDispute(dispute, 'WON');
    const order = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));

    expect(disputed).toMatchObject({ status: 'PAID' });
    expect(parcel.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
    expect(cancelled.errors).toMatchObject([{ code: 'PAYMENT_DISPUTED' }]);
    expect(listed).toMatchObject([
      { status: 'NEEDS_RESPONSE', reason: 'fraudulent', order: { id: buyer.orderId } },
    ]);
    expect(listed[0]?.evidenceDueAt).toEqual(expect.any(String));
    expect(await at.news(buyer, 'dispute.opened')).toHaveLength(1);
    expect(await at.news(buyer, 'dispute.closed')).toHaveLength(1);
    expect(kindsOf(order).filter((kind) => kind.startsWith('DISPUTE'))).toEqual([
      'DISPUTED',
      'DISPUTE_CLOSED',
    ]);
    expect(await at.staffDoes(staff, 'shipmentCreate', buyer)).toMatchObject({ errors: [] });
  });

  it('shows a lost dispute as money gone and not as a refund, and refunds none of it again', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await till.openDispute(buyer.secret);
    await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

    await till.decideDispute(dispute, 'LOST');

    const order = await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));
    expect(order).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', refundedTotal: { amount: 0 } });
    expect((await at.staffOrder(buyer, staff)).disputes).toMatchObject([{ status: 'LOST' }]);
    expect(await disputesOf(true)).toEqual([]);
    await at.staffDoes(staff, 'orderCancel', buyer);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toEqual([]);
    expect(await at.shelf(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('tells the owner when a refund is refused because of a dispute nobody had told of yet', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const dispute = await till.openDispute(buyer.secret, { tell: false });

    await at.staffDoes(staff, 'orderCancel', buyer);

    // An answer is no snapshot: the order's row is read before its timeline.
    const order = await at.until(
      buyer,
      (now) => kindsOf(now).includes('REFUND_FAILED') && now.paymentStatus === 'PAID',
    );
    expect(order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'PAID', refundedTotal: { amount: 0 } });
    expect(await at.news(buyer, 'refund.failed')).toHaveLength(1);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { status: 'FAILED', failureCode: 'charge_disputed' },
    ]);
    await till.shop.shop.orders.sweep.run();
    expect((await at.staffOrder(buyer, staff)).disputes).toMatchObject([{ status: 'NEEDS_RESPONSE' }]);
    await till.decideDispute(dispute, 'LOST');
    await at.until(buyer, (now) => kindsOf(now).includes('DISPUTE_CLOSED'));
  });

  it.each(['EXPIRED', 'CANCELLED'])(
    'writes down late money for an order that is %s also while the bank decides about it, and tells a person',
    async (ended) => {
      const buyer = await at.pressPay({ stock: 1 });
      if (ended === 'EXPIRED') await at.runOut(buyer);
      else await at.staffDoes(staff, 'orderCancel', buyer);
      // Somebody else has the goods now, so the order cannot be placed after all.
      const other = till.shop.guest();
      const lines = [{ variantId: buyer.variantId, quantity: 1 }];
      await complete(other, await readyCart(other, lines, `quicker-${buyer.email}`));
      await till.succeedAgainstAllOdds(buyer.secret);
      await till.openDispute(buyer.secret);
      await at.until(buyer, (now) => kindsOf(now).includes('DISPUTED'));

      await till.call(buyer.secret);

      await till.shop.eventually(async () => (await at.news(buyer, 'payment.mismatch')).length === 1);
      const { status, payments } = await at.staffOrder(buyer, staff);
      expect({ status, payments }).toMatchObject({
        status: ended === 'EXPIRED' ? 'REVIEW' : 'CANCELLED',
        payments: [{ status: 'CAPTURED', refunds: [] }],
      });
      expect(await at.news(buyer, 'payment.mismatch')).toMatchObject([{ payload: { reason: 'disputed' } }]);
      await till.shop.eventually(async () => {
        const events = await till.shop.sql(
          `SELECT 1 FROM webhook_inbox WHERE status NOT IN ('DONE', 'IGNORED')`,
        );
        return events.length === 0;
      });
    },
  );

  it('refunds what really came in when an order under review is cancelled', async () => {
    const buyer = await at.pressPay();
    await till.pay(buyer.secret, GOOD_CARD);
    await takeLess(buyer, 100);
    await till.call(buyer.secret);
    const review = await at.until(buyer, ({ status }) => status === 'REVIEW');

    await at.staffDoes(staff, 'orderCancel', buyer);

    const order = await at.until(buyer, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    expect(review).toMatchObject({ refundedTotal: { amount: 0 } });
    expect(order.status).toBe('CANCELLED');
    expect(order.refundedTotal.amount).toBe(order.total.gross.amount - 100);
    expect((await at.staffOrder(buyer, staff)).payments[0].refunds).toMatchObject([
      { status: 'SUCCEEDED', amount: { amount: order.total.gross.amount - 100 } },
    ]);
    expect(await at.shelf(buyer)).toEqual({ on_hand: 3, reserved: 0 });
  });

  it('and in the end the books balance', async () => {
    await assertBooksBalance(till.shop, till.stripe);
  });
});

/** The provider took less than was agreed. */
async function takeLess({ secret }: Buyer, missing: number): Promise<void> {
  const intent = till.stripe?.intents.get(secret.split('_secret_')[0] ?? '');
  if (intent) intent.amount_received -= missing;
  else
    await till.shop.sql('UPDATE test_provider_intent SET received = received - $2 WHERE client_secret = $1', [
      secret,
      missing,
    ]);
}
