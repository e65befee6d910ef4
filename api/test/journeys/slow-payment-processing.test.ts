import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import {
  intentOf,
  openStripePayments,
  type PaymentSimulator,
} from '@vitrine/testing/simulators/payment-simulator.js';
import { closeExpired } from '@vitrine/testing/shop/time-passes.js';

const SLOW_BANK = '4000 0000 0000 3220';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let driver: OrderEditingDriver;
beforeAll(async () => {
  simulator = await openStripePayments();
  at = new BuyerDriver(simulator);
  driver = await OrderEditingDriver.open(simulator.shop);
});
afterAll(() => simulator.close());

/** How often the provider was asked to give the payment up. */
const askedToCancel = (secret: string): number =>
  simulator.stripe?.requests.filter(({ path }) => path.endsWith(`${intentOf(secret)}/cancel`)).length ?? 0;

const holdsOf = ({ orderId }: Buyer): Promise<unknown[]> =>
  simulator.shop.sql(
    `SELECT r.expires_at > now() + interval '23 hours' AS later, r.quantity FROM reservation r WHERE r.order_id = $1 AND r.status = 'ACTIVE'`,
    [localId('ord', orderId)],
  );

describe('a bank that decides later than the shop has thought', () => {
  it('keeps the goods for the buyer another day, and is not asked each minute', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, SLOW_BANK);
    await at.ask(buyer);

    await at.runOut(buyer);
    await closeExpired(simulator.shop);

    expect(await at.order(buyer)).toMatchObject({ status: 'PENDING_PAYMENT', paymentStatus: 'PROCESSING' });
    expect(await holdsOf(buyer)).toEqual([{ later: true, quantity: 1 }]);
    expect(askedToCancel(buyer.secret)).toBe(1);
    simulator.stripe?.settle(intentOf(buyer.secret), 'succeeded');
    expect(await at.ask(buyer)).toMatchObject({ order: { status: 'PAID' } });
  });

  it('keeps a change of an order and its goods waiting as well', async () => {
    const buyer = await at.paid(GOOD_CARD);
    const order = await driver.look({ id: buyer.orderId });
    accepted(await driver.edit(order, [{ variantId: buyer.variantId, quantity: 2 }]));
    const { clientSecret } = await driver.session(order);
    await simulator.pay(clientSecret, SLOW_BANK);
    await at.ask(buyer);
    await simulator.shop.sql(
      `UPDATE order_edit SET expires_at = now() - interval '1 second' WHERE status = 'AWAITING_PAYMENT'`,
    );
    const edits = simulator.shop.shop.orderEditing.editPayments;

    await edits.expireDue();
    await edits.expireDue();

    expect((await driver.look(order)).edits).toMatchObject([{ status: 'AWAITING_PAYMENT' }]);
    expect(await holdsOf(buyer)).toEqual([{ later: true, quantity: 1 }]);
    expect(askedToCancel(clientSecret)).toBe(1);
    simulator.stripe?.settle(intentOf(clientSecret), 'succeeded');
    await at.ask(buyer);
    expect((await driver.look(order)).edits).toMatchObject([{ status: 'APPLIED' }]);
  });

  it('lets the buyer pay otherwise when it hands the payment back without a reason', async () => {
    const buyer = await at.startCheckout();
    await simulator.pay(buyer.secret, SLOW_BANK);
    await at.ask(buyer);
    const intent = simulator.stripe?.intents.get(intentOf(buyer.secret));
    Object.assign(intent ?? {}, { status: 'requires_payment_method' });

    const status = await at.ask(buyer);

    expect(status).toMatchObject({ status: 'PENDING', canPay: true, failureCode: null });
    const order = await at.order(buyer);
    expect(order).toMatchObject({ status: 'PENDING_PAYMENT', paymentStatus: 'PENDING' });
    expect(await holdsOf(buyer)).toEqual([{ later: false, quantity: 1 }]);
    await simulator.pay(buyer.secret, GOOD_CARD);
    await at.ask(buyer);
  });
});

it('leaves the ledger balanced', () => assertLedgerBalances(simulator.shop, simulator.stripe));
