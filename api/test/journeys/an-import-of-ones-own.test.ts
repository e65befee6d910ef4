import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { text, wholeNumber } from '../../src/platform/imports/cells.js';
import { defineImport, handleImport, type ImportRow } from '../../src/platform/imports/define-import.js';
import { statement, t } from '../../src/platform/database/database.js';
import { bringMessages } from '../../src/platform/messages.js';
import { defineModule } from '../../src/platform/module.js';
import { importsModule } from '../../src/domains/imports/imports.module.js';
import { ImportDriver } from '../support/imports/import-driver.js';

bringMessages('imports/box', {
  en: { title: 'Boxes', columns: { name: { label: 'Box', names: 'Rack' }, height: { label: 'Height' } } },
});

const boxImport = defineImport({
  kind: 'BOX',
  description: 'Adds and changes boxes.',
  permission: 'STOCK_WRITE',
  messages: 'imports/box',
  columns: {
    name: { read: text({ most: 50 }), required: true, example: 'A1' },
    height: { read: wholeNumber({ least: 1, most: 300 }), example: '180' },
  },
  repeated: 'REFUSE',
});

const heights = statement('box.heights', {
  params: { names: t.texts },
  row: { name: t.text, height: t.int },
  sql: 'SELECT name, height FROM box WHERE name = ANY(:names::text[])',
});
const write = statement('box.write', {
  params: { names: t.texts, heights: t.ints },
  sql: `INSERT INTO box (name, height) SELECT * FROM unnest(:names::text[], :heights::int[])
    ON CONFLICT (name) DO UPDATE SET height = excluded.height`,
});

const boxModule = defineModule({
  name: 'box',
  dependsOn: [importsModule],
  tables: { box: 'Of a test.' },
  entities: [],
  resolvers: [],
  imports: [boxImport],
  migrations: [
    {
      name: '001-box',
      up: 'CREATE TABLE box (name text PRIMARY KEY, height int NOT NULL)',
      down: 'DROP TABLE box',
    },
  ],
  setup: () => ({
    services: {},
    resolvers: [],
    imports: [
      handleImport<typeof boxImport.columns, null>(boxImport, {
        validate: async (tx, rows) => {
          const known = await tx.rows(heights, { names: rows.map(({ values }) => values.name ?? '') });
          return rows.map(({ values }) => {
            const before = known.find(({ name }) => name === values.name);
            const outcome = !before ? 'NEW' : before.height === heightOf(values) ? 'UNCHANGED' : 'CHANGED';
            return { outcome, key: values.name ?? '', amount: 0, target: null };
          });
        },
        apply: async (tx, rows) => {
          await tx.count(write, {
            names: rows.map(({ values }) => values.name ?? ''),
            heights: rows.map(({ values }) => heightOf(values)),
          });
          return new Map();
        },
      }),
    ],
  }),
});

const heightOf = ({ height }: ImportRow<typeof boxImport.columns>): number => height ?? 100;

let shop: TestShop;
let imports: ImportDriver;
beforeAll(async () => {
  shop = await TestShop.open({ modules: [boxModule] });
  imports = new ImportDriver(shop, await shop.staff(), 'BOX');
});
afterAll(() => shop.close());

it('a module of ones own takes files with one declaration: new, changed and unchanged rows, and repeated ones refused', async () => {
  await shop.sql(`INSERT INTO box VALUES ('A', 100), ('B', 100)`);

  const run = await imports.applied('Rack;Height\nA;100\nB;150\nC;120\nB;90\n');

  expect(run).toMatchObject({
    newRows: 1,
    changedRows: 1,
    unchangedRows: 1,
    wrongRows: 1,
    appliedRows: 2,
    amount: 0,
  });
  expect(run.rowErrors).toEqual([{ line: 5, column: null, code: 'ROW_REPEATED', value: null }]);
  expect(await shop.sql('SELECT name, height FROM box ORDER BY name')).toEqual([
    { name: 'A', height: 100 },
    { name: 'B', height: 150 },
    { name: 'C', height: 120 },
  ]);
  const { importType, jobs } = await imports.staff.ask(
    '{ importType(kind: BOX) { title columns { key label required } repeatedRowsAddUp amountName } jobs { nodes { kind status } } }',
  );
  expect(importType).toEqual({
    ...{ title: 'Boxes', repeatedRowsAddUp: false, amountName: null },
    columns: [
      { key: 'name', label: 'Box', required: true },
      { key: 'height', label: 'Height', required: false },
    ],
  });
  expect(jobs.nodes.map(({ kind, status }: Answer) => `${kind} ${status}`)).toEqual([
    'BOX_APPLY SUCCEEDED',
    'BOX_CHECK SUCCEEDED',
  ]);
});

it('rows that are the same again would change nothing, so there is nothing to apply', async () => {
  const run = await imports.checked('Rack;Height\nA;100\n');

  const { errors } = await imports.apply(run);

  expect(run).toMatchObject({ unchangedRows: 1, newRows: 0, changedRows: 0 });
  expect(errors.map(({ code }: Answer) => code)).toEqual(['IMPORT_NOT_READY']);
});
