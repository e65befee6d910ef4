import { afterAll, beforeAll, expect, it } from 'vitest';
import { RETENTION } from '../src/app/retention.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

let shop: TestDatabase;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());

it('says of every table how long its rows stay, and of none that is not there', async () => {
  const { rows } = await shop.database.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
     AND table_name NOT IN ('migration', 'typeorm_metadata')`,
  );

  expect([...RETENTION.keys()].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});
