import { afterAll, beforeAll, expect, it } from 'vitest';
import { statement, t } from '../src/platform/database/database.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

let shop: TestDatabase;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());

it('gives a test file a database that has every table', async () => {
  const tables = await shop.database.rows(
    statement('test.tables', {
      row: { name: t.text },
      sql: `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
    }),
  );

  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['migration', 'product', 'outbox']));
});

it('counts the statements of a transaction, its beginning and its end included', async () => {
  const one = statement('test.one', { row: { one: t.int }, sql: 'SELECT 1 AS "one"' });

  const { count, texts } = await countStatements(() => shop.database.transaction((tx) => tx.row(one)));

  expect(texts).toEqual(['BEGIN', one.text, 'COMMIT']);
  expect(count).toBe(3);
});
