import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { ImportDriver } from '../support/imports/import-driver.js';

interface Product {
  readonly variants: readonly { readonly sku: string; readonly barcode?: string }[];
}

let shop: TestShop;
let imports: ImportDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  imports = new ImportDriver(shop, await shop.staff());
  const products = JSON.parse(
    await readFile(join(PROJECT_ROOT, 'demo/catalogue/products.json'), 'utf8'),
  ) as Product[];
  const cups = products.flatMap(({ variants }) => variants).filter(({ sku }) => sku.startsWith('LL-CANA'));
  for (const { sku, barcode } of cups) {
    await shop.stock({ name: sku, sku, price: 1000, stock: 0 });
    if (barcode) await shop.sql('UPDATE variant SET barcode = $1 WHERE sku = $2', [barcode, sku]);
  }
});
afterAll(() => shop.close());

const list = (name: string): Promise<Buffer> => readFile(join(PROJECT_ROOT, 'demo/lists', name));
const errorsOf = ({ rowErrors }: Answer): string[] =>
  rowErrors.map(({ line, code }: Answer) => `${line} ${code}`);

it('the delivery note of a Romanian supplier keeps its letters, adds two boxes up, and names its two wrong rows', async () => {
  const run = await imports.checked(await list('aviz-4711.csv'), 'aviz-4711.csv');

  expect(run).toMatchObject({ encoding: 'WINDOWS_1250', separator: ';', headerLine: 3, rowCount: 6 });
  expect(run.preview[4].cells[1]).toBe('Cană nouă, încă fără fişă');
  expect(run).toMatchObject({ changedRows: 4, repeatedRows: 1, amount: 26 });
  expect(errorsOf(run)).toEqual(['8 VARIANT_UNKNOWN', '9 NOT_A_NUMBER']);
});

it('a workbook in French is received by its barcodes, and its failed formula is one wrong row', async () => {
  const run = await imports.checked(await list('delivery.xlsx'), 'delivery.xlsx');

  expect(run).toMatchObject({ sheets: ['Livraison', 'Notes'], headerLine: 3, changedRows: 2, amount: 10 });
  expect(errorsOf(run)).toEqual(['6 FORMULA_FAILED']);
});

it('codes of a scanner count one piece each, and a file of another program is read by its names', async () => {
  const scanned = await imports.send(await list('scanned.txt'), 'scanned.txt');
  const each = await imports.update(scanned, {
    mapping: [
      { column: 'barcode', source: 0 },
      { column: 'quantity', value: '1' },
    ],
  });

  expect(await imports.checkedAgain(each.import)).toMatchObject({
    changedRows: 5,
    repeatedRows: 2,
    amount: 5,
  });
  expect(await imports.checked(await list('delivery.json'), 'delivery.json')).toMatchObject({
    ...{ format: 'JSON', changedRows: 2, amount: 8 },
  });
});
