import type { ErrorCode } from '../../../kernel/error-codes.js';
import type { Cell } from '../../../platform/imports/cells.js';

export const FORMATS = ['CSV', 'XLSX', 'JSON'] as const;
export type TableFormat = (typeof FORMATS)[number];

/** The encodings of texts that are read; names of the Encoding Standard. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252'] as const;
export type TextEncoding = (typeof ENCODINGS)[number];

export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How a file is to be read; what is null is found out. */
export interface RequestedReading {
  readonly encoding: TextEncoding | null;
  readonly separator: Separator | null;
  /** The name of a sheet. */
  readonly sheet: string | null;
}

/** How a file was read. */
export interface Reading {
  readonly format: TableFormat;
  /** Null unless the file is text. */
  readonly encoding: TextEncoding | null;
  /** Null unless the file is CSV. */
  readonly separator: Separator | null;
  /** The sheets of a workbook in their order; empty for other formats. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
}

export interface TableLine {
  /** Counted from 1: the line of a text, the row of a sheet. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** A file as lines of cells. Lines without a value are left out. */
export interface Table extends Reading {
  readonly lines: readonly TableLine[];
  /** The names that a JSON file gives its values; null for formats whose header is a line like others. */
  readonly header: readonly string[] | null;
}

/** Why a file is not read. It crosses from the thread that reads to the one that asked, so it is no Error. */
export class Unreadable {
  constructor(readonly code: Extract<ErrorCode, 'FILE_UNREADABLE' | 'FILE_EMPTY' | 'FILE_TOO_LARGE'>) {}
}

export const MOST_BYTES = 10 * 1024 * 1024;
/** Of one file; 20 times what a shop of this size receives at once. */
export const MOST_LINES = 50_000;
export const MOST_COLUMNS = 100;
/** A longer cell is cut: nothing that is imported needs more. */
const LONGEST_CELL = 5_000;

/** Trims cells, leaves empty lines and empty columns at the right out, and keeps the limits. @throws Unreadable */
export function tidied(lines: Iterable<TableLine>): TableLine[] {
  const kept: TableLine[] = [];
  for (const { line, cells } of lines) {
    const tidy = cells.map(tidyCell);
    const last = tidy.findLastIndex((cell) => cell !== null);
    if (last < 0) continue;
    if (last >= MOST_COLUMNS || kept.length > MOST_LINES) throw new Unreadable('FILE_TOO_LARGE');
    kept.push({ line, cells: tidy.slice(0, last + 1) });
  }
  if (kept.length === 0) throw new Unreadable('FILE_EMPTY');
  return kept;
}

function tidyCell(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  // A byte order mark may stand at the start of each part of a joined file.
  const value = storable(cell.replaceAll('\ufeff', ''), LONGEST_CELL);
  return value === '' ? null : value;
}

/** What PostgreSQL can store of a text: no zero bytes, and no half characters, as JSON may name one and a cut may leave one. */
export function storable(text: string, most: number): string {
  return text.replaceAll('\0', '').trim().slice(0, most).toWellFormed();
}
