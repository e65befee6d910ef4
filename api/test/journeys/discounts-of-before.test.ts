import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueryRunner } from 'typeorm';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { MoneyDriver } from '@vitrine/testing/drivers/money-driver.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { PriceAdjustments1764230000000 } from '../../src/platform/database/migrations/1764230000000-price-adjustments.js';
import { TaxRatesOfDeliveries1764285000000 } from '../../src/platform/database/migrations/1764285000000-tax-rates-of-deliveries.js';

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

it('deliveries of before keep the one rate that they had, and what went back of them', async () => {
  const order = await at.paid([{ price: 6000, quantity: 1 }], 0);
  const client = await shop.shop.database.pool.connect();
  const runner = { query: (text: string) => client.query(text) } as unknown as QueryRunner;
  const [id] = await shop.sql<{ id: string }>('SELECT id FROM shop_order WHERE number = $1', [
    order['number'],
  ]);
  const stored = async (): Promise<unknown> =>
    (
      await client.query(
        `SELECT o.shipping_rates AS order, (SELECT jsonb_agg(shipping_rates ORDER BY shipping_amount) FROM order_refund WHERE order_id = o.id) AS refunds
         FROM shop_order o WHERE id = $1`,
        [id?.id],
      )
    ).rows[0];
  const migration = new TaxRatesOfDeliveries1764285000000();
  try {
    await client.query('BEGIN');
    await migration.down(runner);
    // Goods at 21 %, and the delivery for 19.90 at a rate of its own. 5.00 of it went back.
    await client.query(
      `UPDATE shop_order SET shipping_net = 1793, shipping_gross = 1990, total_net = 4959 + 1793, total_gross = 6000 + 1990,
         tax_lines = '[{"name": {}, "basisPoints": 2100, "net": 4959, "tax": 1041}, {"name": {}, "basisPoints": 1100, "net": 1793, "tax": 197}]' WHERE id = $1`,
      [id?.id],
    );
    await client.query(
      `INSERT INTO order_refund (id, order_id, amount, shipping_amount, shipping_tax, tax) VALUES ($1, $1, 500, 500, 50, 50)`,
      [id?.id],
    );
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    await migration.up(runner);

    expect(await stored()).toEqual({
      order: [{ basisPoints: 1100, net: 1793, amount: 1990 }],
      refunds: [[{ basisPoints: 1100, amount: 500, tax: 50 }]],
    });
  } finally {
    await client.query('ROLLBACK');
    client.release(true);
  }
});
