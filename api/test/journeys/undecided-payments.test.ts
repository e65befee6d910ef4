import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let driver: OrderEditingDriver;
beforeAll(async () => {
  simulator = await openTestPayments();
  at = new BuyerDriver(simulator);
  driver = await OrderEditingDriver.open(simulator.shop);
});
afterAll(() => simulator.close());

/** The provider does not know a payment for a while, so it says neither yes nor no. */
const lose = (reference: string): Promise<unknown> =>
  simulator.shop.sql(`UPDATE test_provider_intent SET id = 'lost_' || id WHERE id = $1`, [reference]);
const find = (): Promise<unknown> =>
  simulator.shop.sql(`UPDATE test_provider_intent SET id = substr(id, 6) WHERE id LIKE 'lost_%'`);

async function openReference({ email }: Buyer): Promise<string> {
  const [row] = await simulator.shop.sql<{ reference: string }>(
    `SELECT provider_reference AS reference FROM payment
     WHERE order_id = (SELECT id FROM shop_order WHERE email = $1) ORDER BY attempt DESC LIMIT 1`,
    [email],
  );
  return row?.reference ?? '';
}

const overSince = (table: string, hours: number, { email }: Buyer): Promise<unknown> =>
  simulator.shop.sql(
    `UPDATE ${table} SET expires_at = now() - $2 * interval '1 hour'
     WHERE ${table === 'order_edit' ? 'order_id' : 'id'} = (SELECT id FROM shop_order WHERE email = $1)`,
    [email, hours],
  );

it('an unpaid order that cannot be closed does not keep the goods of the others, and after a day the owner is told', async () => {
  const [stuck, other] = [await at.startCheckout(), await at.startCheckout()];
  await lose(await openReference(stuck));
  await overSince('shop_order', 3, stuck);
  await overSince('shop_order', 1, other);
  const { closing } = simulator.shop.shop.orders;

  await closing.expireDue(1);
  await closing.expireDue(1);

  expect((await at.order(stuck)).status).toBe('PENDING_PAYMENT');
  expect((await at.order(other)).status).toBe('EXPIRED');
  expect(await at.updates(stuck, 'payment.mismatch')).toEqual([]);
  await overSince('shop_order', 25, stuck);
  await closing.expireDue(1);
  await closing.expireDue(1);
  expect(await at.updates(stuck, 'payment.mismatch')).toMatchObject([{ payload: { reason: 'undecided' } }]);
  await find();
  await closing.expireDue(1);
  expect((await at.order(stuck)).status).toBe('EXPIRED');
});

it('a change that cannot be given up does not keep the others waiting, and after a day the owner is told', async () => {
  const [stuck, other] = [await changing(), await changing()];
  await lose(await openReference(stuck));
  await overSince('order_edit', 3, stuck);
  await overSince('order_edit', 1, other);
  const editPayments = simulator.shop.shop.orderEditing.editPayments;

  await editPayments.expireDue(1);
  await editPayments.expireDue(1);

  expect([await editOf(stuck), await editOf(other)]).toEqual(['AWAITING_PAYMENT', 'EXPIRED']);
  await overSince('order_edit', 25, stuck);
  await editPayments.expireDue(1);
  await editPayments.expireDue(1);
  expect(await at.updates(stuck, 'payment.mismatch')).toMatchObject([{ payload: { reason: 'undecided' } }]);
  await find();
  await editPayments.expireDue(1);
  expect(await editOf(stuck)).toBe('EXPIRED');
});

/** A buyer whose paid order is to become a larger one, once the difference is paid. */
async function changing(): Promise<Buyer> {
  const buyer = await at.paid(GOOD_CARD);
  const order = await driver.look({ id: buyer.orderId });
  accepted(await driver.edit(order, [{ variantId: buyer.variantId, quantity: 2 }]));
  return buyer;
}

const editOf = async (buyer: Buyer): Promise<string> =>
  (await driver.look({ id: buyer.orderId })).edits[0].status;

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(simulator.shop);
});
