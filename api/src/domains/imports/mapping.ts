import type { Cell } from '../../platform/imports/cells.js';
import type { ImportColumns } from '../../platform/imports/define-import.js';
import type { TableLine } from './reading/table.js';

/** Where a column of an import takes its values from: a column of the file, a value for all rows, or nothing. */
export interface MappedColumn {
  /** The column of the file, counted from 0; null for none. */
  readonly source: number | null;
  /** A value for all rows; null unless there is no source. */
  readonly value: string | null;
}

/** By the key of the import's column. */
export type Mapping = Readonly<Record<string, MappedColumn>>;

/** Names by which a column is known, in every language. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;

/** So many lines may stand above the header: a company's name, a title, a date. */
const LINES_ABOVE = 15;

/**
 * The line of the header: the first one that names most columns. Without any known name the first line is one, unless it
 * holds a number, as a list from a scanner does; then there is none.
 *
 * @returns the position in `lines`; null without a header
 */
export function headerAt(lines: readonly TableLine[], names: ColumnNames): number | null {
  const known = new Set(Object.values(names).flat().map(nameOf));
  const scores = lines
    .slice(0, LINES_ABOVE)
    .map(({ cells }) => cells.filter((cell) => known.has(nameOf(cell))).length);
  const best = Math.max(0, ...scores);
  if (best > 0) return scores.indexOf(best);
  return lines[0]?.cells.some(isNumber) ? null : 0;
}

/** Finds the file's column of each of the import's, by name; without a header by what the values look like. */
export function guessMapping(
  { header, lines }: { readonly header: readonly string[] | null; readonly lines: readonly TableLine[] },
  { columns, names }: { readonly columns: ImportColumns; readonly names: ColumnNames },
): Mapping {
  const taken = new Set<number>();
  const found: Record<string, MappedColumn> = {};
  const sourceOf = header ? byName(header, names) : byLooks(lines.slice(0, 50), columns);
  for (const key of Object.keys(columns)) {
    const source = sourceOf(key, taken);
    if (source === null) continue;
    taken.add(source);
    found[key] = { source, value: null };
  }
  return found;
}

type SourceOf = (key: string, taken: ReadonlySet<number>) => number | null;

function byName(header: readonly string[], names: ColumnNames): SourceOf {
  const named = header.map(nameOf);
  return (key, taken) => {
    const wanted = (names[key] ?? []).map(nameOf);
    // The first name is the best one: "SKU" before "code".
    for (const name of wanted) {
      const at = named.findIndex((one, index) => one === name && !taken.has(index));
      if (at >= 0) return at;
    }
    return null;
  };
}

function byLooks(lines: readonly TableLine[], columns: ImportColumns): SourceOf {
  const width = Math.max(0, ...lines.map(({ cells }) => cells.length));
  return (key, taken) => {
    const looks = columns[key]?.looksLike;
    if (!looks) return null;
    const at = Array.from({ length: width }, (_, index) => index).find((index) => {
      const cells = lines.map((line) => line.cells[index] ?? null).filter((cell) => cell !== null);
      return !taken.has(index) && cells.length > 0 && cells.every((cell) => looks.test(String(cell)));
    });
    return at ?? null;
  };
}

/** Numbers with a sign that can only be the decimal one: not followed by three digits, or behind the sign of thousands. */
const WITH_COMMA = /^[+-]?(?:0,\d+|\d+,(?!\d{3}$)\d+|\d{4,},\d+|\d{1,3}(?:[. \u00a0\u202f'’]\d{3})+,\d+)$/;
const WITH_POINT =
  /^[+-]?(?:0\.\d+|\d+\.(?!\d{3}$)\d+|\d{4,}\.\d+|\d{1,3}(?:[, \u00a0\u202f'’]\d{3})+\.\d+)$/;

/**
 * The decimal sign of the numbers in the file that can be meant in one way only; null when they disagree or there is none.
 * Columns that are taken for texts do not count: an SKU may be `10.25`.
 */
export function decimalSignOf(
  lines: readonly TableLine[],
  mapping: Mapping,
  columns: ImportColumns,
): '.' | ',' | null {
  const texts = new Set(
    Object.entries(mapping).flatMap(([key, { source }]) => (isOfNumbers(columns[key]) ? [] : [source])),
  );
  const has = (form: RegExp): boolean =>
    lines.some(({ cells }) =>
      cells.some((cell, at) => typeof cell === 'string' && form.test(cell) && !texts.has(at)),
    );
  const [comma, point] = [has(WITH_COMMA), has(WITH_POINT)];
  if (comma === point) return null;
  return comma ? ',' : '.';
}

/** Whether its reader makes a difference between decimal signs. */
function isOfNumbers(column: ImportColumns[string] | undefined): boolean {
  const read = (decimalSign: '.' | ','): string => JSON.stringify(column?.read('1,5', { decimalSign }));
  return read(',') !== read('.');
}

/** The names of the file's columns: those of its header, or none. */
export function headerOf(lines: readonly TableLine[], at: number | null): string[] | null {
  if (at === null) return null;
  const width = Math.max(0, ...lines.slice(at).map(({ cells }) => cells.length));
  const cells = lines[at]?.cells ?? [];
  // The cells of a merged header hold its text in the first one only.
  return Array.from({ length: width }, (_, index) => String(cells[index] ?? '').trim());
}

/** By what a remembered mapping is found: the names of the file's columns, however they are written. */
export function shapeOf(header: readonly string[] | null, width: number): string {
  return header ? header.map(nameOf).join('\u0001') : `without a header, ${width}`;
}

/** A name without accents, capitals, signs and blanks: "Cantitate (buc.)" is `cantitate buc`. */
export function nameOf(cell: Cell | undefined): string {
  return String(cell ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function isNumber(cell: Cell): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^\d+([.,]\d+)?$/.test(cell));
}
