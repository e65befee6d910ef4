import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { ImportDriver } from '../support/imports/import-driver.js';
import { workbook } from '../support/imports/workbook.js';

let shop: TestShop;
let imports: ImportDriver;
let stock: StockDriver;
const ids: Record<string, string> = {};

beforeAll(async () => {
  shop = await TestShop.open();
  imports = new ImportDriver(shop, await shop.staff());
  stock = await StockDriver.at(shop);
  for (const sku of ['MUG-1', 'MUG-2', 'BOWL', '-DASH', '1200']) await variant(sku);
  await shop.sql(`UPDATE variant SET barcode = '5941234567899' WHERE sku = 'MUG-2'`);
  await shop.sql(`UPDATE variant SET barcode = '0012345678905' WHERE sku = 'BOWL'`);
  await stock.place('attic', 1);
});
afterAll(() => shop.close());

async function variant(sku: string, onHand = 0): Promise<void> {
  ids[sku] = await shop.stock({ name: sku, sku, price: 1000, stock: onHand });
}
const onHand = async (sku: string): Promise<number> => (await stock.item(ids[sku]!)).onHand;
const errorsOf = ({ rowErrors }: Answer): string[] =>
  rowErrors.map(({ line, column, code }: Answer) => `${line} ${column} ${code}`);

describe('a delivery that is received by list', () => {
  it('is checked without changing anything, and then received, each row with a movement that names the import', async () => {
    const run = await imports.checked(
      'Cod;Denumire;Cantitate;Aviz\nMUG-1;Cană;5;PO 1\nmug-2;Cană mare;7;\n5941234567899;Aceeași;1;\n',
      'aviz.csv',
    );
    const before = await onHand('MUG-1');
    await imports.apply(run);
    const done = await imports.until(run.id, ({ status }) => status === 'DONE');

    expect(before).toBe(0);
    expect(run).toMatchObject({ changedRows: 3, wrongRows: 0, repeatedRows: 1, amount: 13, rowCount: 3 });
    expect(run.mapping).toEqual([
      { column: 'sku', source: 0, value: null },
      { column: 'quantity', source: 2, value: null },
      { column: 'note', source: 3, value: null },
    ]);
    expect(done).toMatchObject({
      appliedRows: 3,
      refusedRows: 0,
      applyJob: { status: 'SUCCEEDED', done: 3, total: 3 },
    });
    expect([await onHand('MUG-1'), await onHand('MUG-2')]).toEqual([5, 8]);
    const { stockMovements } = await imports.staff.ask(
      `query($id: ID!) { stockMovements(filter: { importId: $id }) { totalCount nodes { kind onHandChange reason importId variant { sku } actorName } } }`,
      { id: run.id },
    );
    expect(stockMovements.totalCount).toBe(3);
    expect(
      stockMovements.nodes.map(({ onHandChange, reason }: Answer) => `${onHandChange} ${reason}`).sort(),
    ).toEqual(['1 aviz.csv', '5 PO 1', '7 aviz.csv']);
    expect(new Set(stockMovements.nodes.map(({ importId, kind }: Answer) => `${kind} ${importId}`))).toEqual(
      new Set([`RECEIVE ${run.id}`]),
    );
  });

  it('fills back-orders first, as a delivery that is received by hand', async () => {
    await variant('LATE', 0);
    await stock.allowBackorders(ids['LATE']!, 10);
    const buyer = shop.guest();
    const cart = await readyCart(buyer, [{ variantId: ids['LATE']!, quantity: 3 }], 'late@example.test');
    await complete(buyer, cart, randomUUID(), 'CASH_ON_DELIVERY');

    await imports.applied('sku,quantity\nLATE,5\n');

    expect(await stock.item(ids['LATE']!)).toMatchObject({ onHand: 2, backordered: 0 });
  });

  it('says of each wrong row what is wrong with it, and receives the others', async () => {
    await variant('GOOD');
    const run = await imports.applied(
      [
        'SKU,EAN,Quantity,Location,Note',
        'GOOD,,4,attic,',
        'NO-SUCH,,1,,',
        ',4006381333931,1,,',
        ',,3,,',
        'GOOD,5941234567899,1,,',
        'GOOD,,,,',
        'GOOD,,many,,',
        'GOOD,,0,,',
        'GOOD,,1.5,,',
        'GOOD,,2000000,,',
        'GOOD,,-3,,',
        'GOOD,,1,cellar,',
        ',5.94E+12,1,,',
        'GOOD,,#N/A,,',
        `GOOD,,1,,${'x'.repeat(201)}`,
        '"=HYPERLINK(""http://evil"")",,1,,',
      ].join('\n'),
    );

    expect(errorsOf(run)).toEqual([
      '3 sku VARIANT_UNKNOWN',
      '4 barcode VARIANT_UNKNOWN',
      '5 sku VALUE_MISSING',
      '6 barcode VARIANT_AMBIGUOUS',
      '7 quantity VALUE_MISSING',
      '8 quantity NOT_A_NUMBER',
      '9 quantity NUMBER_OUT_OF_RANGE',
      '10 quantity NOT_A_WHOLE_NUMBER',
      '11 quantity NUMBER_OUT_OF_RANGE',
      '12 quantity NUMBER_OUT_OF_RANGE',
      '13 location LOCATION_UNKNOWN',
      '14 barcode DIGITS_LOST',
      '15 quantity FORMULA_FAILED',
      '16 note TEXT_TOO_LONG',
      '17 sku VARIANT_UNKNOWN',
    ]);
    expect(run).toMatchObject({
      changedRows: 1,
      wrongRows: 15,
      appliedRows: 1,
      checkJob: { errorCount: 15 },
    });
    expect(await stock.stockLevels(ids['GOOD']!)).toEqual(['attic 4/0', 'main 0/0'].sort());
  });
});

