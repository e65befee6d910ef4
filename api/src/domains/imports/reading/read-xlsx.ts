import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import type { Cell } from '../../../platform/imports/cells.js';
import { tidied, Unreadable, type RequestedReading, type Table } from './table.js';

/** Of what a workbook is unpacked to. A sheet of 50,000 lines and ten columns has about 30 MB. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const MOST_PARTS = 1_000;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
/** A cell whose formula failed. */
const FAILED_CELL = /(<c\b[^>]*\st=)"e"/g;

/** Reads one sheet of a workbook: the requested one, or the first. @throws Unreadable */
export async function readXlsx(bytes: Uint8Array, requested: RequestedReading): Promise<Table> {
  const parts = unpacked(bytes);
  const sheets = await readWorkbook(new Blob([repacked(parts)])).catch(() => {
    throw new Unreadable('FILE_UNREADABLE');
  });
  const sheet = sheets.find((one) => one.sheet === requested.sheet) ?? sheets[0];
  if (!sheet) throw new Unreadable('FILE_EMPTY');
  const lines = tidied(sheet.data.map((cells, at) => ({ line: at + 1, cells: cells.map(toCell) })));
  return {
    ...{ format: 'XLSX', encoding: null, separator: null, header: null, lines },
    ...{ sheets: sheets.map((one) => one.sheet), sheet: sheet.sheet },
  };
}

/**
 * The parts of the workbook that hold text. A part is unpacked into a buffer of the size that the archive names, and no
 * further: a small file that claims or holds gigabytes is refused.
 */
function unpacked(bytes: Uint8Array): Unzipped {
  let [size, count] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('.xml') && !name.endsWith('.rels')) return false;
        size += originalSize;
        count += 1;
        if (size > MOST_UNPACKED || count > MOST_PARTS) throw new Unreadable('FILE_TOO_LARGE');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('FILE_UNREADABLE');
  }
}

/**
 * The same parts without compression: the library that reads the workbook unpacks what was measured here, and nothing
 * else that the file may hide. Cells whose formula failed become texts, as the library would refuse the whole file.
 */
function repacked(parts: Unzipped): Uint8Array<ArrayBuffer> {
  const plain: Unzipped = {};
  for (const [name, content] of Object.entries(parts))
    plain[name] = SHEET.test(name) ? strToU8(strFromU8(content).replaceAll(FAILED_CELL, '$1"str"')) : content;
  return zipSync(plain, { level: 0 });
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return String(value);
}
