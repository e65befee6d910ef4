import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { MoneyDriver } from '@vitrine/testing/drivers/money-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let money: MoneyDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  money = await MoneyDriver.open(shop);
});
afterAll(() => shop.close());

async function refund(back: Answer, more: object = {}): Promise<Answer> {
  const mutation = `mutation($input: ReturnRefundInput!) { returnRefund(input: $input) { return { status refund { amount { amount } } }
    order { events { kind } } errors { code } } }`;
  const input = { returnId: back.id, expectedVersion: back.version, idempotencyKey: randomUUID(), ...more };
  return (await money.staff.ask(mutation, { input })).returnRefund;
}

const mailsAbout = (order: Answer): Promise<unknown[]> =>
  shop.sql(
    `SELECT template FROM email WHERE template = 'return-refunded' AND dedupe_key LIKE '%' || (SELECT id FROM shop_order WHERE number = $1) || '%'`,
    [order.number],
  );

it('a return of goods that were given away is closed without money, and no mail promises any', async () => {
  const order = await money.paid([{ price: 5_000, quantity: 1 }], 5_000);
  const back = await money.sentBack(order, 0, 1);

  const answer = await refund(back);

  expect(answer).toMatchObject({ errors: [], return: { status: 'REFUNDED', refund: null } });
  await assertLedgerBalances(shop);
  expect(await mailsAbout(order)).toEqual([]);
});

it('its delivery may be given back all the same', async () => {
  const order = await money.paid([{ price: 5_000, quantity: 1 }], 5_000);
  const back = await money.sentBack(order, 0, 1);

  const answer = await refund(back, { shipping: 1_990 });

  expect(answer).toMatchObject({ errors: [], return: { refund: { amount: { amount: 1_990 } } } });
});

it('a return whose goods were paid back meanwhile is closed, and nothing is paid twice', async () => {
  const order = await money.paid([{ price: 5_000, quantity: 2 }], 0);
  const back = await money.sentBack(order, 0, 2);
  await money.refunded(order, 0, 2);

  const answer = await refund(back);

  expect(answer).toMatchObject({ errors: [], return: { status: 'REFUNDED', refund: null } });
  expect(await money.paidBack(order)).toBe(10_000);
});

it('leaves the ledger balanced', () => assertLedgerBalances(shop));
