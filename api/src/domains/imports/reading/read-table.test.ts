import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../kernel/logger.js';
import { workbook } from '../../../../test/support/imports/workbook.js';
import { readTable } from './read-table.js';
import { TableReader } from './table-reader.js';
import { MOST_LINES, Unreadable, type Table } from './table.js';

const AS_FOUND = { encoding: null, separator: null, sheet: null };
const TEXT = 'Denumire;Cod;Cantitate\nCană și farfurie țărănească;MUG-1;12\n';
/** What these letters are in windows-1250, which Node cannot write. */
const CENTRAL: Readonly<Record<string, number>> = {
  ă: 0xe3,
  ș: 0xba,
  ş: 0xba,
  ț: 0xfe,
  ţ: 0xfe,
  â: 0xe2,
  î: 0xee,
};

const cellsOf = ({ lines }: Table): unknown[] => lines.map(({ cells }) => cells);
const read = (
  content: string | Uint8Array,
  requested: Partial<typeof AS_FOUND> & object = {},
): Promise<Table> =>
  readTable(typeof content === 'string' ? Buffer.from(content) : content, { ...AS_FOUND, ...requested });
const codeOf = (content: string | Uint8Array): Promise<unknown> =>
  read(content).then(
    () => 'read',
    (error: unknown) => (error instanceof Unreadable ? error.code : error),
  );

function bytesOf(text: string, table: Readonly<Record<string, number>>): Buffer {
  return Buffer.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)));
}

describe('a text that a shopkeeper sends', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('keeps its letters in %s', async (encoding, bytes) => {
    const table = await read(bytes);

    expect(table).toMatchObject({ format: 'CSV', encoding, separator: ';' });
    expect(cellsOf(table)).toEqual([
      ['Denumire', 'Cod', 'Cantitate'],
      ['Cană și farfurie țărănească', 'MUG-1', '12'],
    ]);
  });

  it('keeps its letters in the encodings of old Windows, as Romanian and French write them', async () => {
    const romanian = await read(bytesOf('Denumire;Buc\nCană şi farfurie ţărănească;3\n', CENTRAL));
    const french = await read(
      Buffer.from('Désignation;Qté\nThéière à fleurs, «\u00e9t\u00e9»;3\n', 'latin1'),
    );

    expect([romanian.encoding, romanian.lines[1]?.cells[0]]).toEqual([
      'windows-1250',
      'Cană şi farfurie ţărănească',
    ]);
    expect([french.encoding, french.lines[1]?.cells[0]]).toEqual(['windows-1252', 'Théière à fleurs, «été»']);
  });

  it.each([
    [',', 'SKU,Qty,Note\nA,1,"one, two"\nB,2,\n'],
    [';', 'SKU;Qty;Note\r\nA;1;one, two\r\nB;2;\r\n'],
    ['\t', 'SKU\tQty\tNote\nA\t1\tone, two\nB\t2\n'],
    ['|', 'SKU|Qty|Note\nA|1|one, two\nB|2|\n'],
  ])('is cut at its own separator: %j', async (separator, text) => {
    const table = await read(text);

    expect(table.separator).toBe(separator);
    expect(cellsOf(table)).toEqual([
      ['SKU', 'Qty', 'Note'],
      ['A', '1', 'one, two'],
      ['B', '2'],
    ]);
  });

  it.each([
    [';', '5941;1,5\n5942;2,5\n5943;0,5\n'],
    [';', '1,5;2,25;A\n2,5;3,75;B\n'],
    [';', 'Cod;Pret, lei\nA;1,5\nB;2,5\n'],
    ['\t', '5941\t1,5\n5942\t2,5\n'],
    ['|', '5941|1,5\n5942|2,5\n'],
    [',', '5941234567899,12\n5941234567905,3\n'],
    [',', 'SKU,Note\nA,one; two\nB,three; four\n'],
  ])('is cut at %j and not within its numbers: %j', async (separator, text) => {
    expect((await read(text)).separator).toBe(separator);
  });

  it('may name its separator, and be cut at another one that is requested', async () => {
    expect((await read('sep=;\r\nSKU;Qty\r\nA;1,5\r\n')).lines).toEqual([
      { line: 2, cells: ['SKU', 'Qty'] },
      { line: 3, cells: ['A', '1,5'] },
    ]);
    expect(cellsOf(await read('A;1,5\n', { separator: ',' as never }))).toEqual([['A;1', '5']]);
  });

  it('leaves empty lines out, and counts lines as an editor does', async () => {
    const { lines } = await read('Delivery 4711\n\nSKU,Qty\n"A ""big""\none",1\n,,\n  \nB,2\n\n\n');

    expect(lines).toEqual([
      { line: 1, cells: ['Delivery 4711'] },
      { line: 3, cells: ['SKU', 'Qty'] },
      { line: 5, cells: ['A "big"\none', '1'] },
      { line: 8, cells: ['B', '2'] },
    ]);
  });

  it('gets signs back that a file of errors has made harmless', async () => {
    expect(cellsOf(await read("SKU,Qty\n'-A1,1\n'=B2,2\nO'Neil,3\n'tis,4\n"))).toEqual([
      ['SKU', 'Qty'],
      ['-A1', '1'],
      ['=B2', '2'],
      ["O'Neil", '3'],
      ["'tis", '4'],
    ]);
  });
});

