import type { Cell } from '../../../platform/imports/cells.js';
import { decodeText } from './decode-text.js';
import { MOST_COLUMNS, tidied, Unreadable, type RequestedReading, type Table } from './table.js';

type Entry = Readonly<Record<string, unknown>>;

/** Reads a list of objects; it may stand alone or be the only list of an object around it. @throws Unreadable */
export function readJson(bytes: Uint8Array, requested: RequestedReading): Table {
  const { text, encoding } = decodeText(bytes, requested.encoding);
  const entries = entriesOf(parsed(text));
  const header = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
  if (header.length > MOST_COLUMNS) throw new Unreadable('FILE_TOO_LARGE');
  const lines = tidied(
    entries.map((entry, at) => ({ line: at + 1, cells: header.map((name) => toCell(entry[name])) })),
  );
  return { format: 'JSON', encoding, separator: null, sheets: [], sheet: null, lines, header };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('FILE_UNREADABLE');
  }
}

function entriesOf(content: unknown): readonly Entry[] {
  const lists = Array.isArray(content) ? [content] : Object.values(content ?? {}).filter(Array.isArray);
  const [list, another] = lists as unknown[][];
  if (!list || another) throw new Unreadable('FILE_UNREADABLE');
  if (!list.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)))
    throw new Unreadable('FILE_UNREADABLE');
  return list as Entry[];
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