describe('what a spreadsheet does to a list', () => {
  it('is undone: zeros in front, numbers as numbers, a title above, empty rows below', async () => {
    await variant('PLATE');
    await shop.sql(`UPDATE variant SET barcode = '0000012345670' WHERE sku = 'PLATE'`);
    const bytes = workbook({
      Aviz: [
        ['Aviz de însoțire 4711'],
        [],
        ['Cod EAN', null, 'Cant.'],
        [12345670, null, 3],
        ['12345678905', null, '4'],
        [],
        [null, null, null],
      ],
    });

    const run = await imports.checked(bytes, 'aviz.xlsx');

    expect(run).toMatchObject({ format: 'XLSX', headerLine: 3, rowCount: 2, changedRows: 2, amount: 7 });
    expect(run.header).toEqual(['Cod EAN', '', 'Cant.']);
    expect(run.preview[0]).toEqual({ line: 4, cells: ['12345670', '', '3'] });
  });

  it('is understood where the comma is the decimal sign, and where it is not', async () => {
    const comma = await imports.checked('SKU;Cantitate\n1200;1.200\nMUG-1;"12,00"\nMUG-1;1 200\n');
    const point = await imports.checked('SKU,Qty\nMUG-1,"1,200"\nMUG-1,12.00\n');
    const wrong = await imports.checkedAgain((await imports.update(comma, { decimalSign: '.' })).import);

    expect(comma).toMatchObject({ decimalSign: ',', wrongRows: 0, amount: 2412 });
    expect(point).toMatchObject({ decimalSign: '.', wrongRows: 0, amount: 1212 });
    expect(errorsOf(wrong)).toEqual(['2 quantity NOT_A_WHOLE_NUMBER', '3 quantity NOT_A_NUMBER']);
  });

  it('is received from cells that were copied, and from a scanner that sends codes alone', async () => {
    const copied = await imports.send('MUG-1\t2\nMUG-2\t3\n', 'pasted.txt');
    const scanned = await imports.send('5941234567899\n0012345678905\n5941234567899\n', 'pasted.txt');
    const each = await imports.update(scanned, {
      mapping: [
        { column: 'barcode', source: 0 },
        { column: 'quantity', value: '1' },
        { column: 'location', value: 'attic' },
      ],
    });

    expect(copied).toMatchObject({ headerLine: null, rowCount: 2 });
    expect(copied.mapping).toEqual([
      { column: 'sku', source: 0, value: null },
      { column: 'quantity', source: 1, value: null },
    ]);
    expect(scanned.mapping).toEqual([{ column: 'barcode', source: 0, value: null }]);
    expect(await imports.checkedAgain(each.import)).toMatchObject({
      changedRows: 3,
      repeatedRows: 1,
      amount: 3,
    });
  });

  it('is read anew when the person knows better: another sheet, header, separator or encoding', async () => {
    const book = await imports.send(
      workbook({
        Notes: [['nothing here']],
        Data: [
          ['SKU', 'Qty'],
          ['MUG-1', 2],
        ],
      }),
      'a.xlsx',
    );
    const data = (await imports.update(book, { sheet: 'Data' })).import;
    const headless = (await imports.update(data, { headerLine: 0 })).import;
    const text = await imports.send('SKU;Qty\nMUG-1;2\n');
    const cut = (await imports.update(text, { separator: ',' })).import;

    expect(book.sheets).toEqual(['Notes', 'Data']);
    expect(data).toMatchObject({ sheet: 'Data', header: ['SKU', 'Qty'], rowCount: 1 });
    expect(headless).toMatchObject({ header: ['', ''], rowCount: 2, headerLine: null });
    expect(cut).toMatchObject({ header: ['SKU;Qty'], mapping: [] });
    const refused = await imports.check(cut);
    expect(refused.errors).toEqual([
      { code: 'COLUMN_MISSING', path: null, message: 'Not chosen yet: sku, quantity.' },
    ]);
  });

  it('is mapped as the last list of the same form', async () => {
    const first = await imports.send('Ref fournisseur,Nb\nMUG-1,2\n');
    expect(first.mapping).toEqual([]);
    const mapping = [
      { column: 'sku', source: 0, value: null },
      { column: 'quantity', source: 1, value: null },
    ];
    await imports.checkedAgain((await imports.update(first, { mapping })).import);

    expect((await imports.send('REF FOURNISSEUR;nb\nMUG-2;2\n')).mapping).toEqual(mapping);
  });
});
