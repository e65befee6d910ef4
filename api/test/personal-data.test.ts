import { afterAll, beforeAll, expect, it } from 'vitest';
import { modules } from '../src/app/modules.js';
import type { PersonalData } from '../src/platform/personal-data/define-personal-data.js';
import type { AnyModule } from '../src/platform/module.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

const list: readonly AnyModule[] = modules;
const declared = list.flatMap(({ personalData = [] }) => personalData);

/** What columns are called that say who somebody is, where they live or what they wrote, and such as hold anything. */
const OF_PEOPLE =
  /(^|_)(email|mail|mailbox|replaced|phone|contact|recipient|address|addresses|note|comment|body|label|user_agent|network|content|model|payload|input|data|values|cells|subject|response|reason|first_name|last_name|person|birthday|iban|ip)($|_)|^search_text$|_text$/;

/** By table: why what is called like that says nothing of a customer, or is gone before anybody asks. */
const NOT_OF_CUSTOMERS: Readonly<Record<string, string>> = {
  ...of('what the shop sells and says', [
    ...['product', 'variant', 'media', 'upload', 'shop_setting', 'stock_location', 'custom_field_values'],
    ...['metadata', 'page_version'],
  ]),
  ...of('hashes and codes', ['cart_line', 'stock_hold', 'payment', 'dispute']),
  ...of('states and sums, with ids', ['order_event', 'shipment', 'order_line', 'order_edit', 'audit_change']),
  ...of('what staff gave as a reason for money and stock', ['refund', 'order_refund', 'stock_movement']),
  ...of('the work of staff, deleted some weeks after it ends', [
    ...['long_job', 'long_job_error', 'import_run', 'import_row', 'saved_view', 'missing_path'],
  ]),
  ...of('messages under way, deleted after so many days', ['outbox', 'webhook_inbox', 'request_key']),
  ...of('the simulations of a shop without keys', [
    ...['dev_inbox', 'test_provider_intent', 'test_provider_dispute', 'test_provider_refund'],
  ]),
};

function of(reason: string, tables: readonly string[]): Record<string, string> {
  return Object.fromEntries(tables.map((table) => [table, reason]));
}

let shop: TestDatabase;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());

/** `table.column` of everything that is called like personal data and that nobody speaks of. */
async function unspoken(definitions: readonly PersonalData[]): Promise<string[]> {
  const known = new Map(definitions.map(({ table, columns }) => [table, new Set(columns)]));
  const { rows } = await shop.database.pool.query<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'jsonb', 'inet', 'ARRAY', 'character varying')
     ORDER BY 1, 2`,
  );
  return rows
    .filter(({ table, column }) => OF_PEOPLE.test(column) && !known.get(table)?.has(column))
    .filter(({ table }) => !(table in NOT_OF_CUSTOMERS))
    .map(({ table, column }) => `${table}.${column}`);
}

it('every column that holds something of people is declared by its module, or excused', async () => {
  expect(await unspoken(declared)).toEqual([]);
});

it('a column that is added and that nobody declares is found', async () => {
  await shop.database.pool.query('ALTER TABLE customer ADD COLUMN second_phone text');
  await shop.database.pool.query('CREATE TABLE birthday_card (id uuid PRIMARY KEY, recipient text)');
  try {
    expect(await unspoken(declared)).toEqual(['birthday_card.recipient', 'customer.second_phone']);
  } finally {
    await shop.database.pool.query('ALTER TABLE customer DROP COLUMN second_phone');
    await shop.database.pool.query('DROP TABLE birthday_card');
  }
});

it('what is declared is there, is of the table’s own module, and stands under one name in the file', async () => {
  const { rows } = await shop.database.pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const there = new Set(rows.map(({ name }) => name));
  for (const { name, tables, personalData = [] } of list)
    for (const { table, columns } of personalData) {
      expect(Object.keys(tables), name).toContain(table);
      expect(columns.filter((column) => !there.has(`${table}.${column}`))).toEqual([]);
    }
  const names = declared.flatMap(({ inFile }) => inFile?.name ?? []);
  expect(new Set(names).size).toBe(names.length);
});

it('no excuse outlives its table', async () => {
  const { rows } = await shop.database.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const there = new Set(rows.map(({ name }) => name));
  expect(Object.keys(NOT_OF_CUSTOMERS).filter((table) => !there.has(table))).toEqual([]);
});