describe('a workbook', () => {
  it('is read sheet by sheet, with numbers as numbers and gaps where it has them', async () => {
    const bytes = workbook({
      Livrare: [
        ['Cod', 'Buc', null],
        [],
        ['A-1', 12, null],
        [null, null, null],
        [5941234567899, 2.5, { error: '#N/A' }],
      ],
      Alta: [['x']],
    });

    const table = await read(bytes);
    const other = await read(bytes, { sheet: 'Alta' as never });

    expect(table).toMatchObject({
      format: 'XLSX',
      sheets: ['Livrare', 'Alta'],
      sheet: 'Livrare',
      separator: null,
    });
    expect(table.lines).toEqual([
      { line: 1, cells: ['Cod', 'Buc'] },
      { line: 3, cells: ['A-1', 12] },
      { line: 5, cells: [5941234567899, 2.5, '#N/A'] },
    ]);
    expect(cellsOf(other)).toEqual([['x']]);
  });

  it('that is damaged, protected or of the old kind is refused', async () => {
    const good = workbook({ A: [['x']] });
    expect(await codeOf(good.subarray(0, 200))).toBe('FILE_UNREADABLE');
    expect(await codeOf(zipSync({ 'a.txt': strToU8('no workbook') }))).toBe('FILE_UNREADABLE');
    expect(await codeOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('FILE_UNREADABLE');
    expect(await codeOf(workbook({ A: [] }))).toBe('FILE_EMPTY');
  });

  it('that is small and unpacks to a lot is refused, whatever it claims to be', async () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(120 * 1024 * 1024) }, { level: 9 });
    const forged = Buffer.from(bomb);
    // The archive's own list of its parts says that the part has ten bytes.
    forged.writeUInt32LE(10, forged.indexOf(Buffer.from('504b0102', 'hex')) + 24);

    expect(bomb.length).toBeLessThan(200_000);
    expect(await codeOf(bomb)).toBe('FILE_TOO_LARGE');
    expect(await codeOf(forged)).toBe('FILE_UNREADABLE');
  });
});

describe('a list of objects', () => {
  it('is read by the names of its values, alone or within an object', async () => {
    const list = [
      { sku: 'A', qty: 2 },
      { sku: 'B', note: 'late', qty: '1,5' },
    ];
    for (const content of [list, { delivery: '4711', lines: list }]) {
      const table = await read(JSON.stringify(content));
      expect(table).toMatchObject({ format: 'JSON', header: ['sku', 'qty', 'note'] });
      expect(table.lines).toEqual([
        { line: 1, cells: ['A', 2] },
        { line: 2, cells: ['B', '1,5', 'late'] },
      ]);
    }
  });

  it.each(['{"a":1}', '[1,2]', '[{"a":1}', '{"a":[{}],"b":[{}]}'])(
    'is refused when it is none: %s',
    async (text) => {
      expect(await codeOf(text)).toBe('FILE_UNREADABLE');
    },
  );
});

describe('what is no table', () => {
  it.each([
    ['nothing', '', 'FILE_EMPTY'],
    ['blanks', ' \n,,;\n', 'read'],
    ['only separators', ',,\n,,\n', 'FILE_EMPTY'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex'), 'FILE_UNREADABLE'],
    ['a quote without end', 'SKU,Qty\n"A,1\nB,2\n', 'FILE_UNREADABLE'],
    ['too many columns', `${'a,'.repeat(101)}b`, 'FILE_TOO_LARGE'],
    ['too many rows', 'a\n'.repeat(MOST_LINES + 2), 'FILE_TOO_LARGE'],
  ])('is refused: %s', async (_what, content, code) => {
    expect(await codeOf(content)).toBe(code);
  });
});

describe('the thread that reads', () => {
  const reader = new TableReader(createLogger('silent'));

  it('gives the same as the reader, and says what cannot be read', async () => {
    expect((await reader.read(Buffer.from(TEXT), AS_FOUND)).lines).toEqual((await read(TEXT)).lines);
    await expect(reader.read(Buffer.from(''), AS_FOUND)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });

  it('ends alone when a file needs more memory than it may have', async () => {
    // One cell at the far right of the last row of a sheet: the rest is empty, and huge.
    const sheet = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${Array.from({ length: 60_000 }, (_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`).join('')}</sheetData></worksheet>`;
    const { unzipSync } = await import('fflate');
    const parts = { ...unzipSync(workbook({ A: [['x']] })), 'xl/worksheets/sheet1.xml': strToU8(sheet) };

    await expect(reader.read(zipSync(parts), AS_FOUND)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect((await reader.read(Buffer.from(TEXT), AS_FOUND)).lines).toHaveLength(2);
  });
});
