import { describe, expect, it } from 'vitest';
import type { ImportView } from './import-types';
import { columnName, draftOf, inputOf, isSame, missingLabels, NONE, SAME } from './mapping-draft';
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
    const draft = draftOf(run);

    expect(draft).toEqual({
      sku: { source: '0', value: '' },
      barcode: { source: NONE, value: '' },
      quantity: { source: SAME, value: '1' },
    });
    expect(inputOf(draft)).toEqual(run.mapping);
    draft['quantity'] = { source: '2', value: '1' };
    expect(isSame(draft, draftOf(run))).toBe(false);
    expect(inputOf(draft)[1]).toEqual({ column: 'quantity', source: 2, value: null });
  });

  it('lacks what each row needs, and one of those that stand for each other', () => {
    expect(missingLabels(type, draftOf(run))).toEqual([]);
    const nothing = { source: NONE, value: '' };
    expect(
      missingLabels(type, { sku: nothing, barcode: nothing, quantity: { source: SAME, value: ' ' } }),
    ).toEqual(['SKU / EAN', 'Quantity']);
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
