import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueryRunner } from 'typeorm';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { MoneyDriver } from '@vitrine/testing/drivers/money-driver.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { PriceAdjustments1764230000000 } from '../../src/platform/database/migrations/1764230000000-price-adjustments.js';

let shop: TestShop;
let at: MoneyDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  at = await MoneyDriver.open(shop);
});
afterAll(() => shop.close());

const ADJUSTMENTS = `query($id: ID!) { order(id: $id) { total { gross { amount } } lines { id discount { amount } }
  adjustments { code kind name amount { amount } shares { lineId amount { amount } } } } }`;
const read = async ({ id }: Answer): Promise<Answer> => (await at.staff.ask(ADJUSTMENTS, { id })).order;

it('have their reason after the update as they had before, to the unit, and no sum changes', async () => {
  const goods = [
    { price: 3333, quantity: 2 },
    { price: 1999, quantity: 1 },
  ];
  const reduced = await at.paid(goods, 1001);
  const full = await at.paid(goods, 0);
  const before = [await read(reduced), await read(full)];

  // No worker sends the mails of these orders while the columns that it reads are gone.
  await workIsDone(shop);

  const migration = new PriceAdjustments1764230000000();
  const client = await shop.shop.database.pool.connect();
  const runner = { query: (text: string) => client.query(text) } as unknown as QueryRunner;
  await client.query('BEGIN');
  await migration.down(runner);
  await client.query('COMMIT; BEGIN');
  await migration.up(runner);
  await client.query('COMMIT');
  client.release(true);

  const after = [await read(reduced), await read(full)];
  expect(after).toEqual(before);
  expect(after[0]?.['adjustments']).toMatchObject([
    { code: 'STAFF_DISCOUNT', kind: 'DISCOUNT', name: 'Discount', amount: { amount: 1001 } },
  ]);
  expect(after[1]?.['adjustments']).toEqual([]);
  await assertLedgerBalances(shop);
});
