import { readCsv } from './read-csv.js';
import { readJson } from './read-json.js';
import { readXlsx } from './read-xlsx.js';
import { Unreadable, type RequestedReading, type Table } from './table.js';

const OLD_WORKBOOK = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads a file by its content, whatever it is called.
 *
 * @throws Unreadable also for a workbook of the old format or with a password, and for files of other kinds
 */
export async function readTable(bytes: Uint8Array, requested: RequestedReading): Promise<Table> {
  if (begins(bytes, [0x50, 0x4b])) return readXlsx(bytes, requested);
  if (begins(bytes, OLD_WORKBOOK)) throw new Unreadable('FILE_UNREADABLE');
  const first = firstSign(bytes);
  return first === '[' || first === '{' ? readJson(bytes, requested) : readCsv(bytes, requested);
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** The first sign of a text after its byte order mark and blanks. */
function firstSign(bytes: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(bytes.subarray(0, 200))
    .replaceAll(/[\0\s\u00ef\u00bb\u00bf\u00fe\u00ff]/g, '')
    .charAt(0);
}
