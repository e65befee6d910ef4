import { describe, expect, it } from 'vitest';
import { nameOfField, wordOfValue } from '../ui/forms/fields/field-names';
import { testTools } from '../ui/testing-tools';
import type { ImportView } from './import-types';
import { columnName, inputOf, missingLabels, NONE, rowsOf, SAME } from './mapping-draft';
import { asRead, mappingForm } from './mapping-form';
import { templateFile } from './template-file';

const column = (key: string, label: string, required = false) => ({
  ...{ key, label, required, hint: null, example: `a ${key}`, choices: null },
});
const type = {
  kind: 'STOCK_RECEIVE',
  title: 'Receive by list',
  amountName: 'pieces',
  oneOf: [['sku', 'barcode']],
  repeatedRowsAddUp: true,
  columns: [column('sku', 'SKU'), column('barcode', 'EAN'), column('quantity', 'Quantity', true)],
} as unknown as ImportView['type'];
const run = {
  type,
  header: ['Cod', '', 'Buc'],
  preview: [
    { line: 2, cells: ['MUG-1', '', '3'] },
    { line: 3, cells: ['MUG-1', 'x', '4'] },
  ],
  mapping: [
    { column: 'sku', source: 0, value: null },
    { column: 'quantity', source: null, value: '1' },
  ],
} as unknown as ImportView;

describe('what the columns of a list mean', () => {
  it('is what was found, until it is chosen otherwise', () => {
    const [sku, barcode, quantity] = rowsOf(run);

    expect([sku, barcode, quantity]).toEqual([
      { id: 'sku', source: '0', value: '' },
      { id: 'barcode', source: NONE, value: '' },
      { id: 'quantity', source: SAME, value: '1' },
    ]);
    expect(inputOf(rowsOf(run))).toEqual(run.mapping);
    const chosen = [sku!, barcode!, { ...quantity!, source: '2' }];
    expect(inputOf(chosen)[1]).toEqual({ column: 'quantity', source: 2, value: null });
  });

  it('lacks what each row needs, and one of those that stand for each other', () => {
    expect(missingLabels(type, rowsOf(run))).toEqual([]);
    const nothing = [{ id: 'quantity', source: SAME, value: ' ' }];
    expect(missingLabels(type, nothing)).toEqual(['SKU / EAN', 'Quantity']);
  });

  it('is another matter when the file is read in another way: its columns have other numbers then', () => {
    const comma = { ...run, id: 'i1', separator: ',' } as ImportView;

    expect(asRead({ ...comma, version: 2 }).id).toBe(asRead(comma).id);
    expect(asRead({ ...comma, separator: ';' }).id).not.toBe(asRead(comma).id);
  });

  it('is named where a colleague has chosen another column: by what stands in it', () => {
    const entity = asRead(run);
    const { fields } = mappingForm(() => undefined);
    const at = { fields, entity, tools: testTools, values: {} };

    expect(nameOfField('columns.#sku.source', fields, testTools, entity)).toBe('imports.source, SKU');
    expect(wordOfValue('columns.#sku.source', '2', at)).toBe('Buc · 3, 4');
  });

  it('is chosen by the names of columns and what stands in them', () => {
    expect([0, 1, 2].map((at) => columnName(run, at, `Column ${at + 1}`))).toEqual([
      'Cod · MUG-1',
      'Column 2 · x',
      'Buc · 3, 4',
    ]);
  });
});

describe('the list to fill in', () => {
  it.each([
    ['en', ','],
    ['ro', ';'],
    ['fr', ';'],
  ])('is one that a spreadsheet in this language reads: %s', async (locale, separator) => {
    const bytes = new Uint8Array(await templateFile(type, locale).arrayBuffer());
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

    expect(text).toBe(
      `\ufeff${['"SKU"', '"EAN"', '"Quantity"'].join(separator)}\r\n${['"a sku"', '"a barcode"', '"a quantity"'].join(separator)}\r\n`,
    );
  });
});
